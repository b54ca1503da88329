import { inOrder } from '../../db/statement-order.ts';
import type { Given } from '../../db/statement-order.ts';
import { Decimal } from 'decimal.js';
import { v7 as uuidv7 } from 'uuid';
import { invalidField, Problem } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { today } from '../../ground/days.contract.ts';
import { money, quantity as quantityText, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { releaseReservations, serveBackorders } from './backorders.ts';
import type { StockedProduct } from './backorders.ts';
import { appendMovements, writeTotals } from './ledger.repo.ts';
import type { InventoryRow, InventoryTotals, MovementInsert } from './ledger.repo.ts';
import type { LotBalances } from './lot-balances.ts';
import { momentOf, requireValidMovement } from './movement-rules.ts';
import { addedGoods, unitCost, valueAtAverage } from './moving-average.ts';
import { addReservations, readReservations, takeReservations } from './reservations.repo.ts';
import { ReservationChanges } from './reservations.ts';
import type { Reservation } from './reservations.ts';
import { placeOf } from './stock-place.ts';
import type { Allocation, Movement, MovementFields, PostedMovement, StockPlace } from './stock-place.ts';

/**
 * The largest quantity `inventory` can hold: numeric(15,3). The value has no limit of its own: anything brought in at
 * an average fits, so that no refusal reveals a value to somebody who may not see it.
 */
const mostOnHand = new Decimal('999999999999.999');

/**
 * Places locked by this transaction, and everything done to them, kept in memory until `write` sends it: the ledger's
 * new rows, the running totals and the reservations, one statement each. What comes in or is freed serves the orders
 * that wait for it, wherever it comes from.
 */
export class LockedStock {
  readonly #scope: TenantScope;
  readonly #byId: ReadonlyMap<string, StockPlace>;
  /** In locking order; by product and warehouse, because an order of 5,000 lines asks for each of its products. */
  readonly #byProduct: ReadonlyMap<string, StockPlace[]>;
  readonly #nowMs: number;
  readonly #day: string;
  readonly #changed = new Set<StockPlace>();
  readonly #movedAt = new Map<StockPlace, { received?: string; issued?: string }>();
  readonly #reservations = new ReservationChanges();
  /** Where those who wait may have something to get since the last write. */
  readonly #toServe = new Map<string, StockedProduct>();
  #movements: MovementInsert[] = [];

  /** What lies of which lot in the places. */
  readonly lots: LotBalances;

  constructor(scope: TenantScope, rows: readonly InventoryRow[], lots: LotBalances) {
    this.#scope = scope;
    this.lots = lots;
    this.#nowMs = Number(rows[0]?.now_ms ?? Date.now());
    this.#day = today();
    const places = rows.map(placeOf);
    this.#byId = new Map(places.map((place) => [place.id, place]));
    this.#byProduct = Map.groupBy(places, (place) => placeKey(place.productId, place.warehouseId));
  }

  /** The product's places in the warehouse, in locking order. */
  places(productId: string, warehouseId: string): readonly StockPlace[] {
    return this.#byProduct.get(placeKey(productId, warehouseId)) ?? [];
  }

  /** Every place, in locking order. */
  get all(): Iterable<StockPlace> {
    return this.#byId.values();
  }

  /** One place; null is the default bin. The bin must have been named when locking. */
  place(productId: string, warehouseId: string, binId: string | null): StockPlace {
    const found = this.places(productId, warehouseId).find((place) =>
      binId === null ? place.isDefault : place.binId === binId,
    );
    if (!found) throw invalidField('binId', 'stock.bin_not_found');
    return found;
  }

  placeById(id: string): StockPlace {
    const found = this.#byId.get(id);
    if (!found) throw new Error(`The place ${id} is not locked.`);
    return found;
  }

  /** Posts one movement; see postMovements for what is refused. */
  post(movement: Movement, fields: MovementFields): PostedMovement {
    const place = this.place(movement.productId, movement.warehouseId, movement.binId);
    const occurredMs = momentOf(place, movement.occurredAt, this.#nowMs, fields.occurredAt);
    const lotStatus = this.lots.statusOf(place, movement.lot ?? null);
    requireValidMovement(place, { ...movement, lotStatus }, fields, occurredMs);
    const value = movement.quantity.isNegative()
      ? this.#takeOut(place, movement, fields)
      : this.#bringIn(place, movement, fields.quantity);
    place.lastMovementMs = occurredMs;
    const occurredAt = new Date(occurredMs).toISOString();
    const moved = this.#movedAt.get(place) ?? {};
    if (movement.quantity.isNegative()) moved.issued = occurredAt;
    else moved.received = occurredAt;
    this.#movedAt.set(place, moved);
    this.#changed.add(place);
    const row = movementRow(place, movement, value, occurredAt);
    this.#movements.push(row);
    return { id: row.id, placeId: place.id, binId: place.binId, value, unitCost: row.unitCost, occurredAt };
  }

  #bringIn(place: StockPlace, movement: Movement, field: string): Amount {
    const value = movement.value ?? valueAtAverage(place, movement.quantity);
    const after = addedGoods(place, movement.quantity, value);
    if (after.onHand.greaterThan(mostOnHand)) {
      throw invalidField(field, 'stock.most_on_hand');
    }
    Object.assign(place, after);
    this.lots.bringIn(place, movement.quantity, movement.lot ?? null, movement.expiresOn ?? null);
    this.serve(place);
    return value;
  }

  #takeOut(
    place: StockPlace,
    movement: Movement,
    { quantity: field, lot: lotField }: MovementFields,
  ): Amount {
    const leaving = movement.quantity.negated();
    const { reservedFor } = movement;
    // What is promised is usable: of lots that aren't, all may leave.
    const lies = this.isUsable(place, movement.lot ?? null) ? this.usable(place) : place.onHand;
    const free = reservedFor ? place.reserved : lies.minus(place.reserved);
    if (leaving.greaterThan(free)) {
      const quantity = free.toFixed();
      if (reservedFor) throw invalidField(field, 'stock.only_reserved', { quantity });
      if (place.reserved.isZero()) throw invalidField(field, 'stock.only_available', { quantity });
      const reserved = place.reserved.toFixed();
      throw invalidField(field, 'stock.only_available_besides', { quantity, reserved });
    }
    const value = movement.value ?? valueAtAverage(place, leaving);
    const rest = place.value.minus(value);
    const nothingLeft = leaving.equals(place.onHand);
    if (rest.isNegative() || (nothingLeft && !rest.isZero())) {
      throw invalidField(field, 'stock.valued_anew');
    }
    place.onHand = place.onHand.minus(leaving);
    this.lots.takeOut(place, leaving, movement.lot ?? null, lotField);
    if (reservedFor) {
      place.reserved = place.reserved.minus(leaving);
      this.#reservations.take({ lineId: reservedFor, placeId: place.id, quantity: leaving });
    }
    place.value = rest;
    return value.negated();
  }

  /** What can still be promised of the product in the warehouse: nothing in quarantine, nothing of lots that can't be used, nothing promised before. */
  available(productId: string, warehouseId: string): Amount {
    let total = zero;
    for (const place of this.places(productId, warehouseId)) total = total.plus(this.#free(place));
    return total;
  }

  /** What can still be promised of a place; never below zero. */
  #free(place: StockPlace): Amount {
    if (place.binKind === 'quarantine') return zero;
    return Decimal.max(zero, this.usable(place).minus(place.reserved));
  }

  /** What lies in the place and can be sent on the day, today unless given: nothing of lots that have expired, or are in quarantine or recalled. */
  usable(place: StockPlace, day = this.#day): Amount {
    return place.onHand.minus(this.lots.unusable(place, day));
  }

  /** Whether that is so of one lot, or of what has none. */
  isUsable(place: StockPlace, lot: string | null): boolean {
    return this.lots.isUsable(place, lot, this.#day);
  }

  /**
   * Frees what is reserved of goods that nobody may get any more, because their lot has expired or is no longer usable: the
   * youngest orders wait again, and get what is usable in other places.
   */
  async freeUnusable(day = this.#day): Promise<void> {
    const promised = [...this.#byId.values()].flatMap((place) => {
      const quantity = place.reserved.minus(this.usable(place, day));
      return quantity.greaterThan(0) ? [{ placeId: place.id, quantity }] : [];
    });
    if (promised.length === 0) return;
    await this.freeReserved(promised);
    await this.write();
  }

  /** Reserves up to `wanted` for a line, place by place in locking order; gives what was found. */
  reserve(lineId: string, productId: string, warehouseId: string, wanted: Amount): Reservation[] {
    const found: Reservation[] = [];
    let open = wanted;
    for (const place of this.places(productId, warehouseId)) {
      if (open.isZero()) break;
      const free = this.#free(place);
      if (!free.greaterThan(0)) continue;
      const quantity = free.lessThan(open) ? free : open;
      place.reserved = place.reserved.plus(quantity);
      this.#changed.add(place);
      const reservation = { lineId, placeId: place.id, quantity };
      this.#reservations.add(reservation);
      found.push(reservation);
      open = open.minus(quantity);
    }
    return found;
  }

  /** What is reserved for these lines, line by line and in locking order. Their products must be locked. */
  async reservationsOf(lineIds: readonly string[]): Promise<ReadonlyMap<string, Reservation[]>> {
    const kept = await readReservations(this.#scope.db, { lineIds });
    const reservations = kept.map((part) => ({ ...part, quantity: new Decimal(part.quantity) }));
    return Map.groupBy(reservations, ({ lineId }) => lineId);
  }

  /** Gives a reservation back. */
  release(reservation: Reservation): void {
    const place = this.placeById(reservation.placeId);
    place.reserved = place.reserved.minus(reservation.quantity);
    this.#reservations.take(reservation);
    this.#changed.add(place);
    this.serve(place);
  }

  /** Gives a reservation to another line, which takes over from the one it was for. */
  handOver(reservation: Reservation, lineId: string): void {
    this.#reservations.take(reservation);
    this.#reservations.add({ ...reservation, lineId });
  }

  /** Moves a reservation to another place. Both must hold what is reserved in them when the movements are over. */
  moveReservation(reservation: Reservation, placeId: string): void {
    const [from, to] = [this.placeById(reservation.placeId), this.placeById(placeId)];
    from.reserved = from.reserved.minus(reservation.quantity);
    to.reserved = to.reserved.plus(reservation.quantity);
    this.#reservations.take(reservation);
    this.#reservations.add({ ...reservation, placeId });
    this.#changed.add(from).add(to);
  }

  /** Everything reserved in the product's places of the warehouse that is kept by lots, whoever for. */
  async reservationsByLots(products: readonly StockedProduct[]): Promise<Reservation[]> {
    const places = products.flatMap((each) => this.places(each.productId, each.warehouseId));
    const placeIds = [...new Set(places.filter((place) => place.tracksLots).map(({ id }) => id))];
    const kept = placeIds.length === 0 ? [] : await readReservations(this.#scope.db, { placeIds });
    return kept.map((part) => ({ ...part, quantity: new Decimal(part.quantity) }));
  }

  /** Frees reserved goods in these places, which must hold that much: the youngest orders wait again. */
  freeReserved(wanted: readonly Allocation[]): Promise<void> {
    return releaseReservations(this.#scope, this, wanted);
  }

  /**
   * Offers what is available to the orders that wait for the product in the warehouse, with the next write. Goods
   * brought in or freed do so by themselves; this is for when more is waited for than before.
   */
  serve({ productId, warehouseId }: StockedProduct): void {
    this.#toServe.set(placeKey(productId, warehouseId), { productId, warehouseId });
  }

  /** More (or, below zero, less) of the product is on its way to the warehouse. Kept on its default bin. */
  expect(productId: string, warehouseId: string, change: Amount): void {
    if (change.isZero()) return;
    const place = this.place(productId, warehouseId, null);
    const inTransit = place.inTransit.plus(change);
    if (inTransit.greaterThan(mostOnHand)) {
      throw invalidField('lines', 'stock.most_in_transit');
    }
    if (inTransit.isNegative()) {
      throw new Problem('CONFLICT', 'stock.less_in_transit');
    }
    place.inTransit = inTransit;
    this.#changed.add(place);
  }

  /**
   * Serves those who wait with what was brought in or freed, and sends everything that was done since the last write.
   * Lines must stand as they are to be served; statements that follow travel along and give their answers.
   */
  async write<const After extends readonly (() => unknown)[]>(...after: After): Promise<Given<After>> {
    const { db, actor } = this.#scope;
    const toServe = [...this.#toServe.values()];
    this.#toServe.clear();
    const served = toServe.length > 0 ? await serveBackorders(this.#scope, this, toServe) : [];
    const totals = this.#drainTotals();
    const movements = this.#movements;
    this.#movements = [];
    const { added, taken } = this.#reservations.drain();
    const before = [
      ...served,
      () => (totals.length > 0 ? writeTotals(db, totals) : undefined),
      () => (taken.length > 0 ? takeReservations(db, taken) : undefined),
      () => (added.length > 0 ? addReservations(db, added) : undefined),
      () => (movements.length > 0 ? appendMovements(db, movements, actor) : undefined),
    ];
    const answers = await inOrder(...before, ...after);
    return answers.slice(before.length) as Given<After>;
  }

  #drainTotals(): InventoryTotals[] {
    const totals = [...this.#changed].map((place) => ({
      id: place.id,
      onHand: quantityText(place.onHand),
      reserved: quantityText(place.reserved),
      inTransit: quantityText(place.inTransit),
      value: money(place.value),
      lastMovementAt: this.#movedAt.has(place) ? new Date(place.lastMovementMs ?? 0).toISOString() : null,
      receivedAt: this.#movedAt.get(place)?.received ?? null,
      issuedAt: this.#movedAt.get(place)?.issued ?? null,
    }));
    this.#changed.clear();
    this.#movedAt.clear();
    return totals;
  }
}

/** The ledger's row of a movement that its place has taken in. */
function movementRow(
  place: StockPlace,
  movement: Movement,
  value: Amount,
  occurredAt: string,
): MovementInsert {
  return {
    id: movement.id ?? uuidv7(),
    productId: place.productId,
    warehouseId: place.warehouseId,
    binId: place.binId,
    lot: movement.lot ?? null,
    expiresOn: movement.expiresOn ?? null,
    kind: movement.kind,
    quantity: quantityText(movement.quantity),
    unitCost: unitCost(value, movement.quantity),
    value: money(value),
    quantityAfter: quantityText(place.onHand),
    valueAfter: money(place.value),
    documentKind: movement.document.kind,
    documentId: movement.document.id,
    documentNumber: movement.document.number,
    documentLineId: movement.document.lineId ?? null,
    reason: movement.reason ?? null,
    note: movement.note ?? null,
    reverses: movement.reverses ?? null,
    contentHash: movement.contentHash ?? null,
    occurredAt,
  };
}

function placeKey(productId: string, warehouseId: string): string {
  return `${productId} ${warehouseId}`;
}
