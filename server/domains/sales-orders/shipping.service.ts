import { inOrder } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { may } from '../../permissions/abilities.ts';
import { inputHash } from '../../db/input-hash.ts';
import { invalidAt, invalidField } from '../../ground/problem.ts';
import { said } from '../../ground/reasons/reasons.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { amount, money, quantity, sum, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { today } from '../../ground/days.contract.ts';
import { requireHappened, requireNotBefore } from '../../ground/days.ts';
import { isSameAgain } from '../../documents/parts.ts';
import { lookAtNamedLines } from '../../documents/named-lines.ts';
import { perform } from '../../documents/perform.ts';
import type { Outcome, RecordVersion } from '../../documents/perform.ts';
import { writeProgress } from '../../documents/progress.repo.ts';
import { fractionOf } from '../../ground/india.contract.ts';
import { lockStock, LotPicking, missingLot, lotRefusal } from '../inventory/ledger.service.ts';
import type { LockedStock, Picked, Reservation } from '../inventory/ledger.service.ts';
import { lotsOf } from '../inventory/lots.service.ts';
import type { KnownLots } from '../inventory/lots.service.ts';
import { currentSalesOrder, salesOrders } from './sales-order-record.ts';
import type { SalesOrder, ShipSalesOrder } from './sales-orders.contract.ts';
import { readLines } from './sales-orders.repo.ts';
import type { LockedLine, LockedOrder } from './sales-orders.repo.ts';
import { alsoRetaxed, onCurrentLines } from '../../documents/retaxing.ts';
import { retaxOpen } from './revising.service.ts';
import { findShipment, insertShipment } from './shipments.repo.ts';
import type { ShipmentLineRow } from './shipments.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';
import { salesOrderRights, shipmentKind } from './sales-orders.kinds.contract.ts';

/** What is shipped of a line, of one lot; `index` is its place in the input. */
interface Part {
  index: number;
  quantity: Amount;
  lot: string | null;
}

/** A shipment's effects, while they are worked out. */
interface Leaving {
  stock: LockedStock;
  /** What is still reserved for each line, place by place. */
  reservations: ReadonlyMap<string, Reservation[]>;
  rows: ShipmentLineRow[];
  picking: LotPicking;
  day: string;
  expiryOf: (productId: string, lot: string | null) => string | null;
}

/**
 * Ships reserved goods, and nothing else: they leave the ledger at the moving average of their place, which becomes the
 * cost of the goods sold. What is open is taxed anew before where it is taxed otherwise by now.
 * @throws INVALID naming the line that has less reserved; CONFLICT when the shipment's id belongs to another shipment.
 */
export async function shipSalesOrder(scope: TenantScope, input: ShipSalesOrder): Promise<SalesOrder> {
  // The override belongs to the request, not to the shipment.
  const { version: _version, backdate: _backdate, ...content } = input;
  const contentHash = input.shipmentId === undefined ? null : inputHash(content);
  return perform(
    salesOrders,
    scope,
    'ship',
    input,
    async ({ order, looked }) => {
      const retaxed = await retaxOpen(scope, order, looked());
      if (!retaxed) return ship(scope, order, input, contentHash);
      const { details, takenOver, paymentStatus } = retaxed;
      const outcome = await ship(scope, retaxed.order, onCurrentLines(input, takenOver), contentHash);
      return alsoRetaxed({ ...outcome, change: { ...outcome.change, paymentStatus } }, details);
    },
    {
      again: async (order) =>
        input.shipmentId !== undefined &&
        isSameAgain('shipment', order.id, contentHash, await findShipment(scope.db, input.shipmentId), () =>
          currentSalesOrder(scope, order.id),
        ),
    },
  );
}

