import dayjs from 'dayjs';
import 'dayjs/locale/hi.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writtenDay } from '../../server/ground/days.contract.ts';
import { isDay, readDay, type DayDirection } from './typed-day.ts';

/** A Saturday. */
const today = '2026-11-28';
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const stepped = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const days = fc.integer({ min: -25_000, max: 25_000 }).map((step) => stepped('2026-01-01', step));
const directions = fc.constantFrom<DayDirection>('ahead', 'behind', 'near');

/** The day a person would count out on a wall calendar: from today, in the direction, until one fits. */
function counted(from: string, direction: DayDirection, fits: (day: string) => boolean): string {
  for (let distance = 0; ; distance += 1) {
    if (direction !== 'behind' && fits(stepped(from, distance))) return stepped(from, distance);
    if (direction !== 'ahead' && fits(stepped(from, -distance))) return stepped(from, -distance);
  }
}

describe('a typed day', () => {
  it.each([
    ['5', 'ahead', '2026-12-05'],
    ['5', 'behind', '2026-11-05'],
    ['28', 'ahead', today],
    ['28', 'behind', today],
    ['31', 'behind', '2026-10-31'],
    ['5/12', 'ahead', '2026-12-05'],
    ['5/12', 'behind', '2025-12-05'],
    ['5.12.26', 'behind', '2026-12-05'],
    ['05/12/2026', 'ahead', '2026-12-05'],
    ['31/12/26', 'ahead', '2026-12-31'],
    ['051226', 'ahead', '2026-12-05'],
    ['0512', 'ahead', '2026-12-05'],
    ['5 dec', 'ahead', '2026-12-05'],
    ['5th December', 'ahead', '2026-12-05'],
    ['Dec 5', 'ahead', '2026-12-05'],
    ['5-sept-26', 'ahead', '2026-09-05'],
    ['29/2', 'ahead', '2028-02-29'],
    ['29/2', 'behind', '2024-02-29'],
    ['+7', 'behind', '2026-12-05'],
    ['-3', 'ahead', '2026-11-25'],
    ['today', 'ahead', today],
    ['tom', 'ahead', '2026-11-29'],
    ['yesterday', 'behind', '2026-11-27'],
    ['fri', 'ahead', '2026-12-04'],
    ['Friday', 'behind', '2026-11-27'],
    ['sat', 'ahead', today],
    ['५/१२', 'ahead', '2026-12-05'],
    ['12/3/98', 'near', '1998-03-12'],
  ] as const)('of %j in a field that looks %s is %s', (typed, direction, day) => {
    expect(readDay(typed, today, direction)).toBe(day);
  });

  it.each([
    '',
    'x',
    'decr',
    '32',
    '0',
    '5/13',
    '30/2',
    '29.2.25',
    '5/12/514',
    '051',
    'fr',
    '+',
    '5//',
    '12345',
  ])('of %j is not guessed', (typed) => {
    expect(readDay(typed, today, 'ahead')).toBeNull();
  });

  it('is read in every way it is written in full, whatever the direction', () => {
    fc.assert(
      fc.property(days, days, directions, (day, now, direction) => {
        const [year = '', month = '', date = ''] = day.split('-');
        const name = months[Number(month) - 1] ?? '';
        const short = `${String(Number(date))}/${String(Number(month))}/${year}`;
        for (const typed of [
          day,
          short,
          short.replaceAll('/', '.'),
          short.replaceAll('/', ' '),
          `${date}${month}${year}`,
          `${date} ${name} ${year}`,
          `${date}${name.toLowerCase()}${year}`,
          `${name} ${date}, ${year}`,
        ])
          expect(readDay(typed, now, direction), typed).toBe(day);
      }),
    );
  });

  it('without a month or a year is the first one that a person would count to', () => {
    fc.assert(
      fc.property(days, days, directions, (day, now, direction) => {
        const [, month = '', date = ''] = day.split('-');
        const sameDate = (one: string) => one.endsWith(`-${date}`);
        const sameDay = (one: string) => one.endsWith(`-${month}-${date}`);
        expect(readDay(date, now, direction)).toBe(counted(now, direction, sameDate));
        for (const typed of [
          `${date}/${month}`,
          `${date}${month}`,
          `${date} ${months[Number(month) - 1] ?? ''}`,
        ])
          expect(readDay(typed, now, direction), typed).toBe(counted(now, direction, sameDay));
      }),
    );
  });

  it('by its weekday is the first such day from today on, or the last up to today', () => {
    fc.assert(
      fc.property(days, directions, fc.integer({ min: 0, max: 6 }), (now, direction, weekday) => {
        const name = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][weekday] ?? '';
        const isIt = (one: string) => new Date(one).getUTCDay() === weekday;
        expect(readDay(name, now, direction)).toBe(counted(now, direction, isIt));
      }),
    );
  });

  it('is read in Hindi as it is shown in Hindi, whatever the screen speaks', () => {
    fc.assert(
      fc.property(days, days, directions, (day, now, direction) => {
        for (const format of ['DD MMM YYYY', 'D MMMM YYYY', 'MMMM D, YYYY'])
          expect(readDay(dayjs(day).locale('hi').format(format), now, direction)).toBe(day);
      }),
    );
    fc.assert(
      fc.property(days, days, directions, fc.constantFrom('en', 'hi'), (day, now, direction, language) => {
        expect(readDay(writtenDay(day, language) ?? '', now, direction)).toBe(day);
      }),
    );
    expect(readDay('आज', '2026-11-29', 'near')).toBe('2026-11-29');
    expect(readDay('कल', '2026-11-29', 'ahead')).toBe('2026-11-30');
    expect(readDay('कल', '2026-11-29', 'behind')).toBe('2026-11-28');
    expect(readDay('शुक्र', '2026-11-29', 'ahead')).toBe('2026-12-04');
  });

  it('with two digits for the year lies at most twenty years ahead', () => {
    const recent = days.filter((day) => day >= '1990');
    fc.assert(
      fc.property(recent, directions, fc.integer({ min: 0, max: 99 }), (now, direction, year) => {
        const two = String(year).padStart(2, '0');
        const read = readDay(`1/1/${two}`, now, direction) ?? '';
        expect(read.slice(2, 4)).toBe(two);
        const ahead = Number(read.slice(0, 4)) - Number(now.slice(0, 4));
        expect(ahead).toBeGreaterThan(-80);
        expect(ahead).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('is a real day or nothing, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'0123456789/.- +decfri'), maxLength: 12 }),
    );
    fc.assert(
      fc.property(typed, days, directions, (text, now, direction) => {
        const read = readDay(text, now, direction);
        if (read !== null) expect(isDay(read)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
