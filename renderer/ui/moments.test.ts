import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { today } from '../../server/ground/days.contract.ts';
import {
  dayOf,
  daysAfter,
  endOfDay,
  formatDay,
  formatInstant,
  formatLongDay,
  formatMonth,
  instantOf,
  startOfDay,
  timeOf,
} from './moments.ts';

// Somebody may sit behind, in and ahead of India, and a server counts in UTC.
describe.each(['America/Los_Angeles', 'UTC', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
  'on a computer in %s',
  (zone) => {
    const own = process.env.TZ;
    beforeEach(() => {
      process.env.TZ = zone;
    });
    afterEach(() => {
      if (own === undefined) delete process.env.TZ;
      else process.env.TZ = own;
    });

    it('shows an instant by the clock of the company, also while it is still yesterday in Greenwich', () => {
      expect(formatInstant('2026-03-31T18:29:59Z')).toBe('31 Mar 2026, 23:59');
      expect(formatInstant('2026-03-31T18:30:00Z')).toBe('01 Apr 2026, 00:00');
      expect(dayOf('2026-03-31T18:30:00Z')).toBe('2026-04-01');
      expect(timeOf('2026-03-31T18:35:00Z')).toBe('00:05');
      expect(today(new Date('2026-03-31T18:29:59Z'))).toBe('2026-03-31');
      expect(today(new Date('2026-03-31T18:30:00Z'))).toBe('2026-04-01');
    });

    it('bounds a day by the midnights of the company', () => {
      expect(startOfDay('2026-04-01')).toBe('2026-03-31T18:30:00.000Z');
      expect(endOfDay('2026-04-01')).toBe('2026-04-01T18:29:59.999Z');
      expect(instantOf('2026-04-01', '00:05')).toBe('2026-03-31T18:35:00.000Z');
      expect(instantOf('2026-04-01', '')).toBeNull();
    });

    it('shows days as they are written', () => {
      expect(formatDay('2026-11-23')).toBe('23 Nov 2026');
      expect(formatDay('2026-11-23T19:00:00Z')).toBe('24 Nov 2026');
      expect(formatLongDay('2026-11-30')).toBe('Monday, 30 November 2026');
      expect(formatMonth('2026-04')).toBe('Apr 26');
      expect(daysAfter('2026-02-28', 1)).toBe('2026-03-01');
      expect(formatDay(null)).toBe('—');
      expect(formatInstant('x')).toBe('—');
    });
  },
);
