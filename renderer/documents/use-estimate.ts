import { useDeferredValue } from 'react';
import type { OrderTaxation } from '../../server/documents/place-of-supply.contract.ts';
import { estimateOrder, type OrderEstimate, type OrderLineValues } from './order-lines.ts';

/**
 * What the order being typed will come to. Reckoned once for all who show it, and after the key that changed it has been
 * drawn: an order of thousands of lines takes longer than a key may.
 */
export function useEstimate(
  lines: readonly OrderLineValues[],
  shipping: string,
  taxation: OrderTaxation | null,
): OrderEstimate {
  return estimateOnce(useDeferredValue(lines), shipping, taxation);
}

const known = new WeakMap<readonly OrderLineValues[], Map<string, OrderEstimate>>();

/** Lines are never changed in place: a list of them identifies its total. */
function estimateOnce(
  lines: readonly OrderLineValues[],
  shipping: string,
  taxation: OrderTaxation | null,
): OrderEstimate {
  const terms = JSON.stringify([shipping, taxation]);
  const ofLines = known.get(lines) ?? new Map<string, OrderEstimate>();
  const estimate = ofLines.get(terms) ?? estimateOrder(lines, shipping, taxation);
  known.set(lines, ofLines.set(terms, estimate));
  return estimate;
}
