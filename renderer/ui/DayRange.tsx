import { t } from '@lingui/core/macro';
import { DayInput } from './DayInput.tsx';
import classes from './DayRange.module.css';
import type { DayDirection } from './typed-day.ts';

/** From a day to a day, either end open, as a filter of a list. */
export function DayRange({
  label,
  from,
  to,
  onFrom,
  onTo,
  direction = 'behind',
}: {
  /** What happened on those days: `Ordered`. */
  label: string;
  from: string | undefined;
  to: string | undefined;
  onFrom: (day: string | undefined) => void;
  onTo: (day: string | undefined) => void;
  /** Where days lie whose month or year is left out. */
  direction?: DayDirection;
}) {
  const end = (value: string | undefined, onChange: (day: string | undefined) => void, words: string) => (
    <DayInput
      // Its name stands in it, beside the calendar's button, and is longer in one language than in another.
      width={`calc(${String(Math.max(11, words.length))}ch + 56px)`}
      aria-label={words}
      placeholder={words}
      value={value ?? ''}
      onChange={(day) => {
        onChange(day === '' ? undefined : day);
      }}
      tell="leaving"
      direction={direction}
      emptied
    />
  );
  return (
    <span className={classes.range}>
      {end(from, onFrom, t`${label} from`)}
      {end(to, onTo, t`${label} to`)}
    </span>
  );
}
