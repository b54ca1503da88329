import { beforeEach, expect, it } from 'vitest';
import type { UpdateState } from '../../ipc/contract.ts';
import type { Artefact } from '../../releases/artefact.ts';
import type { Deferral } from '../../releases/following/rollout.ts';
import { describe as description } from '../../releases/testing/release-line.ts';
import { UpdateCourse } from './update-course.ts';

let signed: Artefact[];
let said: UpdateState[];
let busy: boolean;
let agrees: boolean;
let installed: string[];
let fetched: string[];
let hurried: boolean[];
let now: Date;
let found: Map<string, Date>;
let deferral: Deferral | undefined;
let feedFails: boolean;
let course: UpdateCourse;

function artefact(version: string, more: Partial<Artefact> = {}): Artefact {
  return {
    ...description(version),
    path: `stable/${version}/Q`,
    length: 1,
    sha256: version,
    sha512: '',
    ...more,
  };
}
const offers = () => said.filter(({ state }) => state === 'ready');

beforeEach(() => {
  [signed, said, installed, fetched, hurried] = [[artefact('1.1.0')], [], [], [], []];
  [busy, agrees, feedFails, deferral] = [false, true, false, undefined];
  now = new Date(2026, 10, 28, 14);
  found = new Map();
  course = newStart();
});

/** The app started once more; what it keeps on the disk is there. */
function newStart(): UpdateCourse {
  let prepared = '';
  return new UpdateCourse({
    installation: { version: '1.0.0', platform: 'linux', arch: 'x64', kind: 'appimage', channel: 'stable' },
    installationNumber: 'one',
    look: () => (feedFails ? Promise.reject(new Error('no network')) : Promise.resolve(signed)),
    download: (wanted, hurry, progress) => {
      fetched.push(wanted.version);
      hurried.push(hurry);
      progress(100);
      return Promise.resolve(`/packages/${wanted.version}`);
    },
    installer: {
      prepare: (file) => {
        prepared = file;
        return Promise.resolve();
      },
      install: () => void installed.push(prepared),
    },
    failed: () => [],
    deferral: () => deferral,
    foundAt: (version) => {
      const at = found.get(version) ?? now;
      found.set(version, at);
      return at;
    },
    isBusy: () => busy,
    mayRestart: () => agrees,
    announce: (state) => void said.push(state),
    report: () => undefined,
    now: () => now,
  });
}

it('an update is fetched in the background and offered once, and installed when the person says so', async () => {
  await course.check();
  await course.check();
  expect(fetched).toEqual(['1.1.0']);
  expect(offers()).toEqual([{ state: 'ready', version: '1.1.0' }]);
  expect(installed).toEqual([]);
  await course.install();
  expect(installed).toEqual(['/packages/1.1.0']);
});

it('nothing is offered while a form is half typed, and it is when the form is left', async () => {
  busy = true;
  await course.check();
  expect(offers()).toEqual([]);
  course.offerIfQuiet();
  expect(offers()).toEqual([]);
  busy = false;
  course.offerIfQuiet();
  expect(offers()).toHaveLength(1);
});

it('who keeps editing keeps the app', async () => {
  await course.check();
  agrees = false;
  await course.install();
  expect(installed).toEqual([]);
});

it('a version called back between offer and press is not installed, and the offer goes', async () => {
  await course.check();
  signed = [artefact('1.1.0', { halted: true })];
  await expect(course.install()).rejects.toThrow('called back');
  expect(installed).toEqual([]);
  expect(said.at(-1)).toEqual({ state: 'none' });
});

it('without a network what was fetched and verified is installed', async () => {
  await course.check();
  feedFails = true;
  await course.install();
  expect(installed).toHaveLength(1);
});

it('a newer version takes the place of the one that waits', async () => {
  await course.check();
  signed = [artefact('1.1.0'), artefact('1.2.0')];
  await course.check();
  await course.install();
  expect(installed).toEqual(['/packages/1.2.0']);
});

it('a deferred version is fetched at once and offered from its hour on; a critical one at once', async () => {
  deferral = { weekday: 0, hour: 6 };
  await course.check();
  expect(fetched).toEqual(['1.1.0']);
  expect(offers()).toEqual([]);
  now = new Date(2026, 10, 29, 7);
  await course.check();
  expect(offers()).toHaveLength(1);
  signed = [artefact('1.2.0', { critical: true })];
  await course.check();
  expect(offers().at(-1)).toEqual({ state: 'ready', version: '1.2.0' });
});

it('the hour comes while the app runs, without a look at the feed, and who asks before it is told when', async () => {
  deferral = { weekday: 0, hour: 6, timeZone: 'Asia/Kolkata' };
  now = new Date('2026-11-28T08:30:00Z');
  await course.check(true);
  const from = '2026-11-29T00:30:00.000Z';
  expect(course.state).toEqual({ state: 'deferred', version: '1.1.0', from });
  await expect(course.install()).rejects.toThrow('Your administrators have decided');
  expect(installed).toEqual([]);
  now = new Date('2026-11-29T00:29:59Z');
  course.offerIfQuiet();
  expect(offers()).toEqual([]);
  now = new Date(from);
  course.offerIfQuiet();
  expect(offers()).toHaveLength(1);
  await course.install();
  expect(installed).toHaveLength(1);
});

it('an hour that passed while the computer was off has come: the version doesn’t wait for the next one', async () => {
  deferral = { weekday: 0, hour: 6 };
  await course.check();
  now = new Date(2026, 10, 30, 9);
  course = newStart();
  await course.check();
  expect(offers()).toHaveLength(1);
  // A version that is found then has an hour of its own.
  signed = [artefact('1.2.0')];
  await course.check();
  expect(course.state).toMatchObject({ state: 'deferred', version: '1.2.0' });
});

it('what was offered goes when administrators defer it, and comes back when they no longer do', async () => {
  await course.check();
  deferral = { weekday: 0, hour: 6 };
  course.offerIfQuiet();
  expect(course.state.state).toBe('deferred');
  deferral = undefined;
  course.offerIfQuiet();
  expect(course.state).toEqual({ state: 'ready', version: '1.1.0' });
});

it('a version that the server asks for is not deferred', async () => {
  deferral = { weekday: 0, hour: 6 };
  await course.check(true, true);
  expect(course.state.state).toBe('ready');
  await course.install();
  expect(installed).toHaveLength(1);
});

it('there is nothing to install before anything was found', async () => {
  await expect(course.install()).rejects.toThrow('no update');
});

it('what is fetched in the background leaves the line to the work; who asks, or must have it, doesn’t wait', async () => {
  await course.check();
  signed = [artefact('1.2.0')];
  await course.check(true);
  signed = [artefact('1.3.0', { critical: true })];
  await course.check();
  expect(hurried).toEqual([false, true, true]);
});

it('a window that opens later hears how it stands', async () => {
  expect(course.state).toEqual({ state: 'none' });
  await course.check();
  expect(course.state).toEqual({ state: 'ready', version: '1.1.0' });
  course.tellReturned('1.1.0');
  expect(course.state).toEqual({ state: 'returned', version: '1.1.0' });
});
