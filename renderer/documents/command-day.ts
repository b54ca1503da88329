import { today } from '../../server/ground/days.contract.ts';
import { isDay } from '../ui/typed-day.ts';

/** The fields of a form that asks on which day a command was carried out. */
export interface CommandDayValues {
  day: string;
  /** Knowingly before the order's own day. */
  backdate: boolean;
}

/** The moment of a command on the wire: left out for today, which means now; for a past day its last minute in India (18:29 UTC). */
export function momentOfDay(day: string): string | undefined {
  if (!isDay(day)) return day;
  return day === today() ? undefined : `${day}T18:29:00Z`;
}
