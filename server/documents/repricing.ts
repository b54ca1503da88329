import { amount, money } from '../ground/decimals.contract.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { replaceAmounts } from './drafts.repo.ts';
import { keptLines, keptTotals } from './kept-amounts.ts';
import type {
  LockedDocument,
  LockedOrderLine,
  LockedPriced,
  OrderTypes,
  PricedDescription,
} from './order-description.ts';
import type { Draft, PricedOrder } from './pricing.ts';
import { dueOf } from './progress.contract.ts';
import type { Referring } from './references.repo.ts';

/** The records that a document's header names, by the fields of its description. */
export function namedBy({ kind, tables }: Referring, document: object) {
  const fields = document as Readonly<Record<string, string | undefined>>;
  const named = (field: string) => fields[field] ?? '';
  return {
    partyId: kind.party && named(kind.party.field),
    warehouseIds: tables.warehouses.map(named),
  };
}

/** The parts of a stored document that decide its amounts. */
export function draftOf(referring: Referring, order: LockedDocument & { shipping?: string }): Draft {
  const { orderDate, shipping = '0' } = order;
  const kept: readonly (LockedDocument['lines'][number] & Partial<LockedOrderLine>)[] = order.lines;
  const lines = kept.map(({ id, productId, ordered, unitPrice = '0', discountPercent = '0', note }) => ({
    id,
    productId,
    quantity: ordered,
    unitPrice,
    discountPercent,
    note,
  }));
  return { ...namedBy(referring, order), orderDate, shipping, lines };
}

/** Whether an order's amounts now differ from the stored ones. */
function isRepriced(order: LockedPriced, now: PricedOrder): boolean {
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

/** Writes the order's amounts of today, and returns the amount due and the changes. */
export async function keepPrices<T extends OrderTypes>(
  { tables }: PricedDescription<T>,
  scope: TenantScope,
  order: LockedPriced,
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
