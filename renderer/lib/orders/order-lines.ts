import Decimal from 'decimal.js';
import { newId } from '../new-id.ts';

/** One line of an order while it is typed: everything text, as the fields show it. */
export interface OrderLineValues extends Record<string, unknown> {
  id: string;
  productId: string;
  /** What the product field shows. */
  productLabel: string;
  sku: string;
  unit: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  /** The product's rate as far as it is known here; the server decides. Empty when it isn't known. */
  taxPercent: string;
  note: string;
}

export function emptyLine(): OrderLineValues {
  return {
    id: newId(),
    productId: '',
    productLabel: '',
    sku: '',
    unit: '',
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
  product: { id: string; sku: string; name: string; unit: string };
  ordered: string;
  unitPrice: string | null;
  discountPercent: string | null;
  taxPercent: string;
  note: string | null;
}): OrderLineValues {
  return {
    id: line.id,
    productId: line.product.id,
    productLabel: line.product.name,
    sku: line.product.sku,
    unit: line.product.unit,
    quantity: trimmed(line.ordered),
    unitPrice: trimmedPrice(line.unitPrice ?? ''),
    discountPercent:
      line.discountPercent === null || isZero(line.discountPercent) ? '' : trimmed(line.discountPercent),
    taxPercent: line.taxPercent,
    note: line.note ?? '',
  };
}

/** True for a line nobody typed into: it is left out when the order is saved. */
export function isBlank(line: OrderLineValues): boolean {
  return line.productId === '' && line.quantity === '' && line.unitPrice === '' && line.note === '';
}

/** The lines as the contracts want them. Blank ones are left out wherever they stand; `lineFieldPath` finds the way back. */
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

function parse(text: string): Decimal {
  try {
    return new Decimal(text.trim() === '' ? 0 : text);
  } catch {
    return new Decimal(0);
  }
}

const cents = (value: Decimal) => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

/** Net of one line: gross and discount each rounded half up to 2 places, as the server does. */
export function lineNet(line: Pick<OrderLineValues, 'quantity' | 'unitPrice' | 'discountPercent'>): Decimal {
  const gross = cents(parse(line.quantity).times(parse(line.unitPrice)));
  return gross.minus(cents(gross.times(parse(line.discountPercent)).div(100)));
}

export interface OrderEstimate {
  subtotal: string;
  discount: string;
  tax: string;
  shipping: string;
  total: string;
  /** A tax rate isn't known here: the server's total will be higher. */
  taxUnknown: boolean;
}

/** What the order will come to, by the server's own rounding; its answer is what counts. */
export function estimateOrder(lines: readonly OrderLineValues[], shipping: string): OrderEstimate {
  let subtotal = new Decimal(0);
  let net = new Decimal(0);
  let tax = new Decimal(0);
  for (const line of lines) {
    const lineGross = cents(parse(line.quantity).times(parse(line.unitPrice)));
    const after = lineNet(line);
    subtotal = subtotal.plus(lineGross);
    net = net.plus(after);
    tax = tax.plus(cents(after.times(parse(line.taxPercent)).div(100)));
  }
  const total = net.plus(tax).plus(parse(shipping));
  return {
    subtotal: subtotal.toFixed(2),
    discount: subtotal.minus(net).toFixed(2),
    tax: tax.toFixed(2),
    shipping: parse(shipping).toFixed(2),
    total: total.toFixed(2),
    taxUnknown: lines.some((line) => line.productId !== '' && line.taxPercent === ''),
  };
}

/** Without zeros nobody types: `12.500` is `12.5`. */
export function trimmed(decimal: string): string {
  return decimal === '' ? '' : parse(decimal).toFixed();
}

/** A price keeps two decimals at least: `1250.5` is `1250.50`. */
export function trimmedPrice(price: string): string {
  if (price === '') return '';
  const value = parse(price);
  return value.toFixed(Math.min(4, Math.max(2, value.decimalPlaces())));
}

export function isZero(decimal: string): boolean {
  return parse(decimal).isZero();
}

export function plus(one: string, other: string): string {
  return parse(one).plus(parse(other)).toFixed();
}

/** Less than nothing is nothing. */
export function minus(one: string, other: string): string {
  return Decimal.max(0, parse(one).minus(parse(other))).toFixed();
}

export function isMore(one: string, other: string): boolean {
  return parse(one).gt(parse(other));
}
