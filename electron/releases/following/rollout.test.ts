import { expect, it } from 'vitest';
import type { Artefact, Installation } from '../artefact.ts';
import { chooseUpdate, isInShare, earliestOffer } from './rollout.ts';
import { describe as description } from '../testing/release-line.ts';

const installation: Installation = {
  version: '1.0.0',
  platform: 'linux',
  arch: 'x64',
  kind: 'appimage',
  channel: 'stable',
};
const usual = { installationNumber: 'one', failed: [], asked: false };

function artefact(version: string, more: Partial<Artefact> = {}): Artefact {
  return {
    ...description(version),
    path: `stable/${version}/Quartermaster.AppImage`,
    length: 1,
    sha256: '',
    sha512: '',
    ...more,
  };
}

const everybody = Array.from({ length: 2_000 }, (_, number) => `installation-${number}`);
const reached = (percent: number, salt = '1.1.0') =>
  everybody.filter((number) => isInShare({ percent, salt }, number));

it('a larger share only adds installations, and nothing and all mean what they say', () => {
  expect(reached(0)).toEqual([]);
  expect(reached(100)).toEqual(everybody);
  let before: string[] = [];
  for (const percent of [0.1, 1, 10, 11, 50, 99.9]) {
    const now = reached(percent);
    expect(now).toEqual(expect.arrayContaining(before));
    expect(Math.abs(now.length / everybody.length - percent / 100)).toBeLessThan(0.03);
    before = now;
  }
});

it('nobody is always among the first', () => {
  const first = new Set(reached(10, '1.1.0'));
  const again = reached(10, '1.2.0').filter((number) => first.has(number));
  expect(again.length).toBeLessThan(first.size / 2);
});

it('a halted version is offered to nobody, also not to those who ask, and the one before it is', () => {
  const halted = artefact('1.2.0', { halted: true, critical: true });
  expect(chooseUpdate([artefact('1.1.0'), halted], installation, { ...usual, asked: true })?.version).toBe(
    '1.1.0',
  );
  expect(chooseUpdate([halted], installation, usual)).toBeUndefined();
});

it('the share doesn’t hold back a person who asks, and a critical version holds nobody back', () => {
  const few = { rollout: { percent: 0, salt: 's' } };
  expect(chooseUpdate([artefact('1.1.0', few)], installation, usual)).toBeUndefined();
  expect(chooseUpdate([artefact('1.1.0', few)], installation, { ...usual, asked: true })?.version).toBe(
    '1.1.0',
  );
  expect(chooseUpdate([artefact('1.1.0', { ...few, critical: true })], installation, usual)?.version).toBe(
    '1.1.0',
  );
});

it('a version that did not start here is not offered here again', () => {
  const circumstances = { ...usual, failed: ['1.2.0'], asked: true };
  expect(chooseUpdate([artefact('1.2.0'), artefact('1.1.0')], installation, circumstances)?.version).toBe(
    '1.1.0',
  );
  expect(chooseUpdate([artefact('1.2.0'), artefact('1.3.0')], installation, circumstances)?.version).toBe(
    '1.3.0',
  );
});

it('the newest is the newest by its number, not by its spelling', () => {
  const versions = ['1.9.0', '1.10.0', '1.10.0-rc.1'].map((version) => artefact(version));
  expect(chooseUpdate(versions, installation, usual)?.version).toBe('1.10.0');
});

it('an old installation takes the version made for it before the newest', () => {
  const newest = artefact('2.0.0', { from: { min: '1.5.0' } });
  expect(chooseUpdate([artefact('1.5.0'), newest], installation, usual)?.version).toBe('1.5.0');
  expect(
    chooseUpdate([artefact('1.5.0'), newest], { ...installation, version: '1.5.0' }, usual)?.version,
  ).toBe('2.0.0');
});

it('administrators defer to a day and hour, and critical versions do not wait', () => {
  const saturday = new Date(2026, 10, 28, 14, 30);
  const sundayAtSix = { weekday: 0, hour: 6 };
  expect(earliestOffer(saturday, sundayAtSix, false)).toEqual(new Date(2026, 10, 29, 6));
  expect(earliestOffer(saturday, { weekday: 6, hour: 14 }, false)).toEqual(new Date(2026, 11, 5, 14));
  expect(earliestOffer(saturday, { weekday: 6, hour: 15 }, false)).toEqual(new Date(2026, 10, 28, 15));
  expect(earliestOffer(saturday, sundayAtSix, true)).toEqual(saturday);
  expect(earliestOffer(saturday, undefined, false)).toEqual(saturday);
});

it('the hour is that of the company’s clock, wherever the computer stands', () => {
  const from = (found: string, deferral: object) =>
    earliestOffer(new Date(found), deferral as never, false).toISOString();
  // Midnight of Sunday in Nagpur is half past six on Saturday evening in London.
  const midnight = { weekday: 0, hour: 0, timeZone: 'Asia/Kolkata' };
  expect(from('2026-11-28T18:29:59.999Z', midnight)).toBe('2026-11-28T18:30:00.000Z');
  expect(from('2026-11-28T18:30:00Z', midnight)).toBe('2026-11-28T18:30:00.000Z');
  expect(from('2026-11-28T18:30:00.001Z', midnight)).toBe('2026-12-05T18:30:00.000Z');
  const late = { weekday: 6, hour: 23, timeZone: 'Asia/Kolkata' };
  expect(from('2026-11-28T00:00:00Z', late)).toBe('2026-11-28T17:30:00.000Z');
  // Where clocks skip that hour, next week's counts.
  const missing = { weekday: 0, hour: 2, timeZone: 'Europe/Berlin' };
  expect(from('2026-03-28T12:00:00Z', missing)).toBe('2026-04-05T00:00:00.000Z');
  expect(from('2026-11-28T00:00:00Z', { weekday: 0, hour: 6, timeZone: 'Mars/Olympus' })).toBe(
    earliestOffer(new Date('2026-11-28T00:00:00Z'), { weekday: 0, hour: 6 }, false).toISOString(),
  );
});
