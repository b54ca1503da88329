import { inOrder } from '../../db/statement-order.ts';
import { Decimal } from 'decimal.js';
import { v7 as uuidv7 } from 'uuid';
import { invalidField, Problem } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { money, quantity as quantityText, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { appendMovements, writeTotals } from './ledger.repo.ts';
import type { InventoryRow, MovementInsert } from './ledger.repo.ts';
import { requireSoundMovement } from './movement-rules.ts';
import { broughtIn, unitCost, valueAtAverage } from './moving-average.ts';
import { placeOf } from './stock-place.ts';
import type { Allocation, Movement, MovementFields, PostedMovement, StockPlace } from './stock-place.ts';

/** How far a device's clock may be ahead of the server's, in milliseconds. */
const clockTolerance = 60_000;

/**
 * What `inventory` has digits for: numeric(15,3). The value has no limit of its own: whatever is brought in at an average
 * has room, so that no refusal tells a value to somebody who may not see it.
 */
const mostOnHand = new Decimal('999999999999.999');

/**
 * Places locked by this transaction, and everything done to them, kept in memory until `write` sends it: the ledger's
 * new rows and the running totals, one statement each.
 */
export class LockedStock {
  readonly #scope: TenantScope;
  readonly #byId: ReadonlyMap<string, StockPlace>;
  /** In locking order; by product and warehouse, because an order of 5,000 lines asks for each of its products. */
  readonly #byProduct: ReadonlyMap<string, StockPlace[]>;
  readonly #nowMs: number;
  readonly #changed = new Set<StockPlace>();
  readonly #movedAt = new Map<StockPlace, { received?: string; issued?: string }>();
  #movements: MovementInsert[] = [];

  constructor(scope: TenantScope, rows: readonly InventoryRow[]) {
    this.#scope = scope;
    this.#nowMs = Number(rows[0]?.now_ms ?? Date.now());
    const places = rows.map(placeOf);
    this.#byId = new Map(places.map((place) => [place.id, place]));
    this.#byProduct = Map.groupBy(places, (place) => placeKey(place.productId, place.warehouseId));
  }

  /** The product's places in the warehouse, in locking order. */
  places(productId: string, warehouseId: string): readonly StockPlace[] {
    return this.#byProduct.get(placeKey(productId, warehouseId)) ?? [];
  }

  /** One place; null is the default bin. The bin must have been named when locking. */
  place(productId: string, warehouseId: string, binId: string | null): StockPlace {
    const found = this.places(productId, warehouseId).find((place) =>
      binId === null ? place.isDefault : place.binId === binId,
    );
    if (!found) throw invalidField('binId', 'This bin does not exist in this warehouse.');
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
    const occurredMs = this.#timeOf(place, movement.occurredAt, fields.occurredAt);
    requireSoundMovement(place, movement, fields, occurredMs);
    const value = movement.quantity.isNegative()
      ? this.#takeOut(place, movement, fields.quantity)
      : this.#bringIn(place, movement, fields.quantity);
    place.lastMovementMs = occurredMs;
    const occurredAt = new Date(occurredMs).toISOString();
    const moved = this.#movedAt.get(place) ?? {};
    if (movement.quantity.isNegative()) moved.issued = occurredAt;
    else moved.received = occurredAt;
    this.#movedAt.set(place, moved);
    this.#changed.add(place);
    return this.#append(place, movement, value, occurredAt);
  }

  #append(place: StockPlace, movement: Movement, value: Amount, occurredAt: string): PostedMovement {
    const id = movement.id ?? uuidv7();
    const cost = unitCost(value, movement.quantity);
    this.#movements.push({
      id,
      productId: place.productId,
      warehouseId: place.warehouseId,
      binId: place.binId,
      lot: movement.lot ?? null,
      expiresOn: movement.expiresOn ?? null,
      kind: movement.kind,
      quantity: quantityText(movement.quantity),
      unitCost: cost,
      value: money(value),
      quantityAfter: quantityText(place.onHand),
      valueAfter: money(place.value),
      documentKind: movement.document.kind,
      documentId: movement.document.id,
      documentNumber: movement.document.number,
      documentLineId: movement.document.lineId ?? null,
      reason: movement.reason ?? null,
      reverses: movement.reverses ?? null,
      contentHash: movement.contentHash ?? null,
      occurredAt,
    });
    return { id, placeId: place.id, binId: place.binId, value, unitCost: cost, occurredAt };
  }

  #bringIn(place: StockPlace, movement: Movement, field: string): Amount {
    const value = movement.value ?? valueAtAverage(place, movement.quantity);
    const after = broughtIn(place, movement.quantity, value);
    if (after.onHand.greaterThan(mostOnHand)) {
      throw invalidField(field, 'This exceeds the maximum for one location.');
    }
    Object.assign(place, after);
    return value;
  }

  #takeOut(place: StockPlace, movement: Movement, field: string): Amount {
    const leaving = movement.quantity.negated();
    const free = movement.fromReserved ? place.reserved : place.onHand.minus(place.reserved);
    if (leaving.greaterThan(free)) {
      const reserved = place.reserved.isZero()
        ? ''
        : `; ${place.reserved.toFixed()} more are reserved for orders`;
      throw invalidField(
        field,
        movement.fromReserved
          ? `Only ${free.toFixed()} are reserved here.`
          : `Only ${free.toFixed()} are available in this place${reserved}.`,
      );
    }
    const value = movement.value ?? valueAtAverage(place, leaving);
    const rest = place.value.minus(value);
    const nothingLeft = leaving.equals(place.onHand);
    if (rest.isNegative() || (nothingLeft && !rest.isZero())) {
      throw invalidField(
        field,
        'What lies here has been valued anew since: the exact value cannot be taken back. Post an adjustment instead.',
      );
    }
    place.onHand = place.onHand.minus(leaving);
    if (movement.fromReserved) place.reserved = place.reserved.minus(leaving);
    place.value = rest;
    return value.negated();
  }

  /** History is never posted again: the ledger of a place only grows at its end. */
  #timeOf(place: StockPlace, requested: string | undefined, field: string): number {
    const last = place.lastMovementMs ?? 0;
    if (requested === undefined) return Math.max(this.#nowMs, last);
    const asked = new Date(requested).getTime();
    if (asked > this.#nowMs + clockTolerance) throw invalidField(field, 'This lies in the future.');
    if (asked < last) {
      const when = new Date(last).toISOString();
      throw invalidField(
        field,
        `There is a later movement of this product in this place (${when}). Nothing can be posted before it.`,
      );
    }
    return asked;
  }

  /** What can still be promised of the product in the warehouse: nothing in quarantine, nothing promised before. */
  available(productId: string, warehouseId: string): Amount {
    let total = zero;
    for (const place of this.places(productId, warehouseId)) {
      if (place.binKind !== 'quarantine') total = total.plus(place.onHand).minus(place.reserved);
    }
    return total;
  }

  /** Reserves up to `wanted`, place by place in locking order; gives what was found. */
  reserve(productId: string, warehouseId: string, wanted: Amount): Allocation[] {
    const allocations: Allocation[] = [];
    let open = wanted;
    for (const place of this.places(productId, warehouseId)) {
      if (open.isZero()) break;
      const free = place.binKind === 'quarantine' ? zero : place.onHand.minus(place.reserved);
      if (!free.greaterThan(0)) continue;
      const quantity = free.lessThan(open) ? free : open;
      place.reserved = place.reserved.plus(quantity);
      this.#changed.add(place);
      allocations.push({ placeId: place.id, quantity });
      open = open.minus(quantity);
    }
    return allocations;
  }

  /** Gives a reservation back. */
  release({ placeId, quantity }: Allocation): void {
    const place = this.placeById(placeId);
    place.reserved = place.reserved.minus(quantity);
    this.#changed.add(place);
  }

  /** More (or, below zero, less) of the product is on its way to the warehouse. Kept on its default bin. */
  expect(productId: string, warehouseId: string, change: Amount): void {
    if (change.isZero()) return;
    const place = this.place(productId, warehouseId, null);
    const inTransit = place.inTransit.plus(change);
    if (inTransit.greaterThan(mostOnHand)) {
      throw invalidField(
        'lines',
        'What is in transit of one product would exceed the maximum for one location.',
      );
    }
    if (inTransit.isNegative()) {
      throw new Problem('CONFLICT', 'Less of this product is in transit than this would take off.');
    }
    place.inTransit = inTransit;
    this.#changed.add(place);
  }

  /** Sends everything that was done since the last write. */
  async write(): Promise<void> {
    const { db, actor } = this.#scope;
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
    const movements = this.#movements;
    this.#changed.clear();
    this.#movedAt.clear();
    this.#movements = [];
    await inOrder(
      () => (totals.length > 0 ? writeTotals(db, totals) : undefined),
      () => (movements.length > 0 ? appendMovements(db, movements, actor) : undefined),
    );
  }
}

function placeKey(productId: string, warehouseId: string): string {
  return `${productId} ${warehouseId}`;
}
