import { amount, money, sum } from '../ground/decimals.contract.ts';
import { lineWorth, shareOfLine } from './amounts.contract.ts';
import type { Amount } from '../ground/decimals.contract.ts';
import type { LineTerms, PricedOrder } from './pricing.ts';

/** A line as every kind of document stores it. */
export interface KeptGoods {
  id: string;
  line_number: number;
  product_id: string;
  ordered: string;
  note: string | null;
}

/** A stored line with prices. */
export interface KeptLine extends KeptGoods {
  hsn_code: string;
  unit_price: string;
  discount_percent: string;
  discount: string;
  tax_percent: string;
  net: string;
  cgst: string;
  sgst: string;
  igst: string;
  shipping_share: string;
}

/** The stored amounts of an order's header. */
export interface KeptTotals {
  interState: boolean;
  subtotal: string;
  discount: string;
  tax: string;
  shipping: string;
  total: string;
  /** The cancelled part of the total, with its share of shipping and its tax. */
  cancelledValue: string;
  lineCount: number;
}

/** `lines` are the order's own, one for each of the priced; a new draft has nothing cancelled. */
export function keptTotals(order: PricedOrder, lines: readonly { cancelled: string }[] = []): KeptTotals {
  return {
    interState: order.interState,
    subtotal: money(order.subtotal),
    discount: money(order.discount),
    tax: money(order.tax),
    shipping: order.shipping,
    total: money(order.total),
    cancelledValue: money(givenUpOf(order, lines)),
    lineCount: order.lines.length,
  };
}

/** The worth of the cancelled quantities by the lines' present amounts. */
function givenUpOf(order: PricedOrder, lines: readonly { cancelled: string }[]): Amount {
  return sum(
    order.lines.map((line, index) => {
      const cancelled = amount(lines[index]?.cancelled ?? '0');
      return shareOfLine(lineWorth(line), amount(line.quantity), amount(0), cancelled);
    }),
  );
}

export function keptGoods(lines: readonly LineTerms[]): KeptGoods[] {
  return lines.map(({ id, lineNumber, productId, quantity, note }) => ({
    id,
    line_number: lineNumber,
    product_id: productId,
    ordered: quantity,
    note,
  }));
}

export function keptLines(order: PricedOrder): KeptLine[] {
  return order.lines.map((line) => ({
    id: line.id,
    line_number: line.lineNumber,
    product_id: line.productId,
    hsn_code: line.hsnCode,
    ordered: line.quantity,
    unit_price: line.unitPrice,
    discount_percent: line.discountPercent,
    discount: money(line.discount),
    tax_percent: line.taxPercent,
    net: money(line.net),
    cgst: money(line.cgst),
    sgst: money(line.sgst),
    igst: money(line.igst),
    shipping_share: money(line.shippingShare),
    note: line.note,
  }));
}