async function ship(
  scope: TenantScope,
  order: LockedOrder,
  input: ShipSalesOrder,
  contentHash: Buffer | null,
): Promise<Outcome<HeaderChange, SalesOrder> & { change: HeaderChange }> {
  const shippedAt = new Date(input.shippedAt ?? Date.now()).toISOString();
  const day = today(new Date(shippedAt));
  requireHappened(shippedAt, 'shippedAt');
  requireNotBefore(order, day, 'shippedAt', {
    asked: input.backdate,
    allowed: may(scope.ability, salesOrderRights.backdate),
  });
  const goods = order.lines.filter((line) => line.tracked);
  const stock = await lockStock(
    scope,
    goods.map(({ productId }) => ({ productId, warehouseId: order.warehouseId })),
    day,
  );
  // Arriving stock may have reserved more until the places were locked: look again.
  const [lines, reservations, byLots] = await inOrder(
    () => readLines(scope.db, order.id),
    () => stock.reservationsOf(order.lines.map((line) => line.id)),
    () =>
      stock.reservationsByLots(goods.map(({ productId }) => ({ productId, warehouseId: order.warehouseId }))),
  );
  const products = new Map(lines.map(({ id, productId }) => [id, productId]));
  const known = await lotsOf(
    scope,
    input.lines.flatMap(({ lineId, lot }) => {
      const productId = products.get(lineId);
      return productId === undefined ? [] : [{ productId, lot }];
    }),
  );
  const wanted = requireReserved(lines, input, known, day);
  const leaving: Leaving = {
    stock,
    reservations,
    rows: [],
    picking: new LotPicking(stock, byLots),
    day,
    expiryOf: known.expiryOf.bind(known),
  };
  const progress = lines
    .filter((line) => wanted.has(line.id))
    .map((line) => shipLine(order, line, wanted.get(line.id) ?? [], leaving, input.shippedAt));
  const id = input.shipmentId ?? uuidv7();
  await stock.write(
    () => writeProgress(scope.db, salesOrders.tables, progress),
    () =>
      insertShipment(
        scope.db,
        {
          id,
          orderId: order.id,
          warehouseId: order.warehouseId,
          shippedAt,
          shippedBy: scope.actor.name,
          mode: input.mode,
          trackingNumber: input.trackingNumber,
          carrier: input.carrier,
          contentHash,
        },
        leaving.rows,
      ),
  );
  const shipped = new Map(progress.map((line) => [line.id, line.shipped]));
  const somethingOpen = lines.some((line) => {
    const sent = shipped.get(line.id) ?? line.shipped;
    return amount(line.ordered).minus(sent).minus(line.cancelled).greaterThan(0);
  });
  const status = somethingOpen ? 'partially_shipped' : 'shipped';
  return {
    change: { status },
    part: {
      series: shipmentKind.series,
      day,
      table: 'shipments',
      column: 'shipment_number',
      id,
      field: 'shipment',
      before: null,
      path: ({ shipments }) => [
        'shipments',
        shipments.findIndex((shipment) => shipment.id === id),
        'shipmentNumber',
      ],
    },
  };
}

/** The goods have arrived at the customer's. */
export async function deliverSalesOrder(scope: TenantScope, input: RecordVersion): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'deliver', input, async () => ({
    change: { status: 'delivered' },
  }));
}

/** What goes of each line, once all of it is known to be reserved and no named lot has to stay. */
function requireReserved(
  lines: readonly LockedLine[],
  input: ShipSalesOrder,
  known: KnownLots,
  day: string,
): Map<string, Part[]> {
  const wanted = new Map<string, Part[]>();
  lookAtNamedLines(lines, input.lines, (line, given, refuse, index) => {
    refuse('quantity', fractionOf(given.quantity, line.unit));
    const lot = line.tracked ? known.of(line.productId, given.lot) : undefined;
    const stays = lot ? lotRefusal(line.sku, lot, day) : null;
    refuse('lot', stays);
    // What was reserved of it is given up.
    if (stays) return;
    const parts = [
      ...(wanted.get(line.id) ?? []),
      { index, quantity: amount(given.quantity), lot: given.lot },
    ];
    wanted.set(line.id, parts);
    const total = sum(parts.map((part) => part.quantity));
    if (total.greaterThan(line.reserved)) {
      const reserved = amount(line.reserved).toFixed();
      refuse('quantity', said('order.not_reserved', { reserved, sku: line.sku }));
    }
  });
  return wanted;
}

