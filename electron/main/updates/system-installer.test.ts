import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { NsisUpdater } from 'electron-updater';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Artefact } from '../../releases/artefact.ts';
import { SystemInstaller } from './system-installer.ts';
import { describe as description } from '../../releases/testing/release-line.ts';

let folder: string;
let file: string;
let artefact: Artefact;
let updater: NsisUpdater;

/** Node's network for electron-updater, from the packages it is made of; in the app it is Electron's. */
function nodeExecutor(): object {
  const require = createRequire(import.meta.url);
  const builder = createRequire(require.resolve('electron-builder'));
  const { NodeHttpExecutor } = builder('builder-util') as {
    NodeHttpExecutor: new () => { doDownload(...args: unknown[]): void };
  };
  interface Options {
    cancellationToken: { createPromise<T>(make: (...args: unknown[]) => void): Promise<T> };
  }
  class Executor extends NodeHttpExecutor {
    download(url: URL, destination: string, options: Options): Promise<void> {
      return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
        const { protocol, hostname, port, pathname } = url;
        const callback = (error: unknown) =>
          error ? (reject as (error: unknown) => void)(error) : (resolve as () => void)();
        this.doDownload(
          { protocol, hostname, port, path: pathname },
          { destination, options, onCancel, callback, responseHandler: null },
          0,
        );
      });
    }
  }
  return new Executor();
}

/** What electron-updater asks Electron for. */
function newUpdater(version: string): NsisUpdater {
  const app = {
    version,
    name: 'quartermaster',
    isPackaged: true,
    appUpdateConfigPath: path.join(folder, 'app-update.yml'),
    userDataPath: path.join(folder, 'data'),
    baseCachePath: path.join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: (handler: (exitCode: number) => void) => void atQuit.push(handler),
  };
  const made = new NsisUpdater(null, app);
  Reflect.set(made, 'httpExecutor', nodeExecutor());
  return made;
}

/** What electron-updater wants to be done when the app ends, also by a shutdown of the computer. */
const atQuit: ((exitCode: number) => void)[] = [];

beforeEach(() => {
  atQuit.length = 0;
  folder = mkdtempSync(path.join(os.tmpdir(), 'qm-installer-'));
  file = path.join(folder, 'verified');
  const bytes = Buffer.from('the installer of 1.1.0');
  writeFileSync(file, bytes);
  writeFileSync(path.join(folder, 'app-update.yml'), 'updaterCacheDirName: quartermaster-updater\n');
  artefact = {
    ...description('1.1.0', { platform: 'win32', kind: 'nsis' }),
    path: 'stable/1.1.0/Quartermaster-1.1.0-win-x64.exe',
    length: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sha512: createHash('sha512').update(bytes).digest('base64'),
  };
  updater = newUpdater('1.0.0');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('electron-updater takes the verified file, and nothing else is asked', async () => {
  const taken: string[] = [];
  updater.on('update-downloaded', ({ downloadedFile }) => taken.push(readFileSync(downloadedFile, 'utf8')));
  await new SystemInstaller(() => undefined, updater).prepare(file, artefact);
  expect(taken).toEqual(['the installer of 1.1.0']);
});

it('a file that was changed after it was verified is refused once more', async () => {
  writeFileSync(file, 'the installer of 6.6.6');
  await expect(new SystemInstaller(() => undefined, updater).prepare(file, artefact)).rejects.toThrow(
    /sha512/,
  );
});

it('nothing older than what runs is handed to the system', async () => {
  updater = newUpdater('1.2.0');
  await expect(new SystemInstaller(() => undefined, updater).prepare(file, artefact)).rejects.toThrow(
    'not taken for newer',
  );
});

it('nothing is installed because the app ends or the computer shuts down', async () => {
  const installed: string[] = [];
  Reflect.set(updater, 'install', () => installed.push('by the updater'));
  await new SystemInstaller(() => undefined, updater).prepare(file, artefact);
  for (const handler of atQuit) handler(0);
  expect(installed).toEqual([]);
});
