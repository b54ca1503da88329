import { v7 as uuidv7 } from 'uuid';
import type { FieldProblem } from '../../trpc/errors.contract.ts';
import { invalidField, Problem } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { amount, documentTotals, lineAmounts, money } from './amounts.service.ts';
import type { DocumentTotals, LineAmounts } from './amounts.service.ts';
import { readOrderReferences } from './order-references.repo.ts';
import type { OrderReferences, ProductReference } from './order-references.repo.ts';
import { purchaseTaxation, saleTaxation } from './place-of-supply.service.ts';
import type { Taxation } from './place-of-supply.service.ts';

export type { OrderReferences } from './order-references.repo.ts';

/** A line as the person typed it. */
export interface DraftLine {
  id?: string | undefined;
  productId: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  note: string | null;
}

/** The parts of an order that decide about its amounts. */
export interface Draft {
  partyId: string;
  warehouseId: string;
  orderDate: string;
  shipping: string;
  lines: readonly DraftLine[];
}

export interface PricedLine extends LineAmounts {
  id: string;
  lineNumber: number;
  productId: string;
  hsnCode: string;
  ordered: string;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  note: string | null;
  /** false for services. */
  tracked: boolean;
}

export interface PricedOrder extends DocumentTotals {
  interState: boolean;
  shipping: string;
  lines: PricedLine[];
}

/** Which party an order has, and what its field is called in the input. */
export type OrderKind = 'purchase' | 'sale';
const party = {
  purchase: { kind: 'vendor', field: 'vendorId' },
  sale: { kind: 'customer', field: 'customerId' },
} as const;

/** What fits into the database's amounts (14 digits before the point), with room for tax. */
const largestLine = amount('1000000000000');

/** What the header's amounts have digits for: numeric(16,2). */
const largestTotal = amount('99999999999999.99');

/** Reads what an order refers to. */
export function referencesOf(scope: TenantScope, kind: OrderKind, draft: Draft): Promise<OrderReferences> {
  return readOrderReferences(scope.db, party[kind].kind, {
    partyId: draft.partyId,
    warehouseId: draft.warehouseId,
    productIds: [...new Set(draft.lines.map((line) => line.productId))],
    day: draft.orderDate,
  });
}

/**
 * Prices an order: place of supply, rates of its day, amounts per line, totals.
 * @throws INVALID naming every field that refers to nothing, or to something no longer in use.
 */
export function priced(kind: OrderKind, draft: Draft, references: OrderReferences): PricedOrder {
  const fields = headerProblems(kind, references);
  const products = new Map(references.products.map((product) => [product.id, product]));
  const taxation = taxationOf(kind, references);
  const ids = new Set<string>();
  const lines = draft.lines.map((line, index) => {
    const path = `lines.${String(index)}`;
    const id = line.id ?? uuidv7();
    if (ids.has(id)) fields.push({ path: `${path}.id`, message: 'This line id is used twice.' });
    ids.add(id);
    const product = products.get(line.productId);
    fields.push(...lineProblems(path, line, product, draft.orderDate));
    return pricedLine({ ...line, id }, index, product, taxation);
  });
  const [first] = fields;
  if (first) throw new Problem('INVALID', first.message, { fields });
  const totals = documentTotals(lines, draft.shipping);
  if ([totals.total, totals.subtotal].some((total) => total.greaterThan(largestTotal))) {
    throw invalidField('lines', 'These lines come to more than one order can be booked with.');
  }
  return { ...totals, interState: taxation.interState, shipping: money(amount(draft.shipping)), lines };
}

function headerProblems(kind: OrderKind, { party: given, warehouse }: OrderReferences): FieldProblem[] {
  const { kind: noun, field } = party[kind];
  const fields: FieldProblem[] = [];
  if (!given) fields.push({ path: field, message: `This ${noun} does not exist.` });
  else if (given.status !== 'active')
    fields.push({ path: field, message: `${given.name} is ${given.status}: no new orders are possible.` });
  if (!warehouse) fields.push({ path: 'warehouseId', message: 'This warehouse does not exist.' });
  else if (warehouse.status !== 'active')
    fields.push({ path: 'warehouseId', message: `${warehouse.name} is ${warehouse.status}.` });
  return fields;
}

function taxationOf(kind: OrderKind, { party: given, warehouse, own }: OrderReferences): Taxation {
  if (!given || !warehouse) return { interState: false, taxed: false };
  return kind === 'purchase'
    ? purchaseTaxation(given, warehouse.stateCode, own)
    : saleTaxation(given, given.shipToState, own, warehouse.stateCode);
}

function lineProblems(
  path: string,
  line: DraftLine,
  product: ProductReference | undefined,
  day: string,
): FieldProblem[] {
  if (!product) return [{ path: `${path}.productId`, message: 'This product does not exist.' }];
  const fields: FieldProblem[] = [];
  if (product.status !== 'active') {
    fields.push({
      path: `${path}.productId`,
      message: `${product.sku} is ${product.status}: it can't be ordered.`,
    });
  }
  if (product.taxPercent === null) {
    fields.push({
      path: `${path}.productId`,
      message: `${product.sku} has the tax class ${product.taxClass}, which has no rate on ${day}.`,
    });
  }
  if (amount(line.quantity).times(line.unitPrice).greaterThan(largestLine)) {
    fields.push({ path: `${path}.quantity`, message: 'This line comes to more than can be booked.' });
  }
  return fields;
}

function pricedLine(
  line: DraftLine & { id: string },
  index: number,
  product: ProductReference | undefined,
  taxation: Taxation,
): PricedLine {
  const taxPercent = taxation.taxed ? (product?.taxPercent ?? '0') : '0';
  return {
    ...lineAmounts({ ...line, taxPercent }, taxation.interState),
    id: line.id,
    lineNumber: index + 1,
    productId: line.productId,
    hsnCode: product?.hsnCode ?? '',
    ordered: line.quantity,
    unitPrice: line.unitPrice,
    discountPercent: line.discountPercent,
    taxPercent,
    note: line.note,
    tracked: product?.kind !== 'service',
  };
}
