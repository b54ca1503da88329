import '@mantine/dates/styles.css';
import { DateInput } from '@mantine/dates';
import 'dayjs/locale/en-in.js';
import classes from './DayRange.module.css';

/** From a day to a day, either end open, as a filter of a list. */
export function DayRange({
  label,
  from,
  to,
  onFrom,
  onTo,
}: {
  /** What happened on those days: `Ordered`. */
  label: string;
  from: string | undefined;
  to: string | undefined;
  onFrom: (day: string | undefined) => void;
  onTo: (day: string | undefined) => void;
}) {
  const end = (value: string | undefined, onChange: (day: string | undefined) => void, word: string) => (
    <DateInput
      w={120}
      aria-label={`${label} ${word}`}
      placeholder={`${label} ${word}`}
      value={value ?? null}
      onChange={(day) => {
        onChange(day ?? undefined);
      }}
      clearable
      locale="en-in"
      firstDayOfWeek={1}
      valueFormat="D MMM YY"
    />
  );
  return (
    <span className={classes.range}>
      {end(from, onFrom, 'from')}
      {end(to, onTo, 'to')}
    </span>
  );
}
