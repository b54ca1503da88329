import { today } from '../ui/formats.ts';
import { isDay } from '../ui/typed-day.ts';

/** The fields of a form that says on which day something was done with an order. */
export interface DeedDayValues {
  day: string;
  /** Knowingly before the order's own day. */
  backdate: boolean;
}

/** What the moment of a deed is on the wire: left out for today, which is now; a past day's last minute in India (18:29 UTC). */
export function momentOfDay(day: string): string | undefined {
  if (!isDay(day)) return day;
  return day === today() ? undefined : `${day}T18:29:00Z`;
}
