import { v7 as uuidv7 } from 'uuid';
import { inputHash } from '../../db/input-hash.ts';
import { invalidField, Problem } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { recordChange } from '../audit/record-change.ts';
import { money } from '../documents/amounts.service.ts';
import { financialYear, today } from '../documents/document-days.service.ts';
import { priced, referencesOf } from '../documents/pricing.service.ts';
import type { PricedOrder } from '../documents/pricing.service.ts';
import { findEarlier, insertDraft, replaceDraft } from './drafts.repo.ts';
import type { DraftHeader, DraftLineRow } from './drafts.repo.ts';
import { currentSalesOrder, lockedOrder, requirePossible } from './sales-order-record.ts';
import type { CreateSalesOrder, SalesOrder, UpdateSalesOrder } from './sales-orders.contract.ts';
import { readLines } from './sales-orders.repo.ts';
import type { LockedLine, LockedOrder } from './sales-orders.repo.ts';

type DraftInput = Omit<CreateSalesOrder, 'id' | 'orderDate'> & { orderDate: string };

/**
 * A new draft with its number. The same id with the same content again gives the order that is there.
 * @throws INVALID naming what doesn't exist or is no longer in use, CONFLICT when the id stands for something else.
 */
export async function createSalesOrder(scope: TenantScope, input: CreateSalesOrder): Promise<SalesOrder> {
  const { id = uuidv7(), ...content } = input;
  const draft = { ...content, orderDate: input.orderDate ?? today() };
  const contentHash = input.id === undefined ? null : inputHash(content);
  const [earlier, order] = await Promise.all([
    contentHash && findEarlier(scope.db, id),
    referencesOf(scope, 'sale', { ...draft, partyId: draft.customerId }),
  ]);
  if (earlier) return sameAgain(scope, id, earlier.contentHash, contentHash);
  requireDays(draft);
  const amounts = priced('sale', { ...draft, partyId: draft.customerId }, order);
  const soNumber = await insertDraft(scope.db, headerOf(id, draft, amounts), lineRows(amounts), {
    financialYear: financialYear(draft.orderDate),
    actor: scope.actor.name,
    contentHash,
  });
  const [record] = await Promise.all([
    currentSalesOrder(scope, id),
    recordChange(scope, {
      action: 'create',
      kind: 'sales_order',
      id,
      label: soNumber,
      after: { ...draft, total: money(amounts.total) },
    }),
  ]);
  return record;
}

async function sameAgain(
  scope: TenantScope,
  id: string,
  kept: Buffer | null,
  given: Buffer | null,
): Promise<SalesOrder> {
  const current = await currentSalesOrder(scope, id);
  if (kept !== null && given !== null && kept.equals(given)) return current;
  throw new Problem('CONFLICT', `This id is already ${current.soNumber}, with other contents.`, { current });
}

/** Changes a draft; fields left out stay, `lines` replaces all lines. Priced anew with the rates of its day. */
export async function updateSalesOrder(scope: TenantScope, input: UpdateSalesOrder): Promise<SalesOrder> {
  const { id, version, ...changes } = input;
  const order = await lockedOrder(scope, id);
  await requirePossible(scope, order, version, 'update');
  const before = draftOf(order, await readLines(scope.db, id));
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const draft: DraftInput = { ...before, ...given };
  requireDays(draft);
  const references = await referencesOf(scope, 'sale', { ...draft, partyId: draft.customerId });
  const amounts = priced('sale', { ...draft, partyId: draft.customerId }, references);
  await replaceDraft(scope.db, headerOf(id, draft, amounts), lineRows(amounts), scope.actor.name);
  const [record] = await Promise.all([
    currentSalesOrder(scope, id),
    recordChange(scope, {
      action: 'update',
      kind: 'sales_order',
      id,
      label: order.number,
      before: { ...before, total: order.total },
      after: { ...draft, total: money(amounts.total) },
    }),
  ]);
  return record;
}

function requireDays(draft: DraftInput): void {
  if (draft.promisedDate !== null && draft.promisedDate < draft.orderDate) {
    throw invalidField('promisedDate', 'The goods cannot be promised for a day before the order.');
  }
}

function draftOf(order: LockedOrder, lines: readonly LockedLine[]): DraftInput {
  return {
    customerId: order.customerId,
    warehouseId: order.warehouseId,
    orderDate: order.orderDate,
    promisedDate: order.promisedDate,
    shipping: order.shipping,
    customerReference: order.customerReference,
    notes: order.notes,
    lines: lines.map((line) => ({
      id: line.id,
      productId: line.productId,
      quantity: line.ordered,
      unitPrice: line.unitPrice,
      discountPercent: line.discountPercent,
      note: line.note,
    })),
  };
}

function headerOf(id: string, draft: DraftInput, amounts: PricedOrder): DraftHeader {
  return {
    id,
    customerId: draft.customerId,
    warehouseId: draft.warehouseId,
    orderDate: draft.orderDate,
    promisedDate: draft.promisedDate,
    customerReference: draft.customerReference,
    notes: draft.notes,
    interState: amounts.interState,
    subtotal: money(amounts.subtotal),
    discount: money(amounts.discount),
    tax: money(amounts.tax),
    shipping: amounts.shipping,
    total: money(amounts.total),
    lineCount: amounts.lines.length,
  };
}

function lineRows(amounts: PricedOrder): DraftLineRow[] {
  return amounts.lines.map((line) => ({
    id: line.id,
    line_number: line.lineNumber,
    product_id: line.productId,
    hsn_code: line.hsnCode,
    ordered: line.ordered,
    unit_price: line.unitPrice,
    discount_percent: line.discountPercent,
    discount: money(line.discount),
    tax_percent: line.taxPercent,
    net: money(line.net),
    cgst: money(line.cgst),
    sgst: money(line.sgst),
    igst: money(line.igst),
    note: line.note,
  }));
}
