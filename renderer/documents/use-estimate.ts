import { useDebouncedValue } from '@mantine/hooks';
import { useDeferredValue } from 'react';
import type { OrderTaxation } from '../../server/documents/place-of-supply.contract.ts';
import { estimateOrder, type OrderEstimate, type OrderLineValues, type TaxRates } from './order-lines.ts';
import type { OrderValues } from './order-values.ts';
import { useTaxRates } from './use-tax-rates.ts';

/** From so many lines on the next key doesn't wait for the sums of the one before. */
const manyLines = 300;
/** Long enough to hold while somebody types on; ms. */
const pause = 250;

/**
 * What the order being typed will come to. Reckoned once for all who show it, and after the key that changed it has been
 * drawn; of many lines only once the typing pauses: thousands of them take longer than a key may.
 */
export function useEstimate(
  { lines, shipping, orderDate }: Pick<OrderValues, 'lines' | 'shipping' | 'orderDate'>,
  taxation: OrderTaxation | null,
): OrderEstimate {
  const rates = useTaxRates(orderDate);
  const [settled] = useDebouncedValue(lines, pause);
  const reckoned = useDeferredValue(lines.length < manyLines ? lines : settled);
  return estimateOnce(reckoned, shipping, taxation, rates);
}

const known = new WeakMap<readonly OrderLineValues[], Map<string, OrderEstimate>>();

/** Lines are never changed in place: a list of them identifies its total. */
function estimateOnce(
  lines: readonly OrderLineValues[],
  shipping: string,
  taxation: OrderTaxation | null,
  rates: TaxRates,
): OrderEstimate {
  const terms = JSON.stringify([shipping, taxation, rates]);
  const ofLines = known.get(lines) ?? new Map<string, OrderEstimate>();
  const estimate = ofLines.get(terms) ?? estimateOrder(lines, shipping, taxation, rates);
  known.set(lines, ofLines.set(terms, estimate));
  return estimate;
}
