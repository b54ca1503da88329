import { v7 as uuidv7 } from 'uuid';
import { inputHash } from '../db/input-hash.ts';
import { inOrder } from '../db/statement-order.ts';
import { recordChange } from './audit/record-change.ts';
import { invalidField, notFound, Problem, refuseFields } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { amount, quantity } from '../ground/decimals.contract.ts';
import { today } from '../ground/days.contract.ts';
import { financialYear } from '../ground/days.ts';
import type { LineTerms } from './changed-lines.repo.ts';
import { changeByLine } from './drafts-by-line.ts';
import { findEarlier, insertDraft, replaceDraft } from './drafts.repo.ts';
import type { DraftToKeep } from './drafts.repo.ts';
import { keptGoods, keptLines, keptTotals } from './kept-amounts.ts';
import type { OrderDescription, OrderDraft, OrderTypes } from './order-description.ts';
import {
  changedLines,
  idsUsed,
  namedLines,
  noChanges,
  placedProblems,
  resolvedChanges,
  lineChangesOnRecord,
} from './line-changes.ts';
import type { LineChanges, LinesAsked } from './lines.contract.ts';
import { isProvisional, provisionalName } from './numbers.contract.ts';
import { perform } from './perform.ts';
import type { RecordVersion } from './perform.ts';
import { countedLines, priced, problemsOfDraft, referencesOf } from './pricing.ts';
import { draftOf, namedBy } from './repricing.ts';
import type { Draft, DraftLine, OrderReferences } from './pricing.ts';

/** A draft as it arrives; without a day, today's is taken. */
type NewDraft<D extends OrderDraft> = Omit<D, 'orderDate'> & {
  id?: string | undefined;
  orderDate?: string | undefined;
  answerLines?: LinesAsked | undefined;
};

/** The parts of a typed draft that decide its amounts. */
function decidingParts<T extends OrderTypes>(description: OrderDescription<T>, draft: OrderDraft): Draft {
  const lines = draft.lines.map((line) => ({ unitPrice: '0', discountPercent: '0', ...line }));
  return { shipping: '0', ...draft, ...namedBy(description, draft), lines };
}

/** A draft with its amounts, as it is stored. @throws INVALID naming what can't be stored */
function toKeep<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  id: string,
  { draft, deciding, references }: { draft: OrderDraft; deciding: Draft; references: OrderReferences },
): DraftToKeep {
  const { side } = description;
  const kept = { id, draft: { ...draft }, actor: scope.actor.name };
  if (side === null) {
    return { ...kept, totals: null, lines: keptGoods(countedLines(description, deciding, references)) };
  }
  const amounts = priced({ ...description, side }, deciding, references);
  return { ...kept, totals: keptTotals(amounts), lines: keptLines(amounts) };
}

/** The trail's view of a draft: the typed fields and the amounts; lines without prices have none. */
function told(draft: object, total: string | undefined): object {
  if (total !== undefined) return { ...draft, total };
  const { lines } = draft as { lines?: readonly DraftLine[] };
  if (!lines) return draft;
  return { ...draft, lines: lines.map(({ unitPrice: _price, discountPercent: _percent, ...line }) => line) };
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
  const { kind, tables } = description;
  const { id = uuidv7(), ...content } = input;
  const { answerLines, ...typed } = content;
  const draft = draftFrom<T['draft']>({ ...typed, orderDate: input.orderDate ?? today() });
  const deciding = decidingParts(description, draft);
  const contentHash = input.id === undefined ? null : inputHash(content);
  const [earlier, references] = await inOrder(
    () => contentHash && findEarlier(scope.db, tables, id),
    () => referencesOf(scope, description, deciding),
  );
  if (earlier) {
    const current = await description.current(scope, id, answerLines);
    if (contentHash && earlier.contentHash?.equals(contentHash)) return current;
    throw new Problem('CONFLICT', 'order.id_used', { number: earlier.number }, { current });
  }
  description.requireDays(draft);
  const kept = toKeep(description, scope, id, { draft, deciding, references });
  const [written, , record] = await inOrder(
    () => insertDraft(scope.db, tables, kept, contentHash),
    () =>
      recordChange(scope, {
        action: 'create',
        kind,
        id,
        label: provisionalName(id),
        after: told(draft, kept.totals?.total),
      }),
    () => description.current(scope, id, answerLines),
  );
  requireWritten(kept, written);
  return record;
}

/** @throws CONFLICT naming the lines whose ids belong to other documents */
function requireWritten({ lines }: DraftToKeep, written: readonly string[]): void {
  const ids = new Set(written);
  const used = lines.flatMap(({ id }, index) => (ids.has(id) ? [] : [`lines.${String(index)}`]));
  if (used.length > 0) throw idsUsed(used);
}

/** A change of a draft as it arrives; omitted fields stay. */
type DraftChange = RecordVersion & { lines?: OrderDraft['lines'] | LineChanges | undefined };

