import { v7 as uuidv7 } from 'uuid';
import { inputHash } from '../../db/input-hash.ts';
import { invalidField, Problem } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { recordChange } from '../audit/record-change.ts';
import { allocate, amount, money } from '../documents/amounts.service.ts';
import { financialYear, today } from '../documents/document-days.service.ts';
import { priced, referencesOf } from '../documents/pricing.service.ts';
import type { PricedOrder } from '../documents/pricing.service.ts';
import { findEarlier, insertDraft, replaceDraft } from './drafts.repo.ts';
import type { DraftHeader, DraftLineRow } from './drafts.repo.ts';
import { currentPurchaseOrder, lockedOrder, requirePossible } from './purchase-order-record.ts';
import type { CreatePurchaseOrder, PurchaseOrder, UpdatePurchaseOrder } from './purchase-orders.contract.ts';
import type { LockedOrder } from './purchase-orders.repo.ts';

type DraftInput = Omit<CreatePurchaseOrder, 'id' | 'orderDate'> & { orderDate: string };

/**
 * A new draft with its number. The same id with the same content again gives the order that is there.
 * @throws INVALID naming what doesn't exist or is no longer in use, CONFLICT when the id stands for something else.
 */
export async function createPurchaseOrder(
  scope: TenantScope,
  input: CreatePurchaseOrder,
): Promise<PurchaseOrder> {
  const { id = uuidv7(), ...content } = input;
  const draft = { ...content, orderDate: input.orderDate ?? today() };
  const contentHash = input.id === undefined ? null : inputHash(content);
  const [earlier, order] = await Promise.all([
    contentHash && findEarlier(scope.db, id),
    referencesOf(scope, 'purchase', { ...draft, partyId: draft.vendorId }),
  ]);
  if (earlier) return sameAgain(scope, id, earlier.contentHash, contentHash);
  requireDays(draft);
  const amounts = priced('purchase', { ...draft, partyId: draft.vendorId }, order);
  const poNumber = await insertDraft(scope.db, headerOf(id, draft, amounts), lineRows(amounts), {
    financialYear: financialYear(draft.orderDate),
    actor: scope.actor.name,
    contentHash,
  });
  const [record] = await Promise.all([
    currentPurchaseOrder(scope, id),
    recordChange(scope, {
      action: 'create',
      kind: 'purchase_order',
      id,
      label: poNumber,
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
): Promise<PurchaseOrder> {
  const current = await currentPurchaseOrder(scope, id);
  if (kept !== null && given !== null && kept.equals(given)) return current;
  throw new Problem('CONFLICT', `This id is already ${current.poNumber}, with other contents.`, { current });
}

/** Changes a draft; fields left out stay, `lines` replaces all lines. Priced anew with the rates of its day. */
export async function updatePurchaseOrder(
  scope: TenantScope,
  input: UpdatePurchaseOrder,
): Promise<PurchaseOrder> {
  const { id, version, ...changes } = input;
  const order = await lockedOrder(scope, id);
  await requirePossible(scope, order, version, 'update');
  const before = draftOf(order);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const draft: DraftInput = { ...before, ...given };
  requireDays(draft);
  const references = await referencesOf(scope, 'purchase', { ...draft, partyId: draft.vendorId });
  const amounts = priced('purchase', { ...draft, partyId: draft.vendorId }, references);
  await replaceDraft(scope.db, headerOf(id, draft, amounts), lineRows(amounts), scope.actor.name);
  const [record] = await Promise.all([
    currentPurchaseOrder(scope, id),
    recordChange(scope, {
      action: 'update',
      kind: 'purchase_order',
      id,
      label: order.number,
      before: { ...before, total: order.total },
      after: { ...draft, total: money(amounts.total) },
    }),
  ]);
  return record;
}

function requireDays(draft: DraftInput): void {
  if (draft.expectedDate !== null && draft.expectedDate < draft.orderDate) {
    throw invalidField('expectedDate', 'The goods cannot be expected before they are ordered.');
  }
}

function draftOf(order: LockedOrder): DraftInput {
  return {
    vendorId: order.vendorId,
    warehouseId: order.warehouseId,
    orderDate: order.orderDate,
    expectedDate: order.expectedDate,
    shipping: order.shipping,
    vendorReference: order.vendorReference,
    notes: order.notes,
    lines: order.lines.map((line) => ({
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
    vendorId: draft.vendorId,
    warehouseId: draft.warehouseId,
    orderDate: draft.orderDate,
    expectedDate: draft.expectedDate,
    vendorReference: draft.vendorReference,
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

/** Shipping belongs to the goods, by net value; it goes to services only when there is nothing else. */
function shippingShares({ shipping, lines }: PricedOrder): Map<string, string> {
  const goods = lines.filter((line) => line.tracked);
  const carriers = goods.length > 0 ? goods : lines;
  const shares = allocate(
    amount(shipping),
    carriers.map((line) => line.net),
  );
  return new Map(carriers.map((line, index) => [line.id, money(shares[index] ?? amount(0))]));
}

function lineRows(amounts: PricedOrder): DraftLineRow[] {
  const shares = shippingShares(amounts);
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
    shipping_share: shares.get(line.id) ?? '0.00',
    note: line.note,
  }));
}
