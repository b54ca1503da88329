import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloadArtefact } from '../../electron/releases/following/artefact-download.ts';
import { chooseUpdate } from '../../electron/releases/following/rollout.ts';
import { makeKeyFile } from '../../electron/releases/publishing/key-folder.ts';
import { roleNames } from '../../electron/releases/publishing/roles.ts';
import type { KeysByRole, RoleName } from '../../electron/releases/publishing/roles.ts';
import { TrustRepository } from '../../electron/releases/publishing/trust-repository.ts';
import { TrustedReleases } from '../../electron/releases/following/trusted-releases.ts';
import { TrustStore } from '../../electron/releases/following/trust-store.ts';
import { serveFeed } from '../../electron/releases/testing/loopback-feed.ts';
import type { LoopbackFeed } from '../../electron/releases/testing/loopback-feed.ts';

/** The commands as whoever publishes runs them, and an installation that follows what they publish. */
const repository = path.resolve(import.meta.dirname, '../..');
const base = mkdtempSync(path.join(os.tmpdir(), 'qm-publisher-'));
const at = (...names: string[]) => path.join(base, ...names);
const [feedFolder, keys, built] = [at('feed'), at('keys'), at('built')];
let feed: LoopbackFeed;

function run(
  command: string,
  args: string[],
  more: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Result> {
  const script = path.join(repository, 'server/cli', `${command}.ts`);
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, QM_LANG: 'en', ...more.env };
  const child = spawn(process.execPath, [script, ...args], { cwd: repository, env });
  child.stdin.end(more.stdin ?? '');
  const result: Result = { code: null, stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => (result[name] += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...result, code })));
}

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

async function succeed(...call: Parameters<typeof run>): Promise<string> {
  const { code, stdout, stderr } = await run(...call);
  expect(stderr).toBe('');
  expect(code, stdout).toBe(0);
  return stdout;
}

const secret = { env: { QM_RELEASE_PASSPHRASE: 'one\ntwo\nthree\nall others' } };
const whole = [`--feed=${feedFolder}`, `--keys=${keys}`];
const metadata = () => readdirSync(at('feed', 'metadata')).sort();

function release(version: string, ...more: string[]): Promise<Result> {
  const names = [
    'linux-x86_64.AppImage',
    'linux-x64.tar.gz',
    'linux-amd64.deb',
    'win-x64.exe',
    'mac-arm64.zip',
  ];
  mkdirSync(built, { recursive: true });
  for (const name of names) {
    const file = path.join(built, `Quartermaster-${version}-${name}`);
    if (!existsSync(file)) writeFileSync(file, `${name} of ${version}`);
  }
  return run('release', [`--version=${version}`, `--built=${built}`, ...whole, ...more], secret);
}

/** What the feed tells an installation, as a start of the app asks it. */
function look(trust: string) {
  return new TrustedReleases({
    feed: feed.address,
    channel: 'stable',
    store: new TrustStore(at(trust), readFileSync(at('feed', 'metadata', '1.root.json'), 'utf8')),
    workFolder: at('work'),
    ask: fetch,
  }).look();
}

const installation = {
  version: '1.0.0',
  platform: 'linux',
  arch: 'x64',
  kind: 'appimage',
  channel: 'stable',
} as const;
const numbers = Array.from({ length: 200 }, (_, number) => `installation ${number}`);

/** What an installation of 1.0.0 with this number is offered. */
async function offered(installationNumber: string, trust = 'installation') {
  const circumstances = { installationNumber, failed: [], asked: false };
  return chooseUpdate(await look(trust), installation, circumstances);
}

/** Which of many installations are offered something. */
async function share() {
  const found = await look('installation');
  return numbers.filter((installationNumber) =>
    chooseUpdate(found, installation, { installationNumber, failed: [], asked: false }),
  );
}

beforeAll(async () => {
  mkdirSync(feedFolder);
  feed = await serveFeed(feedFolder);
});

afterAll(async () => {
  await feed.stop();
  rmSync(base, { recursive: true, force: true });
});

