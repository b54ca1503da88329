import { amount } from '../../ground/decimals.contract.ts';
import { openQuantity } from '../../documents/progress.contract.ts';
import { progressOf } from './purchase-order-record.ts';
import type { LockedLine } from './purchase-orders.repo.ts';

/** The state an order is in once some of it was received or closed. A short-closed order never looks fully received. */
export function stateByLines(
  lines: readonly Pick<LockedLine, 'ordered' | 'received' | 'cancelled'>[],
): 'partially_delivered' | 'confirmed' | 'delivered' | 'closed' {
  const somethingOpen = lines.some((line) => openQuantity(progressOf(line)).greaterThan(0));
  if (!somethingOpen)
    return lines.some((line) => amount(line.cancelled).greaterThan(0)) ? 'closed' : 'delivered';
  return lines.some((line) => amount(line.received).greaterThan(0)) ? 'partially_delivered' : 'confirmed';
}
