import { v7 as uuidv7 } from 'uuid';
import { fractionOf } from '../ground/india.contract.ts';
import { refuseFields, refusedAt, refusedField } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { orderAmounts } from './amounts.contract.ts';
import { amount, money } from '../ground/decimals.contract.ts';
import type { OrderAmounts } from './amounts.contract.ts';
import type { Amount } from '../ground/decimals.contract.ts';
import { purchaseTaxation, saleTaxation } from './place-of-supply.contract.ts';
import type { OrderTaxation } from './place-of-supply.contract.ts';
import { largestTotal, largestUnitCost } from './changed-lines.repo.ts';
import { readReferencesOfDraft } from './references.repo.ts';
import type { OrderKind, OrderReferences, ProductReference } from './references.repo.ts';

export type { OrderKind, OrderReferences } from './references.repo.ts';

/** A line as the person typed it. */
export interface DraftLine {
  id?: string | undefined;
  productId: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  note: string | null;
  /** Of an order under way: the line is done, so its product may have gone out of use since. */
  finished?: boolean | undefined;
}

/** The parts of an order that decide about its amounts. */
export interface Draft {
  partyId: string;
  warehouseId: string;
  orderDate: string;
  shipping: string;
  lines: readonly DraftLine[];
}

interface LineTerms {
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

/** Which party an order has, and what its field is called in the input. */
const party = {
  purchase: { kind: 'vendor', field: 'vendorId' },
  sale: { kind: 'customer', field: 'customerId' },
} as const;

/** What fits into the database's amounts (14 digits before the point), with room for tax. */
const largestLine = amount('1000000000000');

/** Reads what a draft refers to. */
export function referencesOf(scope: TenantScope, kind: OrderKind, draft: Draft): Promise<OrderReferences> {
  return readReferencesOfDraft(scope.db, kind, {
    partyId: draft.partyId,
    warehouseId: draft.warehouseId,
    productIds: [...new Set(draft.lines.map((line) => line.productId))],
    day: draft.orderDate,
  });
}

/**
 * Looks at everything an order refers to as it is now: vendor or customer, warehouse and the products it still wants must
 * be there and in use. `lines` gives the products by the places of their lines.
 */
export function problemsOfReferences(
  kind: OrderKind,
  lines: readonly Pick<DraftLine, 'productId' | 'finished'>[],
  references: OrderReferences,
): RefusedField[] {
  const { kind: noun, field } = party[kind];
  const { party: given, warehouse } = references;
  const fields: RefusedField[] = [];
  if (!given) fields.push(refusedField(field, 'record.not_found', { kind: noun }));
  else if (given.status !== 'active')
    fields.push(refusedField(field, 'order.party_not_active', { name: given.name, status: given.status }));
  if (!warehouse) fields.push(refusedField('warehouseId', 'record.not_found', { kind: 'warehouse' }));
  else if (warehouse.status !== 'active')
    fields.push(
      refusedField('warehouseId', 'order.warehouse_not_active', {
        name: warehouse.name,
        status: warehouse.status,
      }),
    );
  const products = productsOf(references);
  lines.forEach((line, index) => {
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
 * @throws INVALID naming every field that refers to nothing or to something no longer in use, whose state GST needs and
 * is missing, or that makes an amount too large.
 */
export function priced(kind: OrderKind, draft: Draft, references: OrderReferences): PricedOrder {
  const { fields, lines, taxation } = examined(kind, draft, references);
  refuseFields(fields);
  const order = orderAmounts(lines, draft.shipping, taxation);
  refuseFields(tooLarge(order));
  return { ...order, interState: taxation.interState, shipping: money(amount(draft.shipping)) };
}

/** What keeps a draft from being priced as things are now, by its fields. */
export function problemsOfDraft(kind: OrderKind, draft: Draft, references: OrderReferences): RefusedField[] {
  return examined(kind, draft, references).fields;
}

function examined(kind: OrderKind, draft: Draft, references: OrderReferences) {
  const fields = problemsOfReferences(kind, draft.lines, references);
  const products = productsOf(references);
  const taxation = taxationOf(kind, references);
  if (taxation.unknownState) fields.push(unknownState(kind, taxation.unknownState, references));
  const ids = new Set<string>();
  const lines = draft.lines.map((line, index) => {
    const path = `lines.${String(index)}`;
    const id = line.id ?? uuidv7();
    if (ids.has(id)) fields.push(refusedField(`${path}.id`, 'order.line_id_twice'));
    ids.add(id);
    const product = products.get(line.productId);
    if (product) fields.push(...lineProblems(path, line, product, draft.orderDate));
    return termsOf({ ...line, id }, index, product, taxation);
  });
  return { fields, lines, taxation };
}

function productsOf({ products }: OrderReferences): Map<string, ProductReference> {
  return new Map(products.map((product) => [product.id, product]));
}

/** How an order is taxed, by what it refers to. */
export function taxationOf(
  kind: OrderKind,
  { party: given, warehouse, own }: OrderReferences,
): OrderTaxation {
  if (!given || !warehouse) return { interState: false, taxed: false, unknownState: null };
  return kind === 'purchase'
    ? purchaseTaxation(given, warehouse.stateCode, own)
    : saleTaxation(given, given.shipTo, own, warehouse.stateCode);
}

function unknownState(
  kind: OrderKind,
  whose: 'party' | 'warehouse',
  { party: given, warehouse }: OrderReferences,
): RefusedField {
  const name = (whose === 'party' ? given?.name : warehouse?.name) ?? '';
  return refusedField(whose === 'party' ? party[kind].field : 'warehouseId', 'order.state_not_known', {
    name,
  });
}

function lineProblems(path: string, line: DraftLine, product: ProductReference, day: string): RefusedField[] {
  const fields: RefusedField[] = [];
  if (product.taxPercent === null) {
    const { sku, taxClass } = product;
    fields.push(refusedField(`${path}.productId`, 'order.no_tax_rate', { sku, taxClass, day }));
  }
  const fraction = fractionOf(line.quantity, product.unit);
  if (fraction !== null) fields.push(refusedAt(`${path}.quantity`, fraction));
  if (amount(line.quantity).times(line.unitPrice).greaterThan(largestLine)) {
    fields.push(refusedField(`${path}.quantity`, 'order.line_too_large'));
  }
  return fields;
}

/** What no column can hold is refused while somebody can still mend it, by the name of what makes it so large. */
function tooLarge(order: OrderAmounts<LineTerms>): RefusedField[] {
  if ([order.total, order.subtotal].some((total) => total.greaterThan(largestTotal))) {
    return [refusedField('lines', 'order.lines_too_large')];
  }
  const beyond = (value: Amount, line: LineTerms) =>
    value.dividedBy(line.quantity).greaterThan(largestUnitCost);
  return order.lines.some((line) => line.tracked && beyond(line.net.plus(line.shippingShare), line))
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
