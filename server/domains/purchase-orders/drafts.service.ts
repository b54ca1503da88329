import { inOrder } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { inputHash } from '../../db/input-hash.ts';
import { invalidField, Problem } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../audit/record-change.ts';
import { money } from '../../ground/decimals.contract.ts';
import { financialYear, requireNearDays, today } from '../../ground/days.ts';
import { keptLines, keptTotals } from '../../documents/kept-amounts.ts';
import { draftOf as orderDraftOf, perform } from '../../documents/perform.ts';
import { priced, referencesOf } from '../../documents/pricing.ts';
import type { PricedOrder } from '../../documents/pricing.ts';
import { findEarlier, insertDraft, replaceDraft } from './drafts.repo.ts';
import type { DraftHeader } from './drafts.repo.ts';
import { currentPurchaseOrder, purchaseOrders } from './purchase-order-record.ts';
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
  const [earlier, order] = await inOrder(
    () => contentHash && findEarlier(scope.db, id),
    () => referencesOf(scope, 'purchase', { ...draft, partyId: draft.vendorId }),
  );
  if (earlier) return sameAgain(scope, id, earlier.contentHash, contentHash);
  requireDays(draft);
  const amounts = priced('purchase', { ...draft, partyId: draft.vendorId }, order);
  const poNumber = await insertDraft(scope.db, headerOf(id, draft, amounts), keptLines(amounts), {
    financialYear: financialYear(draft.orderDate),
    actor: scope.actor.name,
    contentHash,
  });
  const [record] = await inOrder(
    () => currentPurchaseOrder(scope, id),
    () =>
      recordChange(scope, {
        action: 'create',
        kind: 'purchase_order',
        id,
        label: poNumber,
        after: { ...draft, total: money(amounts.total) },
      }),
  );
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

/**
 * Changes a draft; fields left out stay, `lines` replaces all lines. Priced anew with the rates of its day; one that moves
 * into another financial year takes a number of that year.
 */
export async function updatePurchaseOrder(
  scope: TenantScope,
  input: UpdatePurchaseOrder,
): Promise<PurchaseOrder> {
  const { id, version, ...changes } = input;
  return perform(purchaseOrders, scope, 'update', { id, version }, async ({ order }) => {
    const before = draftOf(order);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const draft: DraftInput = { ...before, ...given };
    requireDays(draft);
    const references = await referencesOf(scope, 'purchase', { ...draft, partyId: draft.vendorId });
    const amounts = priced('purchase', { ...draft, partyId: draft.vendorId }, references);
    const year = financialYear(draft.orderDate);
    const moved = year !== financialYear(order.orderDate);
    const number = await replaceDraft(scope.db, headerOf(id, draft, amounts), keptLines(amounts), {
      actor: scope.actor.name,
      numberOf: moved ? year : null,
    });
    const [record] = await inOrder(
      () => currentPurchaseOrder(scope, id),
      () =>
        recordChange(scope, {
          action: 'update',
          kind: 'purchase_order',
          id,
          label: number,
          before: { ...before, total: order.total, ...(moved && { number: order.number }) },
          after: { ...draft, total: money(amounts.total), ...(moved && { number }) },
        }),
    );
    return record;
  });
}

function requireDays(draft: DraftInput): void {
  requireNearDays({ orderDate: draft.orderDate, expectedDate: draft.expectedDate });
  if (draft.expectedDate !== null && draft.expectedDate < draft.orderDate) {
    throw invalidField('expectedDate', 'The goods cannot be expected before they are ordered.');
  }
}

function draftOf(order: LockedOrder): DraftInput {
  const { partyId: vendorId, ...rest } = orderDraftOf(order, order.vendorId);
  const { expectedDate, vendorReference, notes } = order;
  return { vendorId, ...rest, expectedDate, vendorReference, notes, lines: [...rest.lines] };
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
    ...keptTotals(amounts),
  };
}
