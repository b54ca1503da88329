import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UpdateMemory } from './update-memory.ts';

let folder: string;
const start = () => new UpdateMemory(folder);
const file = () => path.join(folder, 'memory.json');
const sunday = { weekday: 0, hour: 6, timeZone: 'Asia/Kolkata' };
const trial = {
  version: '2.0.0',
  from: '1.0.0',
  program: '/nowhere/next',
  place: '/nowhere/app',
  kind: 'appimage',
  attempts: 2,
} as const;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'qm-memory-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('what failed, what is deferred and since when a version waits is there at the next start', () => {
  const friday = new Date('2026-11-27T09:00:00Z');
  start().change({ deferral: sunday });
  start().trialFailed(trial);
  expect(start().foundAt('2.1.0', friday)).toEqual(friday);
  expect(start().read()).toMatchObject({ failed: ['2.0.0'], untold: '2.0.0', deferral: sunday });
  expect(start().foundAt('2.1.0', new Date('2026-11-30T09:00:00Z'))).toEqual(friday);
});

it('a clock that was put back does not make a version wait for a moment to come', () => {
  start().foundAt('2.1.0', new Date('2027-11-27T09:00:00Z'));
  const now = new Date('2026-11-27T09:00:00Z');
  expect(start().foundAt('2.1.0', now)).toEqual(now);
});

it.each(['', '{"failed":["2.0', 'null', '{}', '\0\0\0\0'])(
  'a torn file (%j) forgets neither failed versions nor the deferral',
  (torn) => {
    start().change({ deferral: sunday });
    start().trialFailed(trial);
    writeFileSync(file(), torn);
    expect(start().read()).toMatchObject({ failed: ['2.0.0'], deferral: sunday });
    // And it is whole again with the next change.
    start().change({ untold: null });
    rmSync(path.join(folder, 'memory-copy.json'));
    expect(start().read()).toMatchObject({ failed: ['2.0.0'], deferral: sunday, untold: null });
  },
);

it('what the version before has kept is read', () => {
  writeFileSync(file(), JSON.stringify({ failed: ['1.9.0'], trial: null, windows: [], untold: null }));
  expect(start().read()).toMatchObject({ failed: ['1.9.0'], deferral: null });
});

it('where both are torn the app starts with nothing remembered', () => {
  writeFileSync(file(), '{');
  writeFileSync(path.join(folder, 'memory-copy.json'), '{');
  expect(start().read()).toMatchObject({ failed: [], trial: null, deferral: null });
});
