import { v7 as uuidv7 } from 'uuid';
import { may } from '../../permissions/abilities.ts';
import { inputHash } from '../../db/input-hash.ts';
import { said } from '../../ground/reasons/reasons.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { amount, money, quantity, zero } from '../../ground/decimals.contract.ts';
import { shareOfLine } from '../../documents/amounts.contract.ts';
import { today } from '../../ground/days.contract.ts';
import { requireHappened, requireNotBefore } from '../../ground/days.ts';
import { isSameAgain } from '../../documents/parts.ts';
import { lookAtNamedLines } from '../../documents/named-lines.ts';
import { perform } from '../../documents/perform.ts';
import type { Outcome } from '../../documents/perform.ts';
import { writeProgress } from '../../documents/progress.repo.ts';
import { openQuantity, receivableQuantity } from '../../documents/progress.contract.ts';
import { fractionOf } from '../../ground/india.contract.ts';
import { lockStock, missingLot } from '../inventory/ledger.service.ts';
import type { LockedStock } from '../inventory/ledger.service.ts';
import { keepDescribed, lotsOf } from '../inventory/lots.service.ts';
import type { KnownLots } from '../inventory/lots.service.ts';
import { alsoRetaxed, onCurrentLines } from '../../documents/retaxing.ts';
import { retaxOpen } from './revising.service.ts';
import { stateByLines } from './state-by-lines.ts';
import { currentPurchaseOrder, progressOf, purchaseOrders } from './purchase-order-record.ts';
import type { PurchaseOrder, ReceivePurchaseOrder } from './purchase-orders.contract.ts';
import type { LockedLine, LockedOrder } from './purchase-orders.repo.ts';
import { findReceipt, insertReceipt, usableBins } from './receipts.repo.ts';
import type { ReceiptLineRow } from './receipts.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';
import { goodsReceiptKind, purchaseOrderRights } from './purchase-orders.kinds.contract.ts';

/**
 * Receives goods: the ledger gets them at the line's net price and its share of shipping, the quantity in transit
 * falls, and backorders are served, oldest first. More than ordered is accepted up to the tolerance of the product,
 * else of the tenant; above it with the right to `overReceive`. Services are received without stock. What is open is
 * taxed anew before where it is taxed otherwise by now; where it comes to more than was approved, nothing is received
 * and the order waits for its approval again.
 * @throws INVALID naming the line, the bin or the time; CONFLICT when the receipt's id belongs to another receipt.
 */
export async function receivePurchaseOrder(
  scope: TenantScope,
  input: ReceivePurchaseOrder,
): Promise<PurchaseOrder> {
  // The override belongs to the request, not to the receipt.
  const { version: _version, backdate: _backdate, ...content } = input;
  const contentHash = input.receiptId === undefined ? null : inputHash(content);
  return perform(
    purchaseOrders,
    scope,
    'receive',
    input,
    async ({ order, looked }) => {
      const retaxed = await retaxOpen(scope, order, looked());
      if (!retaxed) return receive(scope, order, input, contentHash);
      const { details, takenOver, toApprove } = retaxed;
      if (toApprove) {
        // The goods wait at the door: nobody has approved their new total.
        const reason = { statusReason: null, statusReasonCode: 'total_rose' } as const;
        const change = { status: 'pending_approval', approvedBy: null, ...reason };
        return { action: 'reprice', change, ...details };
      }
      const outcome = await receive(scope, retaxed.order, onCurrentLines(input, takenOver), contentHash);
      return alsoRetaxed(outcome, details);
    },
    {
      again: async (order) =>
        input.receiptId !== undefined &&
        isSameAgain('receipt', order.id, contentHash, await findReceipt(scope.db, input.receiptId), () =>
          currentPurchaseOrder(scope, order.id),
        ),
    },
  );
}

async function receive(
  scope: TenantScope,
  order: LockedOrder,
  input: ReceivePurchaseOrder,
  contentHash: Buffer | null,
): Promise<Outcome<HeaderChange, PurchaseOrder>> {
  const receivedAt = new Date(input.receivedAt ?? Date.now()).toISOString();
  const day = today(new Date(receivedAt));
  requireHappened(receivedAt, 'receivedAt');
  requireNotBefore(order, day, 'receivedAt', {
    asked: input.backdate,
    allowed: may(scope.ability, purchaseOrderRights.backdate),
  });
  const byId = new Map(order.lines.map((line) => [line.id, line]));
  const goods = input.lines.filter(({ lineId }) => byId.get(lineId)?.tracked);
  const lots = await lotsOf(
    scope,
    goods.map(({ lineId, lot }) => ({ productId: byId.get(lineId)?.productId ?? '', lot })),
  );
  await requireReceivable(scope, order, input, lots, day);
  const stock = await lockStock(
    scope,
    goods.map(({ lineId, binId }) => ({
      productId: byId.get(lineId)?.productId ?? '',
      warehouseId: order.warehouseId,
      binId,
    })),
  );
  const arrived = new Set(input.lines.map(({ lineId }) => lineId));
  const rows = input.lines.map((given, index) => {
    const line = byId.get(given.lineId);
    const lot = lots.of(line?.productId ?? '', given.lot);
    const lastDay = given.expiresOn ?? lot?.expiresOn ?? null;
    return receiveLine(order, line, { ...given, lastDay }, index, stock, input.receivedAt);
  });
  const id = input.receiptId ?? uuidv7();
  await stock.write(
    () =>
      writeProgress(
        scope.db,
        purchaseOrders.tables,
        order.lines.filter(({ id }) => arrived.has(id)),
      ),
    () =>
      insertReceipt(
        scope.db,
        {
          id,
          orderId: order.id,
          warehouseId: order.warehouseId,
          receivedAt,
          receivedBy: scope.actor.name,
          deliveryNote: input.deliveryNote,
          contentHash,
        },
        rows,
      ),
    () => keepDescribed(scope, lots),
  );
  return {
    change: { status: stateByLines(order.lines) },
    after: { received: receivedOf(order, rows) },
    part: {
      series: goodsReceiptKind.series,
      day,
      table: 'goods_receipts',
      column: 'receipt_number',
      id,
      field: 'receipt',
      before: null,
      path: ({ receipts }) => [
        'receipts',
        receipts.findIndex((receipt) => receipt.id === id),
        'receiptNumber',
      ],
    },
  };
}

