export const adjustmentReasons = [
  'damaged',
  'lost',
  'found',
  'expired',
  'sample',
  'opening',
  'correction',
] as const;
export type AdjustmentReason = (typeof adjustmentReasons)[number];

const isAdjustmentReason = (text: string): text is AdjustmentReason =>
  adjustmentReasons.some((reason) => reason === text);

/** Why stock was adjusted: a reason of the list, a person's own words, or both. */
export interface KeptAdjustment {
  reason: AdjustmentReason | null;
  note: string | null;
}

/** Both as one text, for a schema that has no room for a note. */
export const earlierText = (reason: AdjustmentReason, note: string): string => `${reason}: ${note}`;

/**
 * Reads a reason as the ledger holds it: a code, a person's own words, or, from before words had a column, `code:
 * note`.
 */
export function keptAdjustment(reason: string | null, note: string | null = null): KeptAdjustment {
  if (reason === null) return { reason: null, note };
  if (isAdjustmentReason(reason)) return { reason, note };
  const [code = '', ...rest] = reason.split(': ');
  if (note === null && rest.length > 0 && isAdjustmentReason(code))
    return { reason: code, note: rest.join(': ') };
  return { reason: null, note: note ?? reason };
}
