import { rounded } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';

/** What lies in one place: the average cost is kept as the value of everything, never as a rate. */
export interface Holding {
  onHand: Amount;
  value: Amount;
}

/** Goods came in at `value`. */
export function addedGoods(holding: Holding, quantity: Amount, value: Amount): Holding {
  return { onHand: holding.onHand.plus(quantity), value: holding.value.plus(value) };
}

/**
 * What `quantity` units are worth when they leave at the average: rounded half up to 2 places; the last unit takes the
 * whole rest, so that an empty place is worth nothing. `quantity` must not exceed what is on hand.
 */
export function valueAtAverage(holding: Holding, quantity: Amount): Amount {
  if (quantity.equals(holding.onHand)) return holding.value;
  return rounded(holding.value.times(quantity).dividedBy(holding.onHand));
}

/** Value per unit with 4 places; 0 for none. */
export function unitCost(value: Amount, quantity: Amount): string {
  return quantity.isZero() ? '0.0000' : value.dividedBy(quantity).abs().toFixed(4);
}
