import { t } from '@lingui/core/macro';
import { beforeTax, orderAmounts } from '../../server/documents/amounts.contract.ts';
import { amount } from '../../server/ground/decimals.contract.ts';
import type { Amount } from '../../server/ground/decimals.contract.ts';
import type { OrderTaxation } from '../../server/documents/place-of-supply.contract.ts';
import { newId } from '../lib/new-id.ts';

/** A pasted line's text for its product, until the product is found. */
export interface PastedProduct {
  /** A SKU, a barcode or a name, as it was pasted. */
  text: string;
  /** The name that stood beside a code; empty without one. */
  name: string;
  /** `waiting` for the answer, or why it found no product. */
  found: 'waiting' | 'unknown' | 'several' | 'retired' | 'unread';
}

/** The names of the lines' fields, for comparing two versions of an order. */
export const lineLabels: Readonly<Record<string, string>> = {
  lines: t`Lines`,
  'lines.*.productId': t`Product (record)`,
  'lines.*.productLabel': t`Product`,
  'lines.*.sku': 'SKU',
  'lines.*.unit': t`Unit`,
  'lines.*.quantity': t`Quantity`,
  'lines.*.unitPrice': t`Price`,
  'lines.*.discountPercent': t`Discount`,
  'lines.*.taxClass': t`Tax class`,
  'lines.*.taxPercent': t`GST rate`,
  'lines.*.note': t`Line note`,
};

/** One line of an order while it is typed: everything text, as the fields show it. */
export interface OrderLineValues extends Record<string, unknown> {
  id: string;
  productId: string;
  /** The text of the product field. */
  productLabel: string;
  sku: string;
  unit: string;
  /** Services carry no freight. */
  kind: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  /** The product's; empty as long as that isn't known. Its rate is the one of the order's day, see `rateOf`. */
  taxClass: string;
  /** The rate of a line that was kept without its tax class; else empty. */
  taxPercent: string;
  note: string;
  pasted?: PastedProduct;
}

/** A form with the lines of an order among its fields. */
export interface WithLines extends Record<string, unknown> {
  lines: OrderLineValues[];
}

export function emptyLine(): OrderLineValues {
  return {
    id: newId(),
    productId: '',
    productLabel: '',
    sku: '',
    unit: '',
    kind: '',
    taxClass: '',
    quantity: '',
    unitPrice: '',
    discountPercent: '',
    taxPercent: '',
    note: '',
  };
}

/** A saved line as the fields show it. */
export function lineValues(line: {
  id: string;
  product: { id: string; sku: string; name: string; unit: string; kind: string; taxClass: string };
  ordered: string;
  unitPrice: string | null;
  discountPercent: string | null;
  note: string | null;
}): OrderLineValues {
  return {
    id: line.id,
    productId: line.product.id,
    productLabel: line.product.name,
    sku: line.product.sku,
    unit: line.product.unit,
    kind: line.product.kind,
    taxClass: line.product.taxClass,
    quantity: trimmed(line.ordered),
    unitPrice: trimmedPrice(line.unitPrice ?? ''),
    discountPercent:
      line.discountPercent === null || isZero(line.discountPercent) ? '' : trimmed(line.discountPercent),
    taxPercent: '',
    note: line.note ?? '',
  };
}

/** True for a line nobody typed into: it is left out when the order is saved. */
export function isBlank(line: OrderLineValues): boolean {
  const { pasted, productId, quantity, unitPrice, note } = line;
  return !pasted && productId === '' && quantity === '' && unitPrice === '' && note === '';
}

/** The lines as the contracts want them. Blank ones are left out anywhere; `lineFieldPath` finds the way back. */
export function linesInput(lines: readonly OrderLineValues[]) {
  return lines
    .filter((line) => !isBlank(line))
    .map((line) => ({
      id: line.id,
      productId: line.productId,
      quantity: line.quantity,
      unitPrice: line.unitPrice === '' ? '0' : line.unitPrice,
      discountPercent: line.discountPercent === '' ? '0' : line.discountPercent,
      note: line.note,
    }));
}

/** The changed lines as the contract wants them; all lines, if none of the saved ones is left. */
export function changesOfLines(before: readonly OrderLineValues[], lines: readonly OrderLineValues[]) {
  const now = linesInput(lines);
  if (now.length === 0) return now;
  const was = new Map(linesInput(before).map((line) => [line.id, line]));
  const ids = new Set(now.map(({ id }) => id));
  const set = now.flatMap((line) => {
    const saved = was.get(line.id);
    const changed = saved && Object.entries(line).filter(([name, value]) => saved[name as 'note'] !== value);
    return changed && changed.length > 0 ? [{ id: line.id, ...Object.fromEntries(changed) }] : [];
  });
  const add = now.filter(({ id }) => !was.has(id));
  const remove = [...was.keys()].filter((id) => !ids.has(id));
  const appended = [...[...was.keys()].filter((id) => ids.has(id)), ...add.map(({ id }) => id)];
  const order = now.map(({ id }) => id);
  return { set, add, remove, ...(order.some((id, at) => id !== appended[at]) && { order }) };
}

