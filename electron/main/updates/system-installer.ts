import { autoUpdater } from 'electron-updater';
import type { AppUpdater } from 'electron-updater';
import type { Artefact } from '../../releases/artefact.ts';
import type { Installer } from './update-course.ts';
import { serveVerifiedFile, SignedProvider } from './verified-file.ts';

/**
 * Installs by the system's own means, through electron-updater: the installer on Windows, Squirrel on macOS. It gets a
 * package that was verified already, and checks it once more by the signed hash and the system's own signatures.
 */
export class SystemInstaller implements Installer {
  readonly #updater: AppUpdater;
  readonly #beforeRestart: () => void;

  /** @param beforeRestart called right before the app ends: from then on nothing may ask a question */
  constructor(beforeRestart: () => void, updater: AppUpdater = autoUpdater) {
    this.#beforeRestart = beforeRestart;
    this.#updater = updater;
    updater.logger = null;
    updater.autoDownload = false;
    // Installing while the computer shuts down has destroyed installations.
    updater.autoInstallOnAppQuit = false;
    updater.disableDifferentialDownload = true;
    updater.disableWebInstaller = true;
    updater.allowPrerelease = true;
    // Allowing previews allows downgrades too, so this comes after it.
    updater.allowDowngrade = false;
    // Failures also reject; an event nobody listens to would end the app.
    updater.on('error', () => undefined);
  }

  async prepare(file: string, artefact: Artefact): Promise<void> {
    const served = await serveVerifiedFile(file, artefact);
    try {
      const options = {
        provider: 'custom',
        updateProvider: SignedProvider,
        artefact,
        address: served.address,
      } as const;
      this.#updater.setFeedURL(options);
      const found = await this.#updater.checkForUpdates();
      if (!found?.isUpdateAvailable) throw new Error(`version ${artefact.version} was not taken for newer`);
      await this.#updater.downloadUpdate();
    } finally {
      served.stop();
    }
  }

  install(): void {
    this.#beforeRestart();
    this.#updater.quitAndInstall(false, true);
  }
}
