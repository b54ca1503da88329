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
import { currentSalesOrder, salesOrders } from './sales-order-record.ts';
import type { CreateSalesOrder, SalesOrder, UpdateSalesOrder } from './sales-orders.contract.ts';
import type { LockedOrder } from './sales-orders.repo.ts';

type DraftInput = Omit<CreateSalesOrder, 'id' | 'orderDate'> & { orderDate: string };

/**
 * A new draft with its number. The same id with the same content again gives the order that is there.
 * @throws INVALID naming what doesn't exist or is no longer in use, CONFLICT when the id stands for something else.
 */
export async function createSalesOrder(scope: TenantScope, input: CreateSalesOrder): Promise<SalesOrder> {
  const { id = uuidv7(), ...content } = input;
  const draft = { ...content, orderDate: input.orderDate ?? today() };
  const contentHash = input.id === undefined ? null : inputHash(content);
  const [earlier, order] = await inOrder(
    () => contentHash && findEarlier(scope.db, id),
    () => referencesOf(scope, 'sale', { ...draft, partyId: draft.customerId }),
  );
  if (earlier) return sameAgain(scope, id, earlier.contentHash, contentHash);
  requireDays(draft);
  const amounts = priced('sale', { ...draft, partyId: draft.customerId }, order);
  const soNumber = await insertDraft(scope.db, headerOf(id, draft, amounts), keptLines(amounts), {
    financialYear: financialYear(draft.orderDate),
    actor: scope.actor.name,
    contentHash,
  });
  const [record] = await inOrder(
    () => currentSalesOrder(scope, id),
    () =>
      recordChange(scope, {
        action: 'create',
        kind: 'sales_order',
        id,
        label: soNumber,
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
): Promise<SalesOrder> {
  const current = await currentSalesOrder(scope, id);
  if (kept !== null && given !== null && kept.equals(given)) return current;
  throw new Problem('CONFLICT', `This id is already ${current.soNumber}, with other contents.`, { current });
}

/**
 * Changes a draft; fields left out stay, `lines` replaces all lines. Priced anew with the rates of its day; one that moves
 * into another financial year takes a number of that year.
 */
export async function updateSalesOrder(scope: TenantScope, input: UpdateSalesOrder): Promise<SalesOrder> {
  const { id, version, ...changes } = input;
  return perform(salesOrders, scope, 'update', { id, version }, async ({ order }) => {
    const before = draftOf(order);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const draft: DraftInput = { ...before, ...given };
    requireDays(draft);
    const references = await referencesOf(scope, 'sale', { ...draft, partyId: draft.customerId });
    const amounts = priced('sale', { ...draft, partyId: draft.customerId }, references);
    const year = financialYear(draft.orderDate);
    const moved = year !== financialYear(order.orderDate);
    const number = await replaceDraft(scope.db, headerOf(id, draft, amounts), keptLines(amounts), {
      actor: scope.actor.name,
      numberOf: moved ? year : null,
    });
    const [record] = await inOrder(
      () => currentSalesOrder(scope, id),
      () =>
        recordChange(scope, {
          action: 'update',
          kind: 'sales_order',
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
  requireNearDays({ orderDate: draft.orderDate, promisedDate: draft.promisedDate });
  if (draft.promisedDate !== null && draft.promisedDate < draft.orderDate) {
    throw invalidField('promisedDate', 'The goods cannot be promised for a day before the order.');
  }
}

function draftOf(order: LockedOrder): DraftInput {
  const { partyId: customerId, ...rest } = orderDraftOf(order, order.customerId);
  const { promisedDate, customerReference, notes } = order;
  return { customerId, ...rest, promisedDate, customerReference, notes, lines: [...rest.lines] };
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
    ...keptTotals(amounts),
  };
}
