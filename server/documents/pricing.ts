import { v7 as uuidv7 } from 'uuid';
import { fractionOf } from '../ground/india.contract.ts';
import { refuseFields, refusedAt, refusedField } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { beforeTax, orderAmounts } from './amounts.contract.ts';
import { amount, money } from '../ground/decimals.contract.ts';
import type { OrderAmounts } from './amounts.contract.ts';
import type { Amount } from '../ground/decimals.contract.ts';
import { purchaseTaxation, saleTaxation } from './place-of-supply.contract.ts';
import type { OrderTaxation } from './place-of-supply.contract.ts';
import { largestTotal, largestUnitCost } from './changed-lines.repo.ts';
import { readReferencesOfDraft } from './references.repo.ts';
import type {
  OrderReferences,
  ProductReference,
  Referring,
  Side,
  WarehouseReference,
} from './references.repo.ts';

export type { OrderReferences } from './references.repo.ts';

/** A line as the person typed it. */
export interface DraftLine {
  id?: string | undefined;
  productId: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  note: string | null;
  /** On an order under way: the line is done, so its product may have been retired since. */
  finished?: boolean | undefined;
}

/** The parts of a document that decide its amounts; all zero for a document without prices. */
export interface Draft {
  partyId: string | null;
  /** In the order of the fields in the description. */
  warehouseIds: readonly string[];
  orderDate: string;
  shipping: string;
  lines: readonly DraftLine[];
}

export interface LineTerms {
  id: string;
  lineNumber: number;
  productId: string;
  hsnCode: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  note: string | null;
  /** false for services. */
  tracked: boolean;
}

export interface PricedOrder extends OrderAmounts<LineTerms> {
  interState: boolean;
  shipping: string;
}

/** The parts of a kind of document with prices that decide them. */
type Priced = Referring & { side: Side };

/** The limit of the database's amounts (14 digits before the point), with room for tax. */
const largestLine = amount('1000000000000');

/** Reads the records that a draft refers to. */
export function referencesOf(
  scope: TenantScope,
  referring: Referring,
  draft: Draft,
): Promise<OrderReferences> {
  return readReferencesOfDraft(scope.db, referring, {
    partyId: draft.partyId,
    warehouseIds: draft.warehouseIds,
    productIds: [...new Set(draft.lines.map((line) => line.productId))],
    day: draft.orderDate,
  });
}

/**
 * Checks everything a document refers to as it is now: its party, its warehouses and the products it still wants must
 * exist and be in use. The lines give the products by their places.
 */
export function problemsOfReferences(
  { kind, tables }: Referring,
  draft: Pick<Draft, 'warehouseIds'> & { lines: readonly Pick<DraftLine, 'productId' | 'finished'>[] },
  references: OrderReferences,
): RefusedField[] {
  const { party: given } = references;
  const fields: RefusedField[] = [];
  if (kind.party) {
    const { field, kind: noun } = kind.party;
    if (!given) fields.push(refusedField(field, 'record.not_found', { kind: noun }));
    else if (given.status !== 'active')
      fields.push(refusedField(field, 'order.party_not_active', { name: given.name, status: given.status }));
  }
  tables.warehouses.forEach((field, index) => {
    const warehouse = warehouseAt(index, draft, references);
    if (!warehouse) fields.push(refusedField(field, 'record.not_found', { kind: 'warehouse' }));
    else if (warehouse.status !== 'active') {
      const { name, status } = warehouse;
      fields.push(refusedField(field, 'order.warehouse_not_active', { name, status }));
    }
  });
  const products = productsOf(references);
  draft.lines.forEach((line, index) => {
    const path = `lines.${String(index)}.productId`;
    const product = products.get(line.productId);
    if (!product) fields.push(refusedField(path, 'record.not_found', { kind: 'product' }));
    else if (product.status !== 'active' && !line.finished)
      fields.push(
        refusedField(path, 'order.product_not_active', { sku: product.sku, status: product.status }),
      );
  });
  return fields;
}

/**
 * Prices an order: place of supply, rates of its day, amounts per line, totals.
 * @throws INVALID naming every field that refers to nothing or to a retired record, whose state GST needs and is
 * missing, or that makes an amount too large.
 */
export function priced(description: Priced, draft: Draft, references: OrderReferences): PricedOrder {
  const { fields, lines, taxation } = examined(description, draft, references);
  refuseFields(fields);
  const order = orderAmounts(lines, draft.shipping, taxation);
  refuseFields(tooLarge(order));
  return { ...order, interState: taxation.interState, shipping: money(amount(draft.shipping)) };
}

/** The obstacles to pricing a draft as things are now, by its fields. */
export function problemsOfDraft(
  description: Priced,
  draft: Draft,
  references: OrderReferences,
): RefusedField[] {
  return examined(description, draft, references).fields;
}

/**
 * The lines of a document without prices, each with an id.
 * @throws INVALID naming every field that refers to nothing or to a retired record, or whose quantity its unit doesn't
 * allow
 */
