import { inOrder } from '../../db/statement-order.ts';
import { requireNearDays } from '../../ground/days.ts';
import { amount, quantity, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { invalidField } from '../../ground/problem.ts';
import { keptLines, keptTotals } from '../../documents/kept-amounts.ts';
import { writeRevision } from '../../documents/drafts.repo.ts';
import { perform } from '../../documents/perform.ts';
import { referencesOf } from '../../documents/pricing.ts';
import type { OrderReferences } from '../../documents/pricing.ts';
import { draftOf } from '../../documents/repricing.ts';
import { changing, openOf, revisedOrder, termsOf, touchedBy } from '../../documents/revising.ts';
import type { LineUnderWay, PlacedRevision, RevisedLine, RevisedOrder } from '../../documents/revising.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { retaxedOrder, successorLines } from '../../documents/retaxing.ts';
import type { Retaxed } from '../../documents/retaxing.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import type { LockedStock, Reservation } from '../inventory/ledger.service.ts';
import { requireCredit } from '../customers/credit.service.ts';
import { updateOwed, riseOf } from './owing.service.ts';
import { salesOrders } from './sales-order-record.ts';
import type { ReviseSalesOrder, SalesOrder } from './sales-orders.contract.ts';
import { lockSalesOrder, readLines } from './sales-orders.repo.ts';
import type { LockedLine, LockedOrder } from './sales-orders.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';

/**
 * Changes the promised day, and the quantities and prices of what is still open, on a confirmed order. Reservations,
 * backorders and what the customer owes follow; what it rises by counts against the credit limit.
 * @throws INVALID naming the line that would go below what was shipped, and on `exceedCredit` above the limit
 */
export async function reviseSalesOrder(scope: TenantScope, input: ReviseSalesOrder): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'revise', input, async ({ order }) => {
    const promisedDate = input.promisedDate === undefined ? order.promisedDate : input.promisedDate;
    requireNearDays({ promisedDate });
    if (promisedDate !== null && promisedDate < order.orderDate && promisedDate !== order.promisedDate) {
      throw invalidField('promisedDate', 'order.promised_before_order');
    }
    const underWay = order.lines.map((line) => ({ ...line, done: line.shipped }));
    const revisions = changing(underWay, input.lines, promisedDate !== order.promisedDate);
    const { change, details } = await reviseLines(scope, order, underWay, revisions, input);
    return {
      change: { ...change, promisedDate },
      before: { ...details.before, promisedDate: order.promisedDate },
      after: { ...details.after, promisedDate, reason: input.reason },
    };
  });
}

async function reviseLines(
  scope: TenantScope,
  order: LockedOrder,
  underWay: readonly (LockedLine & LineUnderWay)[],
  revisions: readonly PlacedRevision[],
  input: ReviseSalesOrder,
): Promise<{ change: HeaderChange; details: { before?: object; after?: object } }> {
  if (revisions.length === 0) return { change: {}, details: {} };
  const references = await referencesOf(scope, salesOrders, draftOf(salesOrders, order));
  const revised = revisedOrder(salesOrders, order, underWay, revisions, references);
  const { lines } = revised;
  const { totals, status, paymentStatus } = await keepRevised(scope, order, revised, (rise) =>
    requireCredit(scope, order, rise, input.exceedCredit),
  );
  const ids = touchedBy(revisions, lines);
  return {
    change: { status, paymentStatus },
    details: {
      before: { total: order.total, lines: termsOf(underWay, ids) },
      after: { total: totals.total, lines: termsOf(lines, ids) },
    },
  };
}

/** Keeps the order as it is revised; what the customer owes, reservations and backorders follow. */
async function keepRevised(
  scope: TenantScope,
  order: LockedOrder,
  { lines, amounts: now }: RevisedOrder,
  allowRise: (rise: Amount) => Promise<void>,
) {
  const totals = keptTotals(now, lines);
  const status = stateByLines(lines);
  const after = { ...order, ...totals, status };
  const rise = riseOf(order, after);
  if (rise.greaterThan(0)) await allowRise(rise);
  const paymentStatus = await updateOwed(scope, order, after);
  await followGoods(scope, order, lines, async (held) => {
    const kept = keptLines(now).map((line) => ({
      ...line,
      ...(held.get(line.id) ?? { reserved: quantity(zero), backordered: quantity(zero) }),
    }));
    const { tables } = salesOrders;
    await writeRevision(scope.db, tables, order.id, totals, kept, ['reserved', 'backordered']);
  });
  return { totals, status, paymentStatus };
}