/** Takes one line's goods out of the places they are reserved in. */
function shipLine(
  order: LockedOrder,
  line: LockedLine,
  parts: readonly Part[],
  leaving: Leaving,
  shippedAt: string | undefined,
): LockedLine {
  const shipping = sum(parts.map((part) => part.quantity));
  const costs = line.tracked
    ? namedFirst(parts).flatMap((part) => takeGoods(order, line, part, leaving, shippedAt))
    : [takeService(line, shipping, leaving)];
  return {
    ...line,
    reserved: quantity(amount(line.reserved).minus(shipping)),
    shipped: quantity(amount(line.shipped).plus(shipping)),
    costOfGoods: money(amount(line.costOfGoods).plus(sum(costs))),
  };
}

/** What is named is taken before others are chosen. */
function namedFirst(parts: readonly Part[]): Part[] {
  return [...parts.filter(({ lot }) => lot !== null), ...parts.filter(({ lot }) => lot === null)];
}

function takeService(line: LockedLine, shipping: Amount, leaving: Leaving): Amount {
  leaving.rows.push({
    id: uuidv7(),
    sales_order_line_id: line.id,
    bin_id: null,
    quantity: quantity(shipping),
    cost: '0.00',
    movement_id: null,
  });
  return zero;
}

/** Takes a line's goods out of the places they are reserved in; of a product kept by lots, where its lots lie. */
function takeGoods(
  order: LockedOrder,
  line: LockedLine,
  part: Part,
  leaving: Leaving,
  shippedAt: string | undefined,
): Amount[] {
  const [anyPlace] = leaving.stock.places(line.productId, order.warehouseId);
  const parts = anyPlace?.tracksLots
    ? pickLots(order, line, part, leaving)
    : takeReserved(line, part, leaving);
  return parts.map(({ place, lot, expiresOn, quantity: leaves }) => {
    const posted = leaving.stock.post(
      {
        productId: place.productId,
        warehouseId: place.warehouseId,
        binId: place.binId,
        kind: 'issue',
        quantity: leaves.negated(),
        reservedFor: line.id,
        lot,
        expiresOn,
        document: { kind: 'sales_order', id: order.id, number: order.number, lineId: line.id },
        occurredAt: shippedAt,
      },
      { quantity: 'lines', lot: `lines.${String(part.index)}.lot`, occurredAt: 'shippedAt' },
    );
    const cost = posted.value.negated();
    leaving.rows.push({
      id: uuidv7(),
      sales_order_line_id: line.id,
      bin_id: place.binId,
      quantity: quantity(leaves),
      cost: money(cost),
      movement_id: posted.id,
    });
    return cost;
  });
}

/** The named lot, or the usable ones that expire first. @throws INVALID naming the line that can't have as much */
function pickLots(
  order: LockedOrder,
  line: LockedLine,
  { index, quantity: shipping, lot }: Part,
  { picking, day }: Leaving,
): Picked[] {
  const { id: lineId, productId, sku } = line;
  const picked = picking.pick({
    lineId,
    productId,
    warehouseId: order.warehouseId,
    quantity: shipping,
    lot,
    day,
  });
  const found = sum(picked.map((part) => part.quantity));
  if (found.equals(shipping)) return picked;
  const place = `lines.${String(index)}`;
  if (lot === null)
    throw invalidField(`${place}.quantity`, 'stock.only_usable', { quantity: found.toFixed(), sku });
  throw invalidField(`${place}.lot`, 'stock.only_of_lot', { quantity: found.toFixed(), lot, sku });
}

function takeReserved(
  line: LockedLine,
  { index, quantity: shipping, lot }: Part,
  { stock, reservations, expiryOf }: Leaving,
): Picked[] {
  const missing = missingLot(line, lot);
  if (missing) throw invalidAt(`lines.${String(index)}.lot`, missing);
  const taken: Picked[] = [];
  let open = shipping;
  for (const part of reservations.get(line.id) ?? []) {
    const reserved = part.quantity;
    if (open.isZero() || reserved.isZero()) continue;
    const leaves = reserved.lessThan(open) ? reserved : open;
    part.quantity = reserved.minus(leaves);
    const expiresOn = expiryOf(line.productId, lot);
    taken.push({ place: stock.placeById(part.placeId), lot, expiresOn, status: 'usable', quantity: leaves });
    open = open.minus(leaves);
  }
  if (!open.isZero()) throw new Error('Less is reserved in the places than on the line.');
  return taken;
}
