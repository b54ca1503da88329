import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
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
import { afterEach, beforeEach, describe as group, expect, it } from 'vitest';
import type { Artefact } from '../../releases/artefact.ts';
import { describe as description } from '../../releases/testing/release-line.ts';
import { LinuxInstaller, readWatch } from './linux-installer.ts';
import { removeLeftovers, placeOf, takePlace } from './linux-place.ts';
import type { Place } from './linux-place.ts';
import { watchTrial } from './trial-watch.ts';
import { UpdateMemory } from './update-memory.ts';

/** Programs of the size of a line stand in for the app: what is tried is what happens around them. */
let folder: string;
let memory: UpdateMemory;
let place: Place;

const at = (...names: string[]) => path.join(folder, ...names);
const started = () => (existsSync(at('log')) ? readFileSync(at('log'), 'utf8').trim().split('\n') : []);
/** A version that writes its name, and then behaves. */
const program = (version: string, then: string) => `#!/bin/sh\necho ${version} >> '${at('log')}'\n${then}\n`;
/** As the new version's report does it: its trial is over. */
const reports = () =>
  `echo '{"failed":[],"trial":null,"windows":[],"untold":null}' > '${at('updates', 'memory.json')}'`;

function artefactOf(version: string, bytes: Buffer, kind: 'appimage' | 'folder'): Artefact {
  return {
    ...description(version, { kind }),
    path: `stable/${version}/Q`,
    length: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sha512: createHash('sha512').update(bytes).digest('base64'),
  };
}

/** The old version takes 2.0.0 in, up to its restart. */
async function install(text: string): Promise<void> {
  let bytes = Buffer.from(text);
  if (place.kind === 'folder') {
    mkdirSync(at('pack', 'Quartermaster-2.0.0', 'resources'), { recursive: true });
    writeFileSync(at('pack', 'Quartermaster-2.0.0', 'quartermaster'), text, { mode: 0o755 });
    writeFileSync(at('pack', 'Quartermaster-2.0.0', 'resources', 'app.asar'), 'two');
    execFileSync('tar', ['-czf', at('two.tar.gz'), '-C', at('pack'), 'Quartermaster-2.0.0']);
    bytes = readFileSync(at('two.tar.gz'));
  }
  const file = at('verified');
  writeFileSync(file, bytes);
  const installer = new LinuxInstaller({
    place,
    version: '1.0.0',
    memory,
    windows: () => [{ path: '/vendors/new' }],
    beforeRestart: () => undefined,
    watch: () => undefined,
    quit: () => undefined,
  });
  await installer.prepare(file, artefactOf('2.0.0', bytes, place.kind));
  installer.install();
}

const watch = (starting = 5_000) =>
  watchTrial({ memory, pid: 2 ** 30, args: [], patience: { ending: 1_000, starting } });

