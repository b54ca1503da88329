import type { Selectable } from 'kysely';
import type { TenantSettings } from '../db/tenant-schema.ts';

/**
 * The weekday and hour from which a company's people are offered new versions of the desktop app; null for at once, and
 * in a company whose database has no column for it yet.
 */
export function deferralOf(
  row: Pick<Selectable<TenantSettings>, 'update_weekday' | 'update_hour'>,
): { weekday: number; hour: number } | null {
  const { update_weekday: weekday, update_hour: hour } = row;
  return (weekday ?? null) === null || (hour ?? null) === null
    ? null
    : { weekday: Number(weekday), hour: Number(hour) };
}
