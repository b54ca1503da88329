import { invalidAt, invalidField } from '../../ground/problem.ts';
import { amount, sum, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { isUsableOn } from './lot-state.contract.ts';
import type { LotState, LotStatus } from './lot-state.contract.ts';
import type { LotOfProduct, LyingLotRow } from './lots.repo.ts';
import { missingLot } from './movement-rules.ts';
import type { StockPlace } from './stock-place.ts';

/** What lies of one lot in one place. */
export interface LyingLot extends LotState {
  lot: string;
  quantity: Amount;
}

/** The lots of locked places. A place's lock is the lock on its lots, and the ledger's triggers keep what is written. */
export class LotBalances {
  readonly #held: ReadonlyMap<string, LotStatus>;
  readonly #byPlace = new Map<string, LyingLot[]>();

  /** `held` are the lots of the places' products that aren't usable, wherever they lie. */
  constructor(rows: readonly LyingLotRow[], held: readonly (LotOfProduct & Pick<LotState, 'status'>)[] = []) {
    this.#held = new Map(held.map(({ productId, lot, status }) => [keyOf(productId, lot), status]));
    for (const { placeId, lot, expiresOn, status, quantity } of rows) {
      this.#in(placeId).push({ lot, expiresOn, status, quantity: amount(quantity) });
    }
  }

  of(place: StockPlace): readonly LyingLot[] {
    return this.#in(place.id);
  }

  /** What lies in the place and can't be promised to anybody on this day (`YYYY-MM-DD`). */
  unusable(place: StockPlace, day: string): Amount {
    if (!place.tracksLots) return zero;
    return sum(this.#in(place.id).flatMap((lying) => (isUsableOn(day, lying) ? [] : [lying.quantity])));
  }

  /** What lies in the place without a lot. */
  withoutLot(place: StockPlace): Amount {
    return place.onHand.minus(sum(this.#in(place.id).map((lying) => lying.quantity)));
  }

  /** Also of a lot that doesn't lie here. */
  statusOf(place: StockPlace, lot: string | null): LotStatus {
    if (lot === null || !place.tracksLots) return 'usable';
    return this.#held.get(keyOf(place.productId, lot)) ?? 'usable';
  }

  /** What has no lot, or one that doesn't lie here, is usable. */
  isUsable(place: StockPlace, lot: string | null, day: string): boolean {
    const lying = lot !== null && place.tracksLots ? this.#find(place, lot) : undefined;
    return lying === undefined || isUsableOn(day, lying);
  }

  /** Goods have come into the place. */
  bringIn(place: StockPlace, quantity: Amount, lot: string | null, expiresOn: string | null): void {
    if (!place.tracksLots || lot === null) return;
    const lying = this.#find(place, lot);
    if (lying) lying.quantity = lying.quantity.plus(quantity);
    else this.#in(place.id).push({ lot, expiresOn, status: this.statusOf(place, lot), quantity });
  }

  /**
   * Goods have left the place's total: they leave the lot that is named, or what lies there without one.
   * @throws INVALID naming the field, when less lies there
   */
  takeOut(place: StockPlace, leaving: Amount, lot: string | null, field: string): void {
    const { sku } = place;
    if (!place.tracksLots) return;
    if (lot === null) {
      const left = this.withoutLot(place);
      if (!left.isNegative()) return;
      const lay = left.plus(leaving);
      const missing = lay.greaterThan(0) ? null : missingLot(place, lot);
      throw missing
        ? invalidAt(field, missing)
        : invalidField(field, 'stock.only_without_lot', { quantity: lay.toFixed(), sku });
    }
    const lying = this.#find(place, lot);
    const lay = lying?.quantity ?? zero;
    if (!lying || leaving.greaterThan(lay)) {
      throw invalidField(field, 'stock.only_of_lot', { quantity: lay.toFixed(), lot, sku });
    }
    lying.quantity = lay.minus(leaving);
  }

  #in(placeId: string): LyingLot[] {
    const lots = this.#byPlace.get(placeId) ?? [];
    this.#byPlace.set(placeId, lots);
    return lots;
  }

  #find(place: StockPlace, lot: string): LyingLot | undefined {
    return this.#in(place.id).find((lying) => isSameLot(lying.lot, lot));
  }
}

/** Capitals or small letters make no other lot. */
export function isSameLot(one: string, other: string): boolean {
  return one === other || one.toUpperCase() === other.toUpperCase();
}

const keyOf = (productId: string, lot: string) => `${productId} ${lot.toUpperCase()}`;
