import { z } from 'zod';

/** Quarantined: it waits for a decision. Recalled: nobody gets it any more. */
export const lotStatuses = ['usable', 'quarantined', 'recalled'] as const;
export const lotStatusSchema = z.enum(lotStatuses);
export type LotStatus = (typeof lotStatuses)[number];

/** What decides whether a lot can be used. */
export interface LotState {
  status: LotStatus;
  /** The last usable day, inclusive, `YYYY-MM-DD`; null: it never expires, or nobody knows. */
  expiresOn: string | null;
}

/**
 * Whether goods of the lot can be promised and sent on this day (`YYYY-MM-DD`): the one meaning of status and last usable
 * day. `lot_is_usable` of migrations/domain/0028_lot_balances.sql is the same in SQL.
 */
export function isUsableOn(day: string, lot: LotState): boolean {
  return lot.status === 'usable' && !isExpiredOn(day, lot.expiresOn);
}

/** Whether the last usable day is over. */
export function isExpiredOn(day: string, expiresOn: string | null): boolean {
  return expiresOn !== null && expiresOn < day;
}