/**
 * Changes a draft; omitted fields stay. `lines` as a list replaces all lines, else it changes those that it names. A
 * change of party, warehouse or day prices everything anew with the rates of that day; a draft that was issued before
 * and moves into another financial year takes a number of that year.
 */
export async function updateDraft<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  { id, version, answerLines, lines = noChanges, ...changes }: DraftChange,
): Promise<T['order']> {
  const { side, tables } = description;
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const byLine = 'set' in lines ? lines : undefined;
  const input = { id, version, answerLines };
  return perform(
    description,
    scope,
    'update',
    input,
    async ({ order }) => {
      if (!byLine || side === null || isPricedAnew(description, order, given)) {
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
      const changed = await changeByLine({ ...description, side }, scope, {
        id,
        before: { ...decidingParts(description, before), lines: before.lines },
        draft: decidingParts(description, draft),
        columns: Object.fromEntries(columns) as Record<string, unknown>,
        changes: byLine,
        total: totalOf(order) ?? '0',
      });
      const header = ({ lines: _lines, ...rest }: OrderDraft) => rest;
      return {
        kept: true,
        before: { ...header(before), ...changed.before },
        after: { ...header(draft), ...changed.after },
      };
    },
    byLine && { only: namedLines(byLine) },
  );
}

/**
 * Whether every line takes part in a change: by whatever decides the tax of all, or because a part of some line was
 * cancelled.
 */
function isPricedAnew<T extends OrderTypes>(
  { kind, tables }: OrderDescription<T>,
  order: T['locked'],
  given: Readonly<Record<string, unknown>>,
): boolean {
  const deciding = [...(kind.party ? [kind.party.field] : []), ...tables.warehouses, 'orderDate'];
  return (
    deciding.some((field) => field in given && given[field] !== storedField(order, field)) ||
    !amount((order as { cancelledValue?: string }).cancelledValue ?? '0').isZero()
  );
}

/** Prices the whole draft with the given fields and stores it. */
async function replaceWhole<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  order: T['locked'],
  given: object,
  lines: OrderDraft['lines'] | LineChanges,
) {
  const { side, tables } = description;
  const before = typedDraft(description, order);
  const next =
    'set' in lines ? changedLines(before.lines, resolvedChanges(lines, before.lines)) : withIds(lines);
  if (next.length === 0) throw invalidField('lines', 'input.no_lines');
  const draft: T['draft'] = { ...before, ...given, lines: next };
  description.requireDays(draft);
  const deciding = decidingParts(description, draft);
  const references = await referencesOf(scope, description, deciding);
  if ('set' in lines && side !== null) {
    const problems = problemsOfDraft({ ...description, side }, deciding, references);
    refuseFields(placedProblems(problems, next, lines));
  }
  const toBeKept = toKeep(description, scope, order.id, { draft, deciding, references });
  requireWritten(toBeKept, await replaceDraft(scope.db, tables, toBeKept));
  const moved = financialYear(draft.orderDate) !== financialYear(order.orderDate);
  const changed = lineChangesOnRecord(before.lines, next);
  return {
    kept: true,
    movedTo: moved && !isProvisional(order.number) ? draft.orderDate : undefined,
    before: told({ ...before, ...changed.before }, totalOf(order)),
    after: told({ ...draft, ...changed.after }, toBeKept.totals?.total),
  } as const;
}

/** The amounts of a stored document of a kind with prices. */
function totalOf(order: object): string | undefined {
  return (order as { total?: string }).total;
}

function withIds(lines: OrderDraft['lines']): LineTerms[] {
  return lines.map((line) => ({ unitPrice: '0', discountPercent: '0', ...line, id: line.id ?? uuidv7() }));
}

/** A field of a stored order, by a name that only the description of its kind knows. */
function storedField(order: object, field: string): unknown {
  return Reflect.get(order, field);
}

/** A draft made of its typed fields: the description of its kind names them all, which no type can check. */
function draftFrom<D extends OrderDraft>(fields: object): D {
  return fields as D;
}

/** The typed fields of a stored order. */
function typedDraft<T extends OrderTypes>(
  description: OrderDescription<T>,
  order: T['locked'],
): T['draft'] & { lines: LineTerms[] } {
  const typed = Object.keys(description.tables.header).map((field) => [field, storedField(order, field)]);
  const { shipping, lines: ordered } = draftOf(description, order);
  // An order that a revision sent back for approval may already have a cancelled part on a line: only the rest is
  // wanted.
  const lines = ordered.flatMap((line, index) => {
    const wanted = amount(line.quantity).minus(order.lines[index]?.cancelled ?? 0);
    return wanted.isZero() ? [] : [{ ...line, quantity: quantity(wanted) }];
  });
  const header = Object.fromEntries(typed) as object;
  return draftFrom(description.side === null ? { ...header, lines } : { ...header, shipping, lines });
}
