import { app } from 'electron';
import { autoUpdater } from 'electron-updater';
import type { UpdateState } from '../../ipc/contract.ts';
import { Refused } from '../../ipc/answer.ts';

const firstCheck = 60_000;
const between = 4 * 60 * 60_000;

interface Parts {
  readonly feed: string | undefined;
  announce(state: UpdateState): void;
  /** Asks windows with unsaved work; false keeps the app running. */
  mayRestart(): boolean;
  /** Called right before the restart: nothing may ask any more. */
  beforeRestart(): void;
  report(problem: string, cause: unknown): void;
}

/**
 * Looks for updates, downloads them in the background and installs one when the person says so: never by a timer,
 * and never while the computer shuts down, which has destroyed installations.
 */
export class Updates {
  readonly #parts: Parts;
  #ready: string | undefined;
  #version = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Only a packaged app with a feed updates itself. */
  get areOn(): boolean {
    return app.isPackaged && this.#parts.feed !== undefined;
  }

  start(): void {
    if (!this.areOn || this.#parts.feed === undefined) return;
    autoUpdater.logger = null;
    autoUpdater.setFeedURL({ provider: 'generic', url: this.#parts.feed, channel: 'latest' });
    autoUpdater.channel = 'latest';
    // Setting a channel switches downgrades on, so this comes after it.
    autoUpdater.allowDowngrade = false;
    autoUpdater.allowPrerelease = false;
    autoUpdater.autoDownload = true;
    autoUpdater.autoInstallOnAppQuit = false;
    autoUpdater.on('update-available', ({ version }) => {
      this.#version = version;
      this.#parts.announce({ state: 'available', version });
    });
    autoUpdater.on('download-progress', ({ percent }) =>
      this.#parts.announce({ state: 'downloading', version: this.#version, percent }),
    );
    autoUpdater.on('update-downloaded', ({ version }) => {
      this.#ready = version;
      this.#parts.announce({ state: 'ready', version });
    });
    autoUpdater.on('error', (error) => {
      this.#parts.report('an update failed', error);
      // Not having reached the feed is no news for a person; a broken download is.
      if (this.#version !== '') {
        this.#parts.announce({ state: 'failed', message: 'The update could not be downloaded.' });
      }
    });
    this.#next(firstCheck);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  check(): void {
    // Failures come by the error event.
    if (this.areOn && this.#ready === undefined) autoUpdater.checkForUpdates().catch(() => undefined);
  }

  /** @throws {Refused} when no update has been downloaded */
  install(): void {
    if (this.#ready === undefined) throw new Refused('There is no update to install.');
    if (!this.#parts.mayRestart()) return;
    this.#parts.beforeRestart();
    autoUpdater.quitAndInstall(false, true);
  }

  #next(delay: number): void {
    this.#timer = setTimeout(() => {
      this.check();
      this.#next(between * (0.9 + Math.random() * 0.2));
    }, delay);
  }
}