it('keys are made with a ceremony to hold by, encrypted, three for the root', async () => {
  const open = await run('release-keys', ['make', `--out=${keys}`, `--feed=${feedFolder}`]);
  expect(open.code).toBe(1);
  expect(open.stderr).toContain('Keys need a passphrase');
  const said = await succeed('release-keys', ['make', `--out=${keys}`, `--feed=${feedFolder}`], secret);
  expect(said).toContain('8 keys are made');
  expect(said).toContain('three holders of the root keys');
  const files = readdirSync(keys).filter((name) => !name.endsWith('.pub.pem'));
  expect(files.filter((name) => name.startsWith('root-'))).toHaveLength(3);
  for (const file of files) expect(readFileSync(path.join(keys, file), 'utf8')).toContain('ENCRYPTED');
  const again = await run('release-keys', ['make', `--out=${keys}`, `--feed=${feedFolder}`], secret);
  expect(again.stderr).toContain('has a feed with keys already');
  expect(readdirSync(keys)).toHaveLength(16);
});

it('the ceremony and the refusals are said in Hindi too', async () => {
  const { stderr } = await run('release', ['--version=nine', `--feed=${feedFolder}`], {
    env: { QM_LANG: 'hi' },
  });
  expect(stderr).toContain('वर्शन नहीं है');
});

it('a release is published with its bill of materials and checksums, and an installation takes it', async () => {
  const { code, stdout, stderr } = await release('1.1.0');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('Version 1.1.0 is published on stable for 10 % of the installations');
  const [first = ''] = await share();
  const artefact = await offered(first);
  expect(artefact?.version).toBe('1.1.0');
  const folder = at('downloads');
  const parts = { feed: feed.address, folder, ask: fetch, speed: undefined, progress: () => undefined };
  const file = await downloadArtefact(artefact!, { ...parts, signal: new AbortController().signal });
  expect(readFileSync(file, 'utf8')).toBe('linux-x86_64.AppImage of 1.1.0');
  const targets = readdirSync(at('feed', 'targets', 'stable', '1.1.0'));
  expect(targets).toHaveLength(7);
  const text = (end: string) =>
    readFileSync(
      at('feed', 'targets', 'stable', '1.1.0', targets.find((name) => name.endsWith(end)) ?? ''),
      'utf8',
    );
  expect(text('.SHA256SUMS').split('\n')).toHaveLength(7);
  const bill = JSON.parse(text('.cdx.json')) as { bomFormat: string; components: { name: string }[] };
  expect(bill.bomFormat).toBe('CycloneDX');
  const names = bill.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['electron', 'react', 'tuf-js', 'electron-updater']));
  expect(names).not.toContain('vitest');
});

it('what was published stays: other bytes under its version are refused, a repetition changes nothing', async () => {
  const before = metadata().length;
  writeFileSync(path.join(built, 'Quartermaster-1.1.0-linux-x64.tar.gz'), 'other bytes');
  const other = await release('1.1.0');
  expect(other.stderr).toContain('has been published with other bytes');
  expect(metadata()).toHaveLength(before);
  writeFileSync(path.join(built, 'Quartermaster-1.1.0-linux-x64.tar.gz'), 'linux-x64.tar.gz of 1.1.0');
});

it('a share only grows, and nobody who was offered the version loses it', async () => {
  const few = await share();
  expect(few.length).toBeLessThan(50);
  const said = await succeed('release-promote', ['--version=1.1.0', '--percent=60', ...whole], secret);
  expect(said).toContain('offered to 60 %');
  const more = await share();
  expect(more).toEqual(expect.arrayContaining(few));
  expect(more.length).toBeGreaterThan(few.length);
  const less = await run('release-promote', ['--version=1.1.0', '--percent=30', ...whole], secret);
  expect(less.stderr).toContain('A share only grows');
  await succeed('release-promote', ['--version=1.1.0', ...whole], secret);
  expect(await share()).toHaveLength(200);
});

