import { v7 as uuidv7 } from 'uuid';
import { inputHash } from '../db/input-hash.ts';
import { inOrder } from '../db/statement-order.ts';
import { recordChange } from './audit/record-change.ts';
import { Problem } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { amount, money, quantity } from '../ground/decimals.contract.ts';
import { financialYear, today } from '../ground/days.ts';
import { findEarlier, insertDraft, replaceDraft } from './drafts.repo.ts';
import type { DraftToKeep } from './drafts.repo.ts';
import { keptLines, keptTotals } from './kept-amounts.ts';
import type { OrderDescription, OrderDraft, OrderTypes } from './order-description.ts';
import { isProvisional, provisionalName } from './numbers.contract.ts';
import { perform } from './perform.ts';
import type { RecordVersion } from './perform.ts';
import { priced, referencesOf } from './pricing.ts';
import { draftOf } from './repricing.ts';
import type { Draft, PricedOrder } from './pricing.ts';

/** A draft as it arrives: without a day it is of today. */
type NewDraft<D extends OrderDraft> = Omit<D, 'orderDate'> & {
  id?: string | undefined;
  orderDate?: string | undefined;
};

/** The parts of a typed draft that decide about its amounts. */
function decidingParts(draft: OrderDraft, partyField: string): Draft {
  return { ...draft, partyId: (draft as unknown as Record<string, string>)[partyField] ?? '' };
}

function toKeep(scope: TenantScope, id: string, draft: OrderDraft, amounts: PricedOrder): DraftToKeep {
  const totals = keptTotals(amounts);
  return { id, draft: { ...draft }, totals, lines: keptLines(amounts), actor: scope.actor.name };
}

/**
 * A new draft, under a provisional name until it is issued. The same id with the same content again returns the
 * existing order.
 * @throws INVALID naming what doesn't exist or is no longer in use, CONFLICT when the id belongs to something else.
 */
export async function createDraft<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  input: NewDraft<T['draft']>,
): Promise<T['order']> {
  const { kind, side, tables, partyField } = description;
  const { id = uuidv7(), ...content } = input;
  const draft = { ...content, orderDate: input.orderDate ?? today() } as unknown as T['draft'];
  const deciding = decidingParts(draft, partyField);
  const contentHash = input.id === undefined ? null : inputHash(content);
  const [earlier, references] = await inOrder(
    () => contentHash && findEarlier(scope.db, tables, id),
    () => referencesOf(scope, side, deciding),
  );
  if (earlier) {
    const current = await description.current(scope, id);
    if (contentHash && earlier.contentHash?.equals(contentHash)) return current;
    throw new Problem('CONFLICT', 'order.id_used', { number: earlier.number }, { current });
  }
  description.requireDays(draft);
  const amounts = priced(side, deciding, references);
  const [, , record] = await inOrder(
    () => insertDraft(scope.db, tables, toKeep(scope, id, draft, amounts), contentHash),
    () =>
      recordChange(scope, {
        action: 'create',
        kind,
        id,
        label: provisionalName(id),
        after: { ...draft, total: money(amounts.total) },
      }),
    () => description.current(scope, id),
  );
  return record;
}

/**
 * Changes a draft; fields left out stay, `lines` replaces all lines. Priced anew with the rates of its day; one that moves
 * into another financial year after it was issued before takes a number of that year.
 */
export async function updateDraft<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  { id, version, ...changes }: RecordVersion & object,
): Promise<T['order']> {
  const { side, tables, partyField } = description;
  return perform(description, scope, 'update', { id, version }, async ({ order }) => {
    const before = typedDraft(description, order);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const draft: T['draft'] = { ...before, ...given };
    description.requireDays(draft);
    const deciding = decidingParts(draft, partyField);
    const amounts = priced(side, deciding, await referencesOf(scope, side, deciding));
    await replaceDraft(scope.db, tables, toKeep(scope, id, draft, amounts));
    const moved = financialYear(draft.orderDate) !== financialYear(order.orderDate);
    return {
      kept: true,
      movedTo: moved && !isProvisional(order.number) ? draft.orderDate : undefined,
      before: { ...before, total: order.total },
      after: { ...draft, total: money(amounts.total) },
    };
  });
}

/** What a person typed of a kept order. */
function typedDraft<T extends OrderTypes>(
  { tables, partyField }: OrderDescription<T>,
  order: T['locked'],
): T['draft'] {
  const kept = order as unknown as Readonly<Record<string, unknown>>;
  const typed = Object.keys(tables.header).map((field) => [field, kept[field]]);
  const { shipping, lines: ordered } = draftOf(order, String(kept[partyField]));
  // An order that a revision has sent back for approval may have cancelled a part of a line before: only the rest is wanted.
  const lines = ordered.flatMap((line, index) => {
    const wanted = amount(line.quantity).minus(order.lines[index]?.cancelled ?? 0);
    return wanted.isZero() ? [] : [{ ...line, quantity: quantity(wanted) }];
  });
  return { ...(Object.fromEntries(typed) as object), shipping, lines: [...lines] } as unknown as T['draft'];
}