/** Checks the whole receipt and names all its problems at once. */
async function requireReceivable(
  scope: TenantScope,
  order: LockedOrder,
  input: ReceivePurchaseOrder,
  lots: KnownLots,
  day: string,
): Promise<void> {
  const named = input.lines.flatMap(({ binId }) => (binId === null ? [] : [binId]));
  const bins = named.length === 0 ? new Set<string>() : await usableBins(scope.db, order.warehouseId, named);
  const mayExceed = may(scope.ability, purchaseOrderRights.overReceive);
  const arriving = new Map<string, ReturnType<typeof amount>>();
  lookAtNamedLines(order.lines, input.lines, (line, given, refuse) => {
    if (given.binId !== null && !bins.has(given.binId)) refuse('binId', said('order.bin_not_found'));
    refuse('lot', line.tracked ? missingLot(line, given.lot) : null);
    refuse('quantity', fractionOf(given.quantity, line.unit));
    if (line.tracked) lots.learn(line, { madeOn: null, vendorLot: null, ...given }, day, refuse);
    const total = (arriving.get(line.id) ?? amount(0)).plus(given.quantity);
    arriving.set(line.id, total);
    const limit = receivableQuantity(progressOf(line));
    if (total.greaterThan(limit) && !mayExceed) {
      refuse('quantity', said('order.over_receipt', { most: limit.toFixed(), sku: line.sku }));
    }
  });
}

/** Puts one line into the ledger and moves the line's own counts on. */
function receiveLine(
  order: LockedOrder,
  line: LockedLine | undefined,
  given: ReceivePurchaseOrder['lines'][number] & { lastDay: string | null },
  index: number,
  stock: LockedStock,
  receivedAt: string | undefined,
): ReceiptLineRow {
  if (!line) throw new Error('The line was checked before.');
  const arrived = amount(given.quantity);
  const whole = amount(line.net).plus(line.shippingShare);
  // From what is in the ledger already, so that receipts taken back and revised lines end with the exact rest too.
  const until = shareOfLine(whole, amount(line.ordered), zero, amount(line.received).plus(arrived));
  const rest = until.minus(line.receivedValue);
  const value = rest.isNegative() ? zero : rest;
  const open = openQuantity(progressOf(line));
  line.received = quantity(amount(line.received).plus(arrived));
  line.receivedValue = money(amount(line.receivedValue).plus(value));
  const row = {
    id: uuidv7(),
    purchase_order_line_id: line.id,
    quantity: quantity(arrived),
    value: money(value),
    lot: given.lot,
    expires_on: given.lastDay,
  };
  if (!line.tracked) {
    return { ...row, bin_id: null, unit_cost: value.dividedBy(arrived).toFixed(4), movement_id: null };
  }
  const posted = stock.post(
    {
      productId: line.productId,
      warehouseId: order.warehouseId,
      binId: given.binId,
      kind: 'receipt',
      quantity: arrived,
      value,
      lot: given.lot,
      expiresOn: given.lastDay,
      document: { kind: 'purchase_order', id: order.id, number: order.number, lineId: line.id },
      occurredAt: receivedAt,
    },
    {
      quantity: `lines.${String(index)}.quantity`,
      lot: `lines.${String(index)}.${given.expiresOn === null ? 'lot' : 'expiresOn'}`,
      occurredAt: 'receivedAt',
    },
  );
  stock.expect(line.productId, order.warehouseId, (arrived.lessThan(open) ? arrived : open).negated());
  return { ...row, bin_id: posted.binId, unit_cost: posted.unitCost, movement_id: posted.id };
}

function receivedOf(order: LockedOrder, rows: readonly ReceiptLineRow[]) {
  const numbers = new Map(order.lines.map((line) => [line.id, line.lineNumber]));
  return rows.map((row) => ({
    lineNumber: numbers.get(row.purchase_order_line_id),
    quantity: row.quantity,
  }));
}