it('a version that is withdrawn is offered to nobody, until it is again', async () => {
  await succeed('release-halt', ['--version=1.1.0', ...whole], secret);
  expect(await share()).toEqual([]);
  const unknown = await run('release-halt', ['--version=9.9.9', ...whole], secret);
  expect(unknown.stderr).toContain('stable has no version 9.9.9');
  await succeed('release-halt', ['--version=1.1.0', '--undo', ...whole], secret);
  expect(await share()).toHaveLength(200);
});

it('a stranger with the first root alone verifies it, and finds a package that was changed', async () => {
  const look = [`--url=${feed.address}`, `--root=${at('feed', 'metadata', '1.root.json')}`];
  const said = await succeed('release-verify', look);
  expect(said).toContain('5 packages of stable: signatures, lengths and hashes are right.');
  const folder = at('feed', 'targets', 'stable', '1.1.0');
  const file = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.deb')) ?? '');
  const sound = readFileSync(file);
  rmSync(file);
  writeFileSync(file, sound.toString().replace('deb', 'bed'));
  const changed = await run('release-verify', look);
  expect(changed.code).toBe(1);
  expect(changed.stderr).toContain('not what was signed');
  writeFileSync(file, sound);
  const plain = await run('release-verify', ['--url=http://updates.example/', look[1] ?? '']);
  expect(plain.stderr).toContain('https, or this machine');
});

it('a publisher killed at any point leaves the feed as it was, and repeats the command', async () => {
  const before = at('before-kill');
  cpSync(feedFolder, before, { recursive: true });
  // As a kill right before the timestamp is written leaves it: everything signed, nothing named.
  expect((await release('1.2.0', '--percent=100')).code).toBe(0);
  cpSync(path.join(before, 'metadata', 'timestamp.json'), at('feed', 'metadata', 'timestamp.json'));
  expect((await offered('anybody', 'after-kill'))?.version).toBe('1.1.0');
  await succeed('release-refresh', whole, secret);
  expect((await offered('anybody', 'after-kill'))?.version).toBe('1.1.0');
  expect((await release('1.2.0', '--percent=100')).code).toBe(0);
  expect((await offered('anybody', 'after-kill'))?.version).toBe('1.2.0');
});

it('keys are changed by two of three root holders, not by one, and the installation follows', async () => {
  const holders = readdirSync(keys).filter((name) => name.startsWith('root-') && !name.endsWith('.pub.pem'));
  const stick = (place: number) => {
    const folder = at(`stick-${place}`);
    mkdirSync(folder, { recursive: true });
    cpSync(path.join(keys, holders[place] ?? ''), path.join(folder, holders[place] ?? ''));
    return folder;
  };
  const rest = at('rest');
  mkdirSync(rest);
  for (const name of readdirSync(keys))
    if (!name.startsWith('root-') && !name.endsWith('.pub.pem'))
      cpSync(path.join(keys, name), path.join(rest, name));
  const open = { env: { QM_RELEASE_PASSPHRASE: 'one\ntwo\nthree\nall others' } };
  const change = (folders: string[], ...more: string[]) =>
    run(
      'release-keys',
      ['rotate', `--feed=${feedFolder}`, `--keys=${folders.join(',')}`, `--out=${at('new')}`, ...more],
      open,
    );

  const alone = await change([stick(0), rest], '--replace=timestamp');
  expect(alone.stderr).toContain('fewer are given');
  expect(alone.stdout).toBe('');
  expect(readdirSync(at('new'))).toEqual([]);
  expect(metadata()).not.toContain('2.root.json');

  const lost = path.basename(holders[2] ?? '', '.pem').slice('root-'.length);
  const two = await change([stick(0), stick(1)], `--replace=${lost}`);
  expect(two.stderr).toBe('');
  expect(two.stdout).toContain('Root version 2');
  const stable = await change([stick(0), stick(1), rest], '--replace=stable');
  expect(stable.stderr).toBe('');
  expect((await offered('anybody'))?.version).toBe('1.2.0');

  // The old key of the channel signs nothing any more.
  const old = await release('1.3.0', '--percent=100');
  expect(old.stderr).toContain('The key for stable is not among those given');
  const fresh = `--keys=${at('new')},${rest}`;
  const again = await release('1.3.0', '--percent=100', fresh);
  expect(again.stderr).toBe('');
  expect((await offered('anybody'))?.version).toBe('1.3.0');
  const shown = await succeed('release-keys', ['show', `--feed=${feedFolder}`]);
  expect(shown.match(/^root /gm)).toHaveLength(3);
  expect(shown).not.toContain(lost);
});

