import { Problem } from '../ground/problem.ts';
import type { Kind } from '../ground/reasons/terms.contract.ts';

/** A part of an order (a receipt, a shipment, a payment) that was stored under an id before. */
export interface KeptPart {
  orderId: string;
  contentHash: Buffer | null;
}

/**
 * Whether a part with this id and content exists already: a repeated request.
 * @throws CONFLICT when the id belongs to another part
 */
export async function isSameAgain(
  kind: Kind,
  orderId: string,
  contentHash: Buffer | null,
  earlier: KeptPart | undefined,
  current: () => Promise<unknown>,
): Promise<boolean> {
  if (!earlier) return false;
  if (earlier.orderId === orderId && contentHash !== null && earlier.contentHash?.equals(contentHash)) {
    return true;
  }
  throw new Problem('CONFLICT', 'order.part_id_used', { kind }, { current: await current() });
}
