import { invalidAt, invalidField } from '../../ground/problem.ts';
import { said } from '../../ground/reasons/reasons.contract.ts';
import type { Said } from '../../ground/reasons/reasons.contract.ts';
import { today } from '../../ground/days.contract.ts';
import { clockToleranceMs, requireNearDays } from '../../ground/days.ts';
import { fractionOf } from '../../ground/india.contract.ts';
import { isExpiredOn } from './lot-state.contract.ts';
import type { LotState, LotStatus } from './lot-state.contract.ts';
import type { Movement, MovementFields, StockPlace } from './stock-place.ts';

/**
 * When a movement happens, in milliseconds since the epoch. History is never posted again: the ledger of a place only
 * grows at its end. @throws INVALID naming the field
 */
export function momentOf(
  { lastMovementMs }: StockPlace,
  requested: string | undefined,
  nowMs: number,
  field: string,
): number {
  const last = lastMovementMs ?? -Infinity;
  if (requested === undefined) return Math.max(nowMs, last);
  const asked = new Date(requested).getTime();
  if (asked > nowMs + clockToleranceMs) throw invalidField(field, 'date.future');
  requireNearDays({ [field]: today(new Date(asked)) });
  if (asked < last) {
    const when = new Date(last).toISOString();
    throw invalidField(field, 'stock.later_movement', { when });
  }
  return asked;
}

/** A movement, and what is known of its lot. */
type LotMovement = Movement & { lotStatus: LotStatus };

/**
 * The rules of every stock movement, whichever document makes it. What was posted can be undone unchanged. `occurredMs`
 * is the moment it happens, in milliseconds since the epoch.
 * @throws INVALID naming the input's field
 */
export function requireValidMovement(
  place: StockPlace,
  movement: LotMovement,
  fields: MovementFields,
  occurredMs: number,
): void {
  requireInUse(place, movement, fields.quantity);
  if (movement.kind === 'reversal') return;
  requireWhole(place, movement, fields.quantity);
  requireLot(place, movement, fields.lot);
  requireUsableLot(place, movement, fields.lot, today(new Date(occurredMs)));
}

/** Nothing comes into a closed warehouse or bin, not even by undoing an outgoing movement. */
function requireInUse(place: StockPlace, { quantity }: Movement, field: string): void {
  if (place.inUse || quantity.isNegative()) return;
  throw invalidField(field, 'stock.bin_closed', { bin: place.binCode, sku: place.sku });
}

/** Counted goods have no fractions. A fraction from before this rule may leave. */
function requireWhole(place: StockPlace, { quantity }: Movement, field: string): void {
  const fraction = fractionOf(quantity.toFixed(), place.unit);
  if (fraction === null) return;
  const left = place.onHand.plus(quantity).toFixed();
  if (fractionOf(left, place.unit) !== null) throw invalidAt(field, fraction);
}

/** What leaves without a lot is what lies there without one: see LotBalances. */
function requireLot(place: StockPlace, { lot, quantity }: Movement, field: string): void {
  if (quantity.isNegative()) return;
  const missing = missingLot(place, lot ?? null);
  if (missing !== null) throw invalidAt(field, missing);
}

/** The problem with a movement of this product without a lot; null without a problem. */
export function missingLot(product: { sku: string; tracksLots: boolean }, lot: string | null): Said | null {
  return product.tracksLots && lot === null ? said('stock.lot_missing', { sku: product.sku }) : null;
}

/** Why no customer gets anything of a lot on a day; null when customers may. */
export function lotRefusal(
  sku: string,
  { lot, status, expiresOn }: LotState & { lot: string },
  day: string,
): Said | null {
  if (status === 'recalled') return said('stock.lot_recalled', { lot, sku });
  if (status === 'quarantined') return said('stock.lot_quarantined', { lot, sku });
  if (expiresOn === null || !isExpiredOn(day, expiresOn)) return null;
  return said('stock.lot_expired_to_ship', { lot, sku, day: expiresOn });
}

/**
 * A lot can be used up to and including its last usable day. After that it comes in to a quarantine bin only, and no
 * customer gets it, nor any of a lot that is quarantined or recalled; an adjustment may take it out at any time.
 */
function requireUsableLot(
  place: StockPlace,
  { kind, quantity, lot, expiresOn, lotStatus }: LotMovement,
  field: string,
  day: string,
): void {
  const { sku } = place;
  if (kind === 'issue' && lot) {
    const refusal = lotRefusal(sku, { lot, expiresOn: expiresOn ?? null, status: lotStatus }, day);
    if (refusal) throw invalidAt(field, refusal);
  }
  if (!expiresOn || !isExpiredOn(day, expiresOn)) return;
  if (kind === 'issue') throw invalidField(field, 'stock.expired_to_ship', { sku, day: expiresOn });
  if (quantity.isNegative() || place.binKind === 'quarantine') return;
  throw lot
    ? invalidField(field, 'stock.lot_expired_to_store', { lot, sku, day: expiresOn })
    : invalidField(field, 'stock.expired_to_store', { sku, day: expiresOn });
}