/** What a person who starts the app gets. */
const inPlace = () => /echo (\S+)/.exec(readFileSync(place.file, 'utf8'))?.[1];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'qm-linux-'));
  memory = new UpdateMemory(at('updates'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

group.each(['appimage', 'folder'] as const)('an installation as %s', (kind) => {
  beforeEach(() => {
    mkdirSync(at('app'));
    const file = at('app', kind === 'appimage' ? 'Quartermaster.AppImage' : 'quartermaster');
    place = { kind, file };
    writeFileSync(file, program('1.0.0', ''), { mode: 0o755 });
  });

  it('keeps the old version in its place until the new one has reported its start', async () => {
    await install(program('2.0.0', reports()));
    expect(inPlace()).toBe('1.0.0');
    const { trial, windows } = memory.read();
    expect(windows).toEqual([{ path: '/vendors/new' }]);
    expect(await watch()).toBe('started');
    expect(started()).toEqual(['2.0.0']);
    takePlace(trial!);
    expect(inPlace()).toBe('2.0.0');
    // Killed right after, it does so again.
    takePlace(trial!);
    expect(inPlace()).toBe('2.0.0');
    removeLeftovers(place);
    expect(execFileSync(place.file).toString()).toBe('');
    expect(started()).toEqual(['2.0.0', '2.0.0']);
    expect(readdirSync(at('app')).sort()).toEqual(
      kind === 'appimage' ? ['Quartermaster.AppImage'] : ['quartermaster', 'versions'],
    );
  });

  it('starts the old version again when the new one fails twice, and remembers that', async () => {
    await install(program('2.0.0', 'exit 7'));
    expect(await watch()).toBe('returned');
    await expect.poll(started).toEqual(['2.0.0', '2.0.0', '1.0.0']);
    expect(inPlace()).toBe('1.0.0');
    expect(memory.read()).toMatchObject({ failed: ['2.0.0'], trial: null, untold: '2.0.0' });
    expect(memory.read().windows).toEqual([{ path: '/vendors/new' }]);
  });

  it('gives a version up that hangs, and ends it with its helpers', async () => {
    await install(program('2.0.0', `sleep 600 & echo $! > '${at('helper')}'; wait`));
    expect(await watch(700)).toBe('returned');
    await expect.poll(started).toEqual(['2.0.0', '2.0.0', '1.0.0']);
    const helper = Number(readFileSync(at('helper'), 'utf8'));
    await expect.poll(() => stateOf(helper)).toMatch(/gone|Z/);
  });

  it('that is not even a program comes back too', async () => {
    await install('not a program');
    expect(await watch()).toBe('returned');
    await expect.poll(() => started().at(-1)).toBe('1.0.0');
  });

  it('does not count it as a failure when a person closes the window at once', async () => {
    await install(program('2.0.0', 'exit 0'));
    expect(await watch()).toBe('left');
    expect(memory.read()).toMatchObject({ failed: [], trial: { attempts: 0 } });
  });

  it('is put back when the new version has taken the place and then stops starting', async () => {
    await install(program('2.0.0', 'exit 7'));
    takePlace(memory.read().trial!);
    expect(inPlace()).toBe('2.0.0');
    expect(await watch()).toBe('returned');
    expect(inPlace()).toBe('1.0.0');
    await expect.poll(() => started().at(-1)).toBe('1.0.0');
  });

  it('comes back to the version in place, not to the one before it', async () => {
    await install(program('2.0.0', ''));
    takePlace(memory.read().trial!);
    memory.change({ trial: null });
    // 2.0.0 goes on running: what it replaced still lies there when 3.0.0 is tried.
    const third = at('app', kind === 'appimage' ? '.third.next' : 'versions/3.0.0/quartermaster');
    mkdirSync(path.dirname(third), { recursive: true });
    writeFileSync(third, program('3.0.0', 'exit 7'), { mode: 0o755 });
    const trial = { version: '3.0.0', from: '2.0.0', program: third, place: place.file, kind, attempts: 0 };
    memory.change({ trial });
    expect(await watch()).toBe('returned');
    expect(inPlace()).toBe('2.0.0');
    expect(memory.read().failed).toEqual(['3.0.0']);
  });

  it('is found again from the version that runs', async () => {
    await install(program('2.0.0', ''));
    const { trial } = memory.read();
    const running =
      kind === 'appimage' ? [trial!.program, '/tmp/.mount/quartermaster'] : [undefined, trial!.program];
    expect(placeOf(kind, running[0], running[1]!, trial)).toEqual(place);
    expect(placeOf(kind, kind === 'appimage' ? place.file : undefined, place.file, null)).toEqual(place);
  });
});

it('nothing is started while the old process still holds settings and drafts', async () => {
  place = { kind: 'appimage', file: at('Q.AppImage') };
  writeFileSync(place.file, program('1.0.0', ''), { mode: 0o755 });
  await install(program('2.0.0', reports()));
  const old = spawn('sleep', ['600']);
  try {
    const patience = { ending: 400, starting: 400 };
    expect(await watchTrial({ memory, pid: old.pid!, args: [], patience })).toBe('left');
    expect(started()).toEqual([]);
  } finally {
    old.kill();
  }
});

it('a copy that differs from what was signed is not started', async () => {
  place = { kind: 'appimage', file: at('Q.AppImage') };
  writeFileSync(place.file, program('1.0.0', ''), { mode: 0o755 });
  const file = at('verified');
  writeFileSync(file, 'other bytes');
  chmodSync(file, 0o600);
  const parts = { place, version: '1.0.0', memory, windows: () => [], watch: () => undefined };
  const installer = new LinuxInstaller({ ...parts, beforeRestart: () => undefined, quit: () => undefined });
  const signed = artefactOf('2.0.0', Buffer.from('what was signed'), 'appimage');
  await expect(installer.prepare(file, signed)).rejects.toThrow('not what was signed');
  expect(readdirSync(folder).sort()).toEqual(['Q.AppImage', 'verified']);
});

it('a torn memory is none, and an ordinary start is no watch', () => {
  mkdirSync(at('updates'));
  writeFileSync(at('updates', 'memory.json'), '{"failed":["1');
  expect(memory.read()).toMatchObject({ failed: [], trial: null, windows: [], untold: null });
  expect(readWatch(['quartermaster', '--no-sandbox'])).toBeUndefined();
  expect(readWatch(['quartermaster', '--watch-update=%%%'])).toBeUndefined();
});

function stateOf(pid: number): string {
  try {
    return /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? 'gone';
  } catch {
    return 'gone';
  }
}
