import { t } from '@lingui/core/macro';
import { DayInput } from './DayInput.tsx';
import classes from './DayRange.module.css';
import type { DayDirection } from './typed-day.ts';

/** From a day to a day, either end open, as a filter of a list. */
export function DayRange({
  label,
  from,
  to,
  onChange,
  direction = 'behind',
}: {
  /** What happened on those days: `Ordered`. */
  label: string;
  from: string | undefined;
  to: string | undefined;
  onChange: (end: 'from' | 'to', day: string | undefined) => void;
  /** On which side of today a day lies when its month or year is left out. */
  direction?: DayDirection;
}) {
  const end = (name: 'from' | 'to', value: string | undefined, words: string) => (
    <DayInput
      // Its name stands in it, beside the calendar's button, and is longer in one language than in another.
      width={`calc(${String(Math.max(11, words.length))}ch + 56px)`}
      aria-label={words}
      placeholder={words}
      value={value ?? ''}
      onChange={(day) => {
        onChange(name, day === '' ? undefined : day);
      }}
      tell="leaving"
      direction={direction}
      emptied
    />
  );
  return (
    <span className={classes.range}>
      {end('from', from, t`${label} from`)}
      {end('to', to, t`${label} to`)}
    </span>
  );
}