export function countedLines(
  referring: Referring,
  draft: Draft,
  references: OrderReferences,
): readonly LineTerms[] {
  const { fields, lines } = examinedLines(referring, draft, references, () => []);
  refuseFields(fields);
  const untaxed = { interState: false, taxed: false, unknownState: null };
  return lines.map(({ line, product }, index) => termsOf(line, index, product, untaxed));
}

function examined(description: Priced, draft: Draft, references: OrderReferences) {
  const { fields, lines } = examinedLines(description, draft, references, priceProblems);
  const taxation = taxationOf(description.side, draft, references);
  if (taxation.unknownState) fields.push(unknownState(description, taxation.unknownState, draft, references));
  const terms = lines.map(({ line, product }, index) => termsOf(line, index, product, taxation));
  return { fields, lines: terms, taxation };
}

/** The lines with their products, and the problems of the lines and of the document's references. */
function examinedLines(
  referring: Referring,
  draft: Draft,
  references: OrderReferences,
  problemsOf: typeof priceProblems,
) {
  const fields = problemsOfReferences(referring, draft, references);
  const products = productsOf(references);
  const ids = new Set<string>();
  const lines = draft.lines.map((typed, index) => {
    const path = `lines.${String(index)}`;
    const line = { ...typed, id: typed.id ?? uuidv7() };
    if (ids.has(line.id)) fields.push(refusedField(`${path}.id`, 'order.line_id_twice'));
    ids.add(line.id);
    const product = products.get(line.productId);
    if (product) {
      const fraction = fractionOf(line.quantity, product.unit);
      if (fraction !== null) fields.push(refusedAt(`${path}.quantity`, fraction));
      fields.push(...problemsOf(path, line, product, draft.orderDate));
    }
    return { line, product };
  });
  return { fields, lines };
}

function productsOf({ products }: OrderReferences): Map<string, ProductReference> {
  return new Map(products.map((product) => [product.id, product]));
}

function warehouseAt(
  index: number,
  { warehouseIds }: Pick<Draft, 'warehouseIds'>,
  { warehouses }: OrderReferences,
): WarehouseReference | undefined {
  return warehouses.find(({ id }) => id === warehouseIds[index]);
}

/** How an order is taxed, by the records it refers to. */
export function taxationOf(side: Side, draft: Draft, references: OrderReferences): OrderTaxation {
  const { party: given, own } = references;
  const warehouse = warehouseAt(0, draft, references);
  if (!given || !warehouse) return { interState: false, taxed: false, unknownState: null };
  return side === 'purchase'
    ? purchaseTaxation(given, warehouse.stateCode, own)
    : saleTaxation(given, given.shipTo, own, warehouse.stateCode);
}

function unknownState(
  { kind, tables }: Referring,
  whose: 'party' | 'warehouse',
  draft: Draft,
  references: OrderReferences,
): RefusedField {
  const named = whose === 'party' ? references.party : warehouseAt(0, draft, references);
  const field = whose === 'party' ? kind.party?.field : tables.warehouses[0];
  return refusedField(field ?? whose, 'order.state_not_known', { name: named?.name ?? '' });
}

function priceProblems(
  path: string,
  line: DraftLine,
  product: ProductReference,
  day: string,
): RefusedField[] {
  const fields: RefusedField[] = [];
  if (product.taxPercent === null) {
    const { sku, taxClass } = product;
    fields.push(refusedField(`${path}.productId`, 'order.no_tax_rate', { sku, taxClass, day }));
  }
  if (amount(line.quantity).times(line.unitPrice).greaterThan(largestLine)) {
    fields.push(refusedField(`${path}.quantity`, 'order.line_too_large'));
  } else if (
    product.kind !== 'service' &&
    beforeTax(line).net.dividedBy(line.quantity).greaterThan(largestUnitCost)
  ) {
    fields.push(refusedField(`${path}.unitPrice`, 'order.line_too_large'));
  }
  return fields;
}

/**
 * Refuses amounts too large for their columns while the person can still correct them, naming the field that makes them
 * so large.
 */
export function tooLarge(order: OrderAmounts<LineTerms>): RefusedField[] {
  if ([order.total, order.subtotal].some((total) => total.greaterThan(largestTotal))) {
    return [refusedField('lines', 'order.lines_too_large')];
  }
  const beyond = (value: Amount, line: LineTerms) =>
    line.tracked && value.dividedBy(line.quantity).greaterThan(largestUnitCost);
  return order.lines.some((line) => beyond(line.net.plus(line.shippingShare), line))
    ? [refusedField('shipping', 'order.shipping_too_large')]
    : [];
}

function termsOf(
  line: DraftLine & { id: string },
  index: number,
  product: ProductReference | undefined,
  taxation: OrderTaxation,
): LineTerms {
  return {
    id: line.id,
    lineNumber: index + 1,
    productId: line.productId,
    hsnCode: product?.hsnCode ?? '',
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    discountPercent: line.discountPercent,
    taxPercent: taxation.taxed ? (product?.taxPercent ?? '0') : '0',
    note: line.note,
    tracked: product?.kind !== 'service',
  };
}
