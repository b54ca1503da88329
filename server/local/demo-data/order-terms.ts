import type { OrderAmounts } from '../../documents/amounts.contract.ts';
import { money, quantity } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import type { DemoProduct } from './masters.ts';

interface Terms {
  ordered: Amount;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
}

/** A line as it is ordered, and as it is priced. */
export const lineOf = (product: DemoProduct, terms: Terms) => ({
  ...terms,
  product,
  quantity: quantity(terms.ordered),
  tracked: product.kind !== 'service',
});

/** The totals of an order, as stored. */
export const totalsOf = ({ subtotal, discount, tax, total }: Omit<OrderAmounts<unknown>, 'lines'>) => ({
  total,
  header: { subtotal: money(subtotal), discount: money(discount), tax: money(tax), total: money(total) },
});
