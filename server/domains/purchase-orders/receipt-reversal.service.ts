import { sees } from '../../permissions/abilities.ts';
import { amount, money, quantity, sum } from '../../ground/decimals.contract.ts';
import { invalidField, notFound, Problem } from '../../ground/problem.ts';
import { said } from '../../ground/reasons/reasons.contract.ts';
import { perform } from '../../documents/perform.ts';
import { openQuantity } from '../../documents/progress.contract.ts';
import { writeProgress } from '../../documents/progress.repo.ts';
import { readReferencesOfOrder } from '../../documents/references.repo.ts';
import { markReversed } from '../../documents/reversals.repo.ts';
import { requireStanding } from '../../documents/reversing.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import type { LockedStock } from '../inventory/ledger.service.ts';
import { stateByLines } from './state-by-lines.ts';
import { progressOf, purchaseOrders } from './purchase-order-record.ts';
import { purchaseOrderSchema } from './purchase-orders.contract.ts';
import type { PurchaseOrder, ReverseReceipt } from './purchase-orders.contract.ts';
import type { LockedLine, LockedOrder } from './purchase-orders.repo.ts';
import { readReceivedLines } from './receipt-reversal.repo.ts';
import type { ReceivedLine } from './receipt-reversal.repo.ts';

/**
 * Takes a goods receipt back that was booked by mistake: exactly what it brought leaves the ledger at exactly its value,
 * and is expected again. What other orders had set aside of it waits again, the youngest first.
 * @throws NOT_FOUND for a receipt of another order; NOT_ALLOWED_IN_STATE when it was taken back before; INVALID for a
 * warehouse that was closed since, and naming goods that are gone, or that have been valued anew
 */
export async function reverseReceipt(scope: TenantScope, input: ReverseReceipt): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'reverseReceipt', input, async ({ order }) => {
    const receipt = (await purchaseOrders.current(scope, order.id)).receipts.find(
      ({ id }) => id === input.receiptId,
    );
    if (!receipt) throw notFound('goods_receipt_of_order');
    await requireStanding(scope, {
      reversed: receipt.reversal !== null,
      before: said('order.reversed_before', { name: receipt.receiptNumber }),
    });
    await requireOpenWarehouse(scope, order);
    const { warehouseId } = order;
    const goods = order.lines.filter((line) => line.tracked);
    const stock = await lockStock(
      scope,
      goods.map(({ productId }) => ({ productId, warehouseId })),
    );
    const received = await readReceivedLines(scope.db, receipt.id);
    requireUntouched(scope, received);
    await freeGoods(stock, order, received);
    const before = new Map(order.lines.map((line) => [line.id, openQuantity(progressOf(line))]));
    const lines = new Map(order.lines.map((line) => [line.id, line]));
    for (const row of received) takeBack(stock, order, lineOf(lines, row), row, input.reason);
    for (const line of goods) {
      const open = openQuantity(progressOf(line));
      stock.expect(line.productId, warehouseId, open.minus(before.get(line.id) ?? open));
    }
    await stock.write();
    const { name } = scope.actor;
    await markReversed(scope.db, 'goods_receipts', receipt.id, { actor: name, reason: input.reason });
    const touched = new Set(received.map(({ lineId }) => lineId));
    await writeProgress(
      scope.db,
      purchaseOrders.tables,
      order.lines.filter(({ id }) => touched.has(id)),
    );
    return {
      change: { status: stateByLines(order.lines) },
      after: { receipt: receipt.receiptNumber, reason: input.reason },
    };
  });
}

/**
 * Reversed goods are expected again, and a warehouse that was closed since can't expect any. Locked until the commit.
 */
async function requireOpenWarehouse(scope: TenantScope, order: LockedOrder): Promise<void> {
  const warehouse = (await readReferencesOfOrder(scope.db, purchaseOrders, order.id))?.warehouses[0];
  if (warehouse?.status === 'active') return;
  throw warehouse
    ? invalidField('receiptId', 'order.warehouse_closed', { warehouse: warehouse.name })
    : invalidField('receiptId', 'record.not_found', { kind: 'warehouse' });
}

/**
 * Whether the exact value can still be taken back depends on values. A person who may not see those takes back only the
 * last movement in its place, which can always be taken back.
 */
function requireUntouched(scope: TenantScope, received: readonly ReceivedLine[]): void {
  if (
    sees(scope.ability, purchaseOrderSchema, 'total') ||
    received.every((row) => row.movementId === null || row.isLast)
  )
    return;
  throw new Problem(
    'NOT_ALLOWED_IN_STATE',
    'order.goods_moved_since',
    {},
    { state: 'received', possible: [] },
  );
}

/** Releases the goods' reservations for orders first; goods that have left can't come back this way. */
async function freeGoods(
  stock: LockedStock,
  order: LockedOrder,
  received: readonly ReceivedLine[],
): Promise<void> {
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  const leaving = Map.groupBy(
    received.filter((row) => row.movementId !== null),
    (row) => stock.place(lineOf(lines, row).productId, order.warehouseId, row.binId).id,
  );
  const needed: { placeId: string; quantity: ReturnType<typeof amount> }[] = [];
  for (const [placeId, rows] of leaving) {
    const place = stock.placeById(placeId);
    const wanted = sum(rows.map((row) => amount(row.quantity)));
    if (wanted.greaterThan(place.onHand)) {
      throw invalidField('receiptId', 'order.goods_gone', {
        received: wanted.toFixed(),
        sku: place.sku,
        left: place.onHand.toFixed(),
      });
    }
    // Only what is usable is reserved.
    const usable = sum(rows.map((row) => amount(stock.isUsable(place, row.lot) ? row.quantity : '0')));
    const missing = usable.minus(stock.usable(place).minus(place.reserved));
    if (missing.greaterThan(0)) needed.push({ placeId, quantity: missing });
  }
  await stock.freeReserved(needed);
}

function lineOf(lines: ReadonlyMap<string, LockedLine>, row: ReceivedLine): LockedLine {
  const line = lines.get(row.lineId);
  if (!line) throw new Error('A receipt of a line that its order does not have.');
  return line;
}

function takeBack(
  stock: LockedStock,
  order: LockedOrder,
  line: LockedLine,
  row: ReceivedLine,
  reason: string,
): void {
  line.received = quantity(amount(line.received).minus(row.quantity));
  line.receivedValue = money(amount(line.receivedValue).minus(row.value));
  if (row.movementId === null) return;
  stock.post(
    {
      productId: line.productId,
      warehouseId: order.warehouseId,
      binId: row.binId,
      kind: 'reversal',
      quantity: amount(row.quantity).negated(),
      value: amount(row.value),
      lot: row.lot,
      expiresOn: row.expiresOn,
      document: { kind: 'purchase_order', id: order.id, number: order.number, lineId: line.id },
      reason,
      reverses: row.movementId,
    },
    { quantity: 'receiptId', lot: 'receiptId', occurredAt: 'receiptId' },
  );
}
