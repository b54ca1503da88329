import { t } from '@lingui/core/macro';
import type { Settings } from '../../../server/domains/settings/settings.contract.ts';
import { ShortList, type ShortListProps } from '../../ui/ShortList.tsx';
import { FieldCell } from '../../ui/FormFrame.tsx';

/** The days of a week by their numbers, of which 0 is Sunday. */
export const weekdayWords: Readonly<Record<string, string>> = {
  0: t`Sunday`,
  1: t`Monday`,
  2: t`Tuesday`,
  3: t`Wednesday`,
  4: t`Thursday`,
  5: t`Friday`,
  6: t`Saturday`,
};

/** The hours of a day by their numbers, as a clock shows them. */
export const hourWords: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 24 }, (_, hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`]),
);

const choices = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** What the form holds: no weekday is no deferral. */
export interface DeferralValues extends Record<string, unknown> {
  weekday: string;
  hour: string;
}

/** The hour proposed to a person who chooses a day first: before the first shift. */
const usualHour = '6';

export function deferralValues(deferral: Settings['updateDeferral']): DeferralValues {
  return { weekday: String(deferral?.weekday ?? ''), hour: String(deferral?.hour ?? usualHour) };
}

export function deferralInput({ weekday, hour }: DeferralValues): Settings['updateDeferral'] {
  return weekday === '' ? null : { weekday: Number(weekday), hour: Number(hour) };
}

/** "Sunday, 06:00" */
export function deferralText(deferral: Settings['updateDeferral']): string {
  if (deferral === null) return t`At once`;
  return `${weekdayWords[String(deferral.weekday)] ?? ''}, ${hourWords[String(deferral.hour)] ?? ''}`;
}

/** From when on people are offered new versions of the desktop app. */
export function UpdateDeferralFields({
  weekday,
  bindWeekday,
  bindHour,
}: {
  weekday: string;
  bindWeekday: Partial<ShortListProps>;
  bindHour: Partial<ShortListProps>;
}) {
  return (
    <>
      <FieldCell span={3}>
        <ShortList
          label={t`New versions are offered from`}
          data={[{ value: '', label: t`At once` }, ...choices(weekdayWords)]}
          allowDeselect={false}
          {...bindWeekday}
        />
      </FieldCell>
      <FieldCell span={3}>
        <ShortList
          label={t`Hour`}
          data={choices(hourWords)}
          allowDeselect={false}
          disabled={weekday === ''}
          {...bindHour}
        />
      </FieldCell>
    </>
  );
}
