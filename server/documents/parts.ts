import { Problem } from '../ground/problem.ts';
import type { Kind } from '../ground/reasons/terms.contract.ts';

/** A part of an order (a receipt, a shipment, a payment) that was kept under an id before. */
export interface KeptPart {
  orderId: string;
  contentHash: Buffer | null;
}

/**
 * Whether a part that comes with an id is there already, with the same content: a request sent again.
 * @throws CONFLICT when the id stands for another part
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