/** `lines.set.0.quantity` or `lines.add.0.quantity` of such changes as `lines.2.quantity` of the fields. */
export function changedLinePath(
  path: string,
  lines: readonly OrderLineValues[],
  changes: ReturnType<typeof changesOfLines>,
): string {
  const [, list, place, ...field] = path.split('.');
  if (Array.isArray(changes) || (list !== 'set' && list !== 'add')) return path;
  const id = changes[list][Number(place)]?.id;
  const index = lines.findIndex((line) => line.id === id);
  return index < 0 ? path : ['lines', String(index), ...field].join('.');
}

/** `lines.1.quantity` of the input as `lines.2.quantity` of the fields, when line 1 of them was blank. */
export function lineFieldPath<Line>(
  path: string,
  lines: readonly Line[],
  isSent: (line: Line) => boolean,
  list = 'lines',
): string {
  const match = /^lines\.(\d+)(.*)$/.exec(path);
  if (!match) return path;
  const sent = lines.flatMap((line, index) => (isSent(line) ? [index] : []));
  return `${list}.${String(sent[Number(match[1])] ?? Number(match[1]))}${match[2] ?? ''}`;
}

/** Half-typed values count as nothing. */
function parse(text: string): Amount {
  try {
    return amount(text.trim() === '' ? 0 : text);
  } catch {
    return amount(0);
  }
}

const terms = ({ quantity, unitPrice, discountPercent }: PricedLine) => ({
  quantity: parse(quantity).toFixed(),
  unitPrice: parse(unitPrice).toFixed(),
  discountPercent: parse(discountPercent).toFixed(),
});
type PricedLine = Pick<OrderLineValues, 'quantity' | 'unitPrice' | 'discountPercent'>;

/** Rates in percent by tax class, of one day; null while they aren't known. */
export type TaxRates = Readonly<Record<string, string>> | null;

/** The rate of a line on the order's day, as far as it is known here; the server decides. Empty when it isn't known. */
export function rateOf({ taxClass, taxPercent }: OrderLineValues, rates: TaxRates): string {
  return taxClass ? (rates?.[taxClass] ?? '') : taxPercent;
}

/** Net of one line, as the server reckons it. */
export function lineNet(line: PricedLine): Amount {
  return beforeTax(terms(line)).net;
}

export interface OrderEstimate {
  subtotal: string;
  discount: string;
  tax: string;
  shipping: string;
  total: string;
  /** The taxation, as far as party and warehouse tell; null before they are chosen. */
  taxation: OrderTaxation | null;
  /** A tax rate isn't known here: the server's total will be higher. */
  taxUnknown: boolean;
}

/**
 * What the order will come to, by the function the server reckons with; its answer is what counts. While it isn't known
 * how the order is taxed, it is taken to be taxed.
 */
export function estimateOrder(
  lines: readonly OrderLineValues[],
  shipping: string,
  taxation: OrderTaxation | null,
  rates: TaxRates,
): OrderEstimate {
  const given = lines
    .filter((line) => !isBlank(line))
    .map((line) => ({
      ...terms(line),
      taxPercent: parse(rateOf(line, rates)).toFixed(),
      tracked: line.kind !== 'service',
    }));
  const freight = parse(shipping).toFixed(2);
  const order = orderAmounts(given, freight, taxation ?? { interState: false, taxed: true });
  return {
    subtotal: order.subtotal.toFixed(2),
    discount: order.discount.toFixed(2),
    tax: order.tax.toFixed(2),
    shipping: freight,
    total: order.total.toFixed(2),
    taxation,
    taxUnknown:
      taxation?.taxed !== false && lines.some((line) => line.productId !== '' && rateOf(line, rates) === ''),
  };
}

/** Without trailing zeros: `12.500` is `12.5`. */
export function trimmed(decimal: string): string {
  return decimal === '' ? '' : parse(decimal).toFixed();
}

/** A price keeps two decimals at least: `1250.5` is `1250.50`. */
export function trimmedPrice(price: string): string {
  if (price === '') return '';
  const value = parse(price);
  return value.toFixed(Math.min(4, Math.max(2, value.decimalPlaces())));
}

/**
 * Whether a figure is typed that isn't zero. What can't be read as one is typed too: it is sent, and refused at its field,
 * not left out.
 */
export function isTyped(text: string): boolean {
  return !/^\s*[0.]*$/.test(text);
}

export function isZero(decimal: string): boolean {
  return parse(decimal).isZero();
}

export function plus(one: string, other: string): string {
  return parse(one).plus(parse(other)).toFixed();
}

/** Less than nothing is nothing. */
export function minus(one: string, other: string): string {
  const rest = parse(one).minus(parse(other));
  return rest.isNegative() ? '0' : rest.toFixed();
}

export function amountsDiffer(one: string, other: string): boolean {
  return !parse(one).equals(parse(other));
}

export function isMore(one: string, other: string): boolean {
  return parse(one).gt(parse(other));
}