it('the nightly job tells what will end soon and can’t be signed by it', async () => {
  const folder = at('aged-keys');
  const keysOfRole = (role: RoleName) =>
    Array.from({ length: role === 'root' ? 3 : 1 }, () => makeKeyFile(folder, role, undefined).key);
  const aged = Object.fromEntries(roleNames.map((role) => [role, keysOfRole(role)])) as unknown as KeysByRole;
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);
  const call = [`--feed=${at('aged')}`, `--keys=${folder}`];
  new TrustRepository(at('aged'), () => daysAgo(100)).found(aged);
  expect(await succeed('release-refresh', call)).not.toContain('From then on');
  new TrustRepository(at('aged-more'), () => daysAgo(340)).found(aged);
  const told = await succeed('release-refresh', [`--feed=${at('aged-more')}`, `--keys=${folder}`]);
  expect([...told.matchAll(/What (\w+) signed/g)].map(([, role]) => role).sort()).toEqual([
    'beta',
    'stable',
    'targets',
  ]);
});

it('a key that a program holds signs as one in a file does', async () => {
  const folder = at('hardware');
  const before =
    readdirSync(at('new')).find((name) => name.startsWith('stable-') && !name.endsWith('.pub.pem')) ?? '';
  mkdirSync(folder);
  cpSync(
    at('new', before.replace('.pem', '.pub.pem')),
    path.join(folder, before.replace('.pem', '.pub.pem')),
  );
  const signer = at('signer.mjs');
  writeFileSync(
    signer,
    `#!${process.execPath}
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
const key = createPrivateKey({ key: readFileSync(${JSON.stringify(at('new', before))}), passphrase: 'all others' });
process.stdout.write(sign(null, readFileSync(0), key).toString('hex'));
`,
    { mode: 0o755 },
  );
  const call = ['--version=1.3.0', '--critical', `--feed=${feedFolder}`, `--keys=${folder},${at('rest')}`];
  const without = await run('release-promote', call, secret);
  expect(without.stderr).toContain('The key for stable is not among those given');
  const env = { QM_RELEASE_PASSPHRASE: 'all others\nall others', QM_RELEASE_SIGNER: signer };
  const { stderr, code } = await run('release-promote', call, { env });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect((await offered('anybody'))?.critical).toBe(true);
});

it('a bucket gets packages before what names them, the timestamp last, and goes on after a cut', async () => {
  const bucket = at('bucket');
  const log = at('brought.txt');
  const uploader = at('uploader.sh');
  writeFileSync(
    uploader,
    `#!/bin/sh
case "$2" in metadata/*) [ ! -e '${at('cut')}' ] || exit 1;; esac
mkdir -p "$(dirname '${bucket}'/"$2")" && cp "$1" '${bucket}'/"$2" && echo "$2" >> '${log}'
`,
    { mode: 0o755 },
  );
  const keysNow = `--keys=${at('new')},${at('rest')}`;
  writeFileSync(at('cut'), '');
  const cut = await release('1.4.0', keysNow, `--upload-with=${uploader}`);
  expect(cut.stderr).toContain('could not bring metadata/');
  rmSync(at('cut'));
  expect((await release('1.4.0', keysNow, `--upload-with=${uploader}`)).stderr).toBe('');
  const brought = readFileSync(log, 'utf8').trim().split('\n');
  expect(new Set(brought).size).toBe(brought.length);
  expect(brought.at(-1)).toBe('metadata/timestamp.json');
  expect(brought.findLastIndex((name) => name.startsWith('targets/'))).toBeLessThan(
    brought.findIndex((name) => name.startsWith('metadata/')),
  );
});
