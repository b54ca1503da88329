import { v7 as uuidv7 } from 'uuid';
import { inputHash } from '../db/input-hash.ts';
import { inOrder } from '../db/statement-order.ts';
import { recordChange } from './audit/record-change.ts';
import { invalidField, notFound, Problem, refuseFields } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { amount, money, quantity } from '../ground/decimals.contract.ts';
import { financialYear, today } from '../ground/days.ts';
import type { LineTerms } from './changed-lines.repo.ts';
import { changeByLine } from './drafts-by-line.ts';
import { findEarlier, insertDraft, replaceDraft } from './drafts.repo.ts';
import type { DraftToKeep } from './drafts.repo.ts';
import { keptLines, keptTotals } from './kept-amounts.ts';
import type { OrderDescription, OrderDraft, OrderTypes } from './order-description.ts';
import {
  changedLines,
  namedLines,
  noChanges,
  placedProblems,
  resolvedChanges,
  toldOfLines,
} from './line-changes.ts';
import type { LineChanges, LinesAsked } from './lines.contract.ts';
import { isProvisional, provisionalName } from './numbers.contract.ts';
import { perform } from './perform.ts';
import type { RecordVersion } from './perform.ts';
import { priced, problemsOfDraft, referencesOf } from './pricing.ts';
import { draftOf } from './repricing.ts';
import type { Draft, DraftLine, PricedOrder } from './pricing.ts';

/** A draft as it arrives: without a day it is of today. */
type NewDraft<D extends OrderDraft> = Omit<D, 'orderDate'> & {
  id?: string | undefined;
  orderDate?: string | undefined;
  answerLines?: LinesAsked | undefined;
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
  const { answerLines, ...typed } = content;
  const draft = { ...typed, orderDate: input.orderDate ?? today() } as unknown as T['draft'];
  const deciding = decidingParts(draft, partyField);
  const contentHash = input.id === undefined ? null : inputHash(content);
  const [earlier, references] = await inOrder(
    () => contentHash && findEarlier(scope.db, tables, id),
    () => referencesOf(scope, side, deciding),
  );
  if (earlier) {
    const current = await description.current(scope, id, answerLines);
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
    () => description.current(scope, id, answerLines),
  );
  return record;
}

/** A change of a draft as it arrives; what is left out stays. */
type DraftChange = RecordVersion & { lines?: readonly DraftLine[] | LineChanges | undefined };

/**
 * Changes a draft; fields left out stay. `lines` as a list replaces all lines, else those change that it names. Where
 * party, warehouse or day change, everything is priced anew with the rates of that day; one that moves into another
 * financial year after it was issued before takes a number of that year.
 */
export async function updateDraft<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  { id, version, answerLines, lines = noChanges, ...changes }: DraftChange,
): Promise<T['order']> {
  const { tables, partyField } = description;
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const byLine = 'set' in lines ? lines : undefined;
  const input = { id, version, answerLines };
  return perform(
    description,
    scope,
    'update',
    input,
    async ({ order }) => {
      if (!byLine || isPricedAnew(description, order, given)) {
        const whole = byLine ? await description.lock(scope, id) : order;
        if (!whole) throw notFound(description.kind);
        return replaceWhole(description, scope, whole, given, lines);
      }
      const before = typedDraft(description, order);
      const draft: T['draft'] = { ...before, ...given };
      description.requireDays(draft);
      const columns = Object.entries(tables.header).flatMap(([field, column]) =>
        field in given ? [[column, given[field]]] : [],
      );
      const told = await changeByLine(description, scope, {
        id,
        before: { ...decidingParts(before, partyField), lines: before.lines },
        draft: decidingParts(draft, partyField),
        columns: Object.fromEntries(columns) as Record<string, unknown>,
        changes: byLine,
        total: order.total,
      });
      const header = ({ lines: _lines, ...rest }: OrderDraft) => rest;
      return {
        kept: true,
        before: { ...header(before), ...told.before },
        after: { ...header(draft), ...told.after },
      };
    },
    byLine && { only: namedLines(byLine) },
  );
}

/** Whether every line takes part in a change: by what decides about the tax of all, or by lines of which a part was cancelled. */
function isPricedAnew<T extends OrderTypes>(
  { partyField }: OrderDescription<T>,
  order: T['locked'],
  given: Readonly<Record<string, unknown>>,
): boolean {
  const kept = order as unknown as Readonly<Record<string, unknown>>;
  const deciding = [partyField, 'warehouseId', 'orderDate'];
  return (
    deciding.some((field) => field in given && given[field] !== kept[field]) ||
    !amount(order.cancelledValue).isZero()
  );
}

/** Prices the whole draft with what is given and keeps it. */
async function replaceWhole<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  order: T['locked'],
  given: object,
  lines: readonly DraftLine[] | LineChanges,
) {
  const { side, tables, partyField } = description;
  const before = typedDraft(description, order);
  const next =
    'set' in lines ? changedLines(before.lines, resolvedChanges(lines, before.lines)) : withIds(lines);
  if (next.length === 0) throw invalidField('lines', 'input.no_lines');
  const draft: T['draft'] = { ...before, ...given, lines: next };
  description.requireDays(draft);
  const deciding = decidingParts(draft, partyField);
  const references = await referencesOf(scope, side, deciding);
  if ('set' in lines) refuseFields(placedProblems(problemsOfDraft(side, deciding, references), next, lines));
  const amounts = priced(side, deciding, references);
  await replaceDraft(scope.db, tables, toKeep(scope, order.id, draft, amounts));
  const moved = financialYear(draft.orderDate) !== financialYear(order.orderDate);
  const told = toldOfLines(before.lines, next);
  return {
    kept: true,
    movedTo: moved && !isProvisional(order.number) ? draft.orderDate : undefined,
    before: { ...before, ...told.before, total: order.total },
    after: { ...draft, ...told.after, total: money(amounts.total) },
  } as const;
}

function withIds(lines: readonly DraftLine[]): LineTerms[] {
  return lines.map((line) => ({ ...line, id: line.id ?? uuidv7() }));
}

/** What a person typed of a kept order. */
function typedDraft<T extends OrderTypes>(
  { tables, partyField }: OrderDescription<T>,
  order: T['locked'],
): T['draft'] & { lines: LineTerms[] } {
  const kept = order as unknown as Readonly<Record<string, unknown>>;
  const typed = Object.keys(tables.header).map((field) => [field, kept[field]]);
  const { shipping, lines: ordered } = draftOf(order, String(kept[partyField]));
  // An order that a revision has sent back for approval may have cancelled a part of a line before: only the rest is wanted.
  const lines = ordered.flatMap((line, index) => {
    const wanted = amount(line.quantity).minus(order.lines[index]?.cancelled ?? 0);
    return wanted.isZero() ? [] : [{ ...line, quantity: quantity(wanted) }];
  });
  return { ...(Object.fromEntries(typed) as object), shipping, lines } as unknown as T['draft'] & {
    lines: LineTerms[];
  };
}
