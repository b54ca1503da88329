import { amount, money } from '../ground/decimals.contract.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { replaceAmounts } from './drafts.repo.ts';
import { keptLines, keptTotals } from './kept-amounts.ts';
import type { LockedDocument, OrderDescription, OrderTypes } from './order-description.ts';
import type { Draft, PricedOrder } from './pricing.ts';
import { dueOf } from './progress.contract.ts';

/** The parts of a kept order that decide about its amounts. */
export function draftOf(order: LockedDocument, partyId: string): Draft {
  const { warehouseId, orderDate, shipping } = order;
  const lines = order.lines.map(({ id, productId, ordered, unitPrice, discountPercent, note }) => ({
    id,
    productId,
    quantity: ordered,
    unitPrice,
    discountPercent,
    note,
  }));
  return { partyId, warehouseId, orderDate, shipping, lines };
}

/** Whether an order comes to something else now than what is kept. */
function isRepriced(order: LockedDocument, now: PricedOrder): boolean {
  if (order.interState !== now.interState || order.total !== money(now.total)) return true;
  return order.lines.some((line, index) => {
    const other = now.lines[index];
    return (
      !other ||
      line.hsnCode !== other.hsnCode ||
      !amount(line.taxPercent).equals(other.taxPercent) ||
      !amount(line.cgst).equals(other.cgst) ||
      !amount(line.sgst).equals(other.sgst) ||
      !amount(line.igst).equals(other.igst)
    );
  });
}

/** Writes the order's amounts of today, and returns what is due and what changed. */
export async function keepPrices<T extends OrderTypes>(
  { tables }: OrderDescription<T>,
  scope: TenantScope,
  order: LockedDocument,
  now: PricedOrder,
): Promise<{ due: string; details: { before?: object; after?: object } }> {
  if (!isRepriced(order, now)) return { due: money(dueOf(order)), details: {} };
  const totals = keptTotals(now, order.lines);
  await replaceAmounts(scope.db, tables, order.id, totals, keptLines(now));
  const { total, interState } = totals;
  const details = {
    before: { total: order.total, interState: order.interState },
    after: { total, interState },
  };
  return { due: money(dueOf(totals)), details };
}
