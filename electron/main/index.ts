import { app, dialog, shell } from 'electron';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { speak } from './language.ts';
import { Shell } from './shell.ts';
import { ArrivingLinks } from './auth/arriving-links.ts';
import { report } from './report.ts';
import { declareAppScheme } from './security/app-protocol.ts';
import { guardStrayContents } from './security/navigation.ts';
import { readWatch } from './updates/linux-installer.ts';
import { watchTrial } from './updates/trial-watch.ts';
import { UpdateMemory } from './updates/update-memory.ts';
import { explainStartFailure } from './windows/start-failure.ts';

// Node 18, of the Electron for closed networks, has no global crypto; PKCE needs it.
if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

app.setAppUserModelId('app.quartermaster.desktop');
// Tests and several installations side by side keep their own data; the single-instance lock follows it.
if (process.env.QM_USER_DATA_DIR) app.setPath('userData', process.env.QM_USER_DATA_DIR);

// Root can't use Chromium's sandbox, and forcing it on would override the switch that says so. Every window still
// asks for it, so its preload has no Node either way.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// Chromium itself must not use the network: component updates, field trials, safe browsing lists.
app.commandLine.appendSwitch('disable-background-networking');
app.commandLine.appendSwitch('disable-component-update');
declareAppScheme();
guardStrayContents();
// Before the app is ready: macOS reports the link that started it only once.
const links = new ArrivingLinks(process.argv);

process.on('uncaughtException', (error) => report('an unexpected error', error));
process.on('unhandledRejection', (reason) => report('an unexpected rejection', reason));

const watch = readWatch(process.argv);
if (watch) {
  const memory = new UpdateMemory(path.join(app.getPath('userData'), 'updates'));
  // The settings and drafts belong to the version that is watched.
  app.setPath('userData', mkdtempSync(path.join(os.tmpdir(), 'quartermaster-watch-')));
  app.disableHardwareAcceleration();
  watchTrial({ memory, ...watch, patience: { ending: 20_000, starting: 60_000 } })
    .catch((error: unknown) => report('the start of a new version could not be watched', error))
    .finally(() => {
      rmSync(app.getPath('userData'), { recursive: true, force: true });
      app.exit(0);
    });
} else if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() => new Shell(links).start())
    .catch(async (error: unknown) => {
      report('Quartermaster could not start', error);
      const again = !isOnTrial() && (await tellStartFailure(error));
      // An AppImage runs from a folder that disappears when it ends.
      if (again) app.relaunch({ execPath: process.env.APPIMAGE ?? process.execPath });
      app.exit(again ? 0 : 1);
    });
} else {
  app.quit();
}

/** A new version that can't start asks nothing: its watch brings the old one back. */
function isOnTrial(): boolean {
  const { trial } = new UpdateMemory(path.join(app.getPath('userData'), 'updates')).read();
  return trial?.version === app.getVersion();
}

function tellStartFailure(error: unknown): Promise<boolean> {
  speak(undefined, app.getPreferredSystemLanguages());
  return explainStartFailure(error, {
    folder: app.getPath('userData'),
    ask: async (question) => (await dialog.showMessageBox(question)).response,
    show: (folder) => shell.openPath(folder),
  });
}
