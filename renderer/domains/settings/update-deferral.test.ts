import { describe, expect, it } from 'vitest';
import { updateSettingsSchema } from '../../../server/domains/settings/settings.contract.ts';
import {
  deferralInput,
  deferralText,
  deferralValues,
  hourWords,
  weekdayWords,
} from './UpdateDeferralFields.tsx';

describe('when new versions are offered', () => {
  it('is sent as it was read, Sunday and midnight too', () => {
    for (const deferral of [null, { weekday: 0, hour: 0 }, { weekday: 6, hour: 23 }])
      expect(deferralInput(deferralValues(deferral))).toEqual(deferral);
  });

  it('proposes six in the morning to whoever chooses a day first, and sends no hour without a day', () => {
    const values = deferralValues(null);
    expect(deferralInput(values)).toBeNull();
    expect(deferralInput({ ...values, weekday: '1' })).toEqual({ weekday: 1, hour: 6 });
  });

  it('offers every day and hour of the contract', () => {
    const choices = Object.keys(weekdayWords).flatMap((weekday) =>
      Object.keys(hourWords).map((hour) => deferralInput({ weekday, hour })),
    );
    expect(choices).toHaveLength(7 * 24);
    for (const updateDeferral of choices)
      expect(updateSettingsSchema.safeParse({ version: 1, updateDeferral }).success).toBe(true);
  });

  it('is read as a day and the hour of a clock', () => {
    expect(deferralText(null)).toBe('At once');
    expect(deferralText({ weekday: 0, hour: 6 })).toBe('Sunday, 06:00');
    expect(deferralText({ weekday: 6, hour: 18 })).toBe('Saturday, 18:00');
  });
});