/**
 * Taxes what is open anew where the customer, the own registration or a rate would tax it otherwise by now; null where
 * all is as it was. What the customer owes follows; a tax that the law changed asks for no credit again.
 */
export async function retaxOpen(
  scope: TenantScope,
  order: LockedOrder,
  references: OrderReferences,
): Promise<(Retaxed<LockedOrder> & { paymentStatus: SalesOrder['paymentStatus'] }) | null> {
  const underWay = order.lines.map((line) => ({ ...line, done: line.shipped }));
  const retaxed = retaxedOrder(salesOrders, order, underWay, references);
  if (!retaxed) return null;
  const { totals, paymentStatus } = await keepRevised(scope, order, retaxed, () => Promise.resolve());
  const standing = await lockSalesOrder(scope.db, order.id);
  if (!standing) throw new Error('The order is locked.');
  const { total, interState } = order;
  return {
    order: standing,
    takenOver: successorLines(retaxed.lines),
    paymentStatus,
    details: { before: { total, interState }, after: { total: totals.total, interState: totals.interState } },
  };
}

function stateByLines(lines: readonly RevisedLine[]): SalesOrder['status'] {
  const shipped = lines.some((line) => amount(line.done).greaterThan(0));
  if (lines.some((line) => openOf(line).greaterThan(0))) return shipped ? 'partially_shipped' : 'confirmed';
  return shipped ? 'shipped' : 'closed';
}

interface Held {
  reserved: string;
  backordered: string;
}

/**
 * What is reserved and waits follows what is open: less is taken off what waits first, then given back to others; more
 * waits its turn among all backorders. `write` keeps the lines with what they hold.
 */
async function followGoods(
  scope: TenantScope,
  order: LockedOrder,
  lines: readonly RevisedLine[],
  write: (held: ReadonlyMap<string, Held>) => Promise<void>,
): Promise<void> {
  const { warehouseId } = order;
  const products = order.lines
    .filter((line) => line.tracked)
    .map(({ productId }) => ({ productId, warehouseId }));
  const stock = await lockStock(scope, products);
  // Arriving stock may have reserved more until the places were locked: look again.
  const [standing, reservations] = await inOrder(
    () => readLines(scope.db, order.id),
    () => stock.reservationsOf(order.lines.map((line) => line.id)),
  );
  const byId = new Map(standing.map((line) => [line.id, line]));
  const takenOver = new Set(lines.map((line) => line.takesOver));
  const held = new Map<string, Held>();
  for (const line of lines) {
    const source = byId.get(line.takesOver ?? line.id);
    if (!source || takenOver.has(line.id)) continue;
    const { reserved, backordered } = holdingOf(source, openOf(line));
    held.set(line.id, { reserved: quantity(reserved), backordered: quantity(backordered) });
    const kept = release(stock, reservations.get(source.id) ?? [], amount(source.reserved).minus(reserved));
    if (line.takesOver !== null) for (const part of kept) stock.handOver(part, line.id);
    if (backordered.greaterThan(0)) stock.serve({ productId: line.productId, warehouseId });
  }
  await write(held);
  await stock.write();
}

function holdingOf(line: LockedLine, open: Amount): { reserved: Amount; backordered: Amount } {
  if (!line.tracked) return { reserved: open, backordered: zero };
  const reserved = open.lessThan(line.reserved) ? open : amount(line.reserved);
  return { reserved, backordered: open.minus(reserved) };
}

/** Returns that much of a line's reservations, place by place; gives those that stay. */
function release(stock: LockedStock, parts: readonly Reservation[], surplus: Amount): Reservation[] {
  let open = surplus;
  return parts.flatMap((part) => {
    const taken = open.lessThan(part.quantity) ? open : part.quantity;
    open = open.minus(taken);
    if (taken.greaterThan(0)) stock.release({ ...part, quantity: taken });
    const rest = part.quantity.minus(taken);
    return rest.isZero() ? [] : [{ ...part, quantity: rest }];
  });
}
