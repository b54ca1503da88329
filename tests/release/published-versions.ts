import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { serveFeed } from '../../electron/releases/testing/loopback-feed.ts';
import type { LoopbackFeed } from '../../electron/releases/testing/loopback-feed.ts';
import { packApp, withoutOurs } from './packaged-app.ts';

const repoRoot = path.resolve(import.meta.dirname, '../..');
const asar = path.join(repoRoot, 'node_modules/@electron/asar/bin/asar.js');

/** A publisher with keys and a feed on this machine, and a packaged app that follows it. */
export interface PublishedVersions {
  readonly feed: LoopbackFeed;
  /** Runs one of the commands of whoever publishes; gives what it printed. */
  command(name: string, ...args: string[]): string;
  /** The AppImage of a version of the packaged app. Where it can't be made, a script opens the unpacked app as its start does. */
  image(version: string, kind?: 'sound' | 'broken'): string;
  /** Signs and publishes an image. */
  publish(version: string, image: string, percent: number): void;
  stop(): Promise<void>;
}

/** Packs version 1.0.0 once; every other is made of it: another number, and what is broken about it. */
export async function publishVersions(base: string): Promise<PublishedVersions> {
  const at = (...names: string[]) => path.join(base, ...names);
  const [feedFolder, keys] = [at('feed'), at('keys')];
  mkdirSync(feedFolder, { recursive: true });
  const command = (name: string, ...args: string[]) =>
    execFileSync(process.execPath, [path.join(repoRoot, 'server/cli', `${name}.ts`), ...args], {
      cwd: repoRoot,
      env: { ...withoutOurs(), QM_RELEASE_FEED: feedFolder, QM_RELEASE_KEYS: keys, QM_LANG: 'en' },
      encoding: 'utf8',
    });
  command('release-keys', 'make', `--out=${keys}`, `--feed=${feedFolder}`, '--unencrypted');
  const feed = await serveFeed(feedFolder);
  const first = await packApp(at('packed'), {
    version: '1.0.0',
    environment: { QM_UPDATE_URL: feed.address, QM_UPDATE_ROOT: at('feed', 'metadata', '1.root.json') },
  });

  const image: PublishedVersions['image'] = (version, kind = 'sound') => {
    const folder = at('unpacked', version);
    // Links: an Electron is large.
    execFileSync('cp', ['-al', path.dirname(first), ensureParent(folder)]);
    const archive = path.join(folder, 'resources', 'app.asar');
    const sources = at('sources', version);
    execFileSync(process.execPath, [asar, 'extract', archive, sources]);
    const manifest = path.join(sources, 'package.json');
    const text = JSON.parse(readFileSync(manifest, 'utf8')) as object;
    writeFileSync(manifest, JSON.stringify({ ...text, version }));
    if (kind === 'broken') writeFileSync(path.join(sources, 'out/main/index.cjs'), 'process.exit(7);\n');
    execFileSync('rm', [archive]);
    execFileSync(process.execPath, [asar, 'pack', sources, archive]);
    const file = at('images', `Quartermaster-${version}-linux-x86_64.AppImage`);
    mkdirSync(path.dirname(file), { recursive: true });
    const program = path.join(folder, path.basename(first));
    writeFileSync(file, `#!/bin/sh\nAPPIMAGE="$(readlink -f "$0")" exec '${program}' "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const publish: PublishedVersions['publish'] = (version, file, percent) => {
    const built = at('built', version);
    mkdirSync(built, { recursive: true });
    cpSync(file, path.join(built, path.basename(file)));
    command('release', `--version=${version}`, `--built=${built}`, `--percent=${percent}`);
  };
  return { feed, command, image, publish, stop: () => feed.stop() };
}

function ensureParent(folder: string): string {
  mkdirSync(path.dirname(folder), { recursive: true });
  return folder;
}

/** Starts an installed app as a person does, and resolves when it has a window; everything it starts stays with it. */
export function startInstalled(file: string, args: readonly string[], environment: Record<string, string>) {
  return spawn(file, args, {
    env: { ...withoutOurs(), ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
