import { requireNearDays } from '../../ground/days.ts';
import { amount, money, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { invalidField } from '../../ground/problem.ts';
import { keptLines, keptTotals } from '../../documents/kept-amounts.ts';
import type { KeptTotals } from '../../documents/kept-amounts.ts';
import { writeRevision } from '../../documents/drafts.repo.ts';
import { perform } from '../../documents/perform.ts';
import { referencesOf } from '../../documents/pricing.ts';
import type { OrderReferences } from '../../documents/pricing.ts';
import { draftOf } from '../../documents/repricing.ts';
import { dueOf, openQuantity } from '../../documents/progress.contract.ts';
import { changing, openOf, revisedOrder, termsOf, touchedBy } from '../../documents/revising.ts';
import { retaxedOrder, successorLines } from '../../documents/retaxing.ts';
import type { Retaxed } from '../../documents/retaxing.ts';
import type { LineUnderWay, PlacedRevision, RevisedLine, RevisedOrder } from '../../documents/revising.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { stateByLines } from './state-by-lines.ts';
import { countPurchases } from '../vendors/purchases.service.ts';
import { progressOf, purchaseOrders } from './purchase-order-record.ts';
import type { PurchaseOrder, RevisePurchaseOrder } from './purchase-orders.contract.ts';
import { lockPurchaseOrder } from './purchase-orders.repo.ts';
import type { LockedLine, LockedOrder } from './purchase-orders.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';

/**
 * Changes the expected day, and the quantities and prices of what is still open, on an order that the vendor has. One that
 * comes to more by it than before, and to more than the threshold, waits for an approval again.
 * @throws INVALID naming the line that would go below what was received, and for such a rise once goods have come
 */
export async function revisePurchaseOrder(
  scope: TenantScope,
  input: RevisePurchaseOrder,
): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'revise', input, async ({ order }) => {
    const expectedDate = input.expectedDate === undefined ? order.expectedDate : input.expectedDate;
    requireNearDays({ expectedDate });
    if (expectedDate !== null && expectedDate < order.orderDate && expectedDate !== order.expectedDate) {
      throw invalidField('expectedDate', 'order.expected_before_order');
    }
    const underWay = order.lines.map((line) => progressOf(line));
    const revisions = changing(underWay, input.lines, expectedDate !== order.expectedDate);
    const { change, details } = await reviseLines(scope, order, underWay, revisions, input);
    return {
      change: { ...change, expectedDate },
      before: { ...details.before, expectedDate: order.expectedDate },
      after: { ...details.after, expectedDate, reason: input.reason },
    };
  });
}

async function reviseLines(
  scope: TenantScope,
  order: LockedOrder,
  underWay: readonly (LockedLine & LineUnderWay)[],
  revisions: readonly PlacedRevision[],
  input: RevisePurchaseOrder,
): Promise<{ change: HeaderChange; details: { before?: object; after?: object } }> {
  if (revisions.length === 0) return { change: { status: order.status }, details: {} };
  const references = await referencesOf(scope, purchaseOrders, draftOf(purchaseOrders, order));
  const revised = revisedOrder(purchaseOrders, order, underWay, revisions, references);
  const { lines } = revised;
  const { totals, toApprove } = await keepRevised(scope, order, revised);
  const ids = touchedBy(revisions, lines);
  const details = {
    before: { total: order.total, lines: termsOf(underWay, ids) },
    after: { total: totals.total, lines: termsOf(lines, ids) },
  };
  if (toApprove) {
    const submittedBy = { id: scope.actor.userId, name: scope.actor.name };
    const reason = { statusReason: input.reason, statusReasonCode: 'revised' } as const;
    return { change: { status: 'pending_approval', submittedBy, approvedBy: null, ...reason }, details };
  }
  const progress = lines.map(({ quantity, done, cancelled }) => ({
    ordered: quantity,
    received: done,
    cancelled,
  }));
  return { change: { status: stateByLines(progress) }, details };
}

/** Keeps the order as it is revised; the vendor's totals and what is on its way follow. */
async function keepRevised(
  scope: TenantScope,
  order: LockedOrder,
  { lines, amounts: now }: RevisedOrder,
): Promise<{ totals: KeptTotals; toApprove: boolean }> {
  const totals = keptTotals(now, lines);
  const due = dueOf(totals);
  const toApprove = needsApproval(order, due);
  await writeRevision(scope.db, purchaseOrders.tables, order.id, totals, keptLines(now));
  // The vendor before the places of stock, as with every command: otherwise two commands could wait for each other.
  await countPurchases(scope, order.vendorId, {
    orders: toApprove ? -1 : 0,
    spent: money((toApprove ? zero : due).minus(dueOf(order))),
  });
  await followGoods(scope, order, lines, toApprove);
  return { totals, toApprove };
}

/**
 * Taxes what is open anew where the vendor, the own registration or a rate would tax it otherwise by now. `null` where
 * all is as it was; `toApprove` where the order comes to more than was approved, and has to wait for it again.
 * @throws INVALID for such a rise once goods have come in
 */
export async function retaxOpen(
  scope: TenantScope,
  order: LockedOrder,
  references: OrderReferences,
): Promise<(Retaxed<LockedOrder> & { toApprove: boolean }) | null> {
  const underWay = order.lines.map((line) => progressOf(line));
  const retaxed = retaxedOrder(purchaseOrders, order, underWay, references);
  if (!retaxed) return null;
  const { totals, toApprove } = await keepRevised(scope, order, retaxed);
  const standing = await lockPurchaseOrder(scope.db, order.id);
  if (!standing) throw new Error('The order is locked.');
  const { total, interState } = order;
  return {
    order: standing,
    takenOver: successorLines(retaxed.lines),
    toApprove,
    details: { before: { total, interState }, after: { total: totals.total, interState: totals.interState } },
  };
}

/**
 * A draft may lose its lines, and the record of what came in names them: no order goes back that far.
 * @throws INVALID for an order that would wait for an approval after goods have come in on it
 */
function needsApproval(order: LockedOrder, due: Amount): boolean {
  const rises = due.greaterThan(dueOf(order)) && due.greaterThan(order.approvalThreshold);
  if (rises && (order.status !== 'confirmed' || order.wasReceived)) {
    throw invalidField('lines', 'order.approval_after_receipt');
  }
  return rises;
}

/** Goods in transit follow the open quantities; none are in transit while the order waits for its approval. */
async function followGoods(
  scope: TenantScope,
  order: LockedOrder,
  lines: readonly RevisedLine[],
  toApprove: boolean,
): Promise<void> {
  const tracked = new Set(order.lines.filter((line) => line.tracked).map((line) => line.productId));
  const changes = new Map<string, Amount>();
  const add = (productId: string, change: Amount) => {
    if (tracked.has(productId)) changes.set(productId, (changes.get(productId) ?? zero).plus(change));
  };
  for (const line of order.lines) add(line.productId, openQuantity(progressOf(line)).negated());
  if (!toApprove) for (const line of lines) add(line.productId, openOf(line));
  const changed = [...changes].filter(([, change]) => !change.isZero());
  const { warehouseId } = order;
  const stock = await lockStock(
    scope,
    changed.map(([productId]) => ({ productId, warehouseId })),
  );
  for (const [productId, change] of changed) stock.expect(productId, warehouseId, amount(change));
  await stock.write();
}
