import { t } from '@lingui/core/macro';
import { isZero } from './order-lines.ts';

interface Taxed {
  interState: boolean;
  taxed: boolean;
}

/** The taxation of an order in words: as a fact of the order, and as the name of its tax. */
export function gstWords({ interState, taxed }: Taxed): { fact: string; tax: string } {
  if (!taxed) return { fact: interState ? t`Inter-state, no GST` : t`Within the state, no GST`, tax: 'GST' };
  return interState
    ? { fact: t`Inter-state, IGST`, tax: 'IGST' }
    : { fact: t`Within the state, CGST + SGST`, tax: t`CGST + SGST` };
}

/** The same for a saved order. A person who may not see its tax is told by the states alone. */
export function gstOfOrder(order: { interState: boolean; mixedTax?: boolean; tax: string | null }): {
  fact: string;
  tax: string;
} {
  if (order.mixedTax) return { fact: t`Both: IGST, and CGST + SGST`, tax: 'GST' };
  return gstWords({ interState: order.interState, taxed: order.tax === null || !isZero(order.tax) });
}
