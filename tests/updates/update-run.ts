/**
 * One run of the update, from the look at the feed to the report of the start, by the parts the app is made of; the app
 * itself is a line of shell. Run as a program by killed-updates.test.ts, which kills it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LinuxInstaller } from '../../electron/main/updates/linux-installer.ts';
import { removeLeftovers, takePlace } from '../../electron/main/updates/linux-place.ts';
import { UpdateMemory } from '../../electron/main/updates/update-memory.ts';
import { downloadArtefact } from '../../electron/releases/following/artefact-download.ts';
import { chooseUpdate } from '../../electron/releases/following/rollout.ts';
import { TrustedReleases } from '../../electron/releases/following/trusted-releases.ts';
import { TrustStore } from '../../electron/releases/following/trust-store.ts';

const [base = '', feed = '', kind = 'appimage', file = ''] = process.argv.slice(2);
const updates = path.join(base, 'data', 'updates');
const memory = new UpdateMemory(updates);
const place = { kind: kind as 'appimage' | 'folder', file };
const version = spawnSync(file, { encoding: 'utf8' }).stdout.trim();

// A start of the new version that was killed before its report: it is on trial still.
const { trial } = memory.read();
if (trial?.version === version) report();

const releases = new TrustedReleases({
  feed,
  channel: 'stable',
  store: new TrustStore(path.join(updates, 'trust'), readFileSync(path.join(base, 'root.json'), 'utf8')),
  workFolder: path.join(updates, 'work'),
  ask: fetch,
});
const installation = {
  version,
  platform: 'linux',
  arch: 'x64',
  kind: place.kind,
  channel: 'stable',
} as const;
const { failed } = memory.read();
const wanted = chooseUpdate(await releases.look(), installation, {
  installationNumber: 'one',
  failed,
  asked: false,
});
if (wanted) {
  const verified = await downloadArtefact(wanted, {
    feed,
    folder: path.join(updates, 'packages'),
    ask: fetch,
    speed: undefined,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  const installer = new LinuxInstaller({
    place,
    version,
    memory,
    windows: () => [{ path: '/vendors' }],
    beforeRestart: () => undefined,
    watch: () => undefined,
    quit: () => undefined,
  });
  await installer.prepare(verified, wanted);
  installer.install();
  // The watch starts it, and it reports.
  const { trial: begun } = memory.read();
  memory.change({ trial: begun && { ...begun, attempts: begun.attempts + 1 } });
  if (spawnSync(begun?.program ?? '', { encoding: 'utf8' }).stdout.trim() === wanted.version) report();
}
removeLeftovers(place);

function report(): void {
  const { trial: now } = memory.read();
  if (now) takePlace(now);
  memory.change({ trial: null, windows: [] });
}
