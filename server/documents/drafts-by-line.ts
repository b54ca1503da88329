import { inOrder } from '../db/statement-order.ts';
import { money, amount } from '../ground/decimals.contract.ts';
import { invalidField, refuseFields } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { changeTypedHeader, idsOfLines, reprice, writeLines } from './changed-lines.repo.ts';
import type { LineTerms, Repriced } from './changed-lines.repo.ts';
import {
  idsUsed,
  placedProblems,
  requireWholeOrder,
  resolvedChanges,
  lineChangesOnRecord,
} from './line-changes.ts';
import type { ResolvedChanges } from './line-changes.ts';
import { mostLines } from './lines.contract.ts';
import type { LineChanges } from './lines.contract.ts';
import type { OrderTypes, PricedDescription } from './order-description.ts';
import { problemsOfDraft, referencesOf, taxationOf } from './pricing.ts';
import type { Draft } from './pricing.ts';

/** A change of a locked draft that names some of its lines, or none. */
export interface ChangeByLine {
  id: string;
  /** The earlier terms of it, with the lines that are named. */
  before: Omit<Draft, 'lines'> & { lines: readonly LineTerms[] };
  /** The same with the changes of the header. */
  draft: Draft;
  /** The header's columns that are given. */
  columns: Readonly<Record<string, unknown>>;
  changes: LineChanges;
  total: string;
}

/**
 * Changes a draft without reading the lines that aren't named. Lines are priced only if an amount may change, by one
 * pass inside the database and to the paisa as `priced` does; lines whose amounts stay are not written.
 * @throws INVALID naming the change at fault, CONFLICT when the id of a new line belongs to another
 */
export async function changeByLine<T extends OrderTypes>(
  description: PricedDescription<T>,
  scope: TenantScope,
  { id, before, draft, columns, changes, total }: ChangeByLine,
): Promise<{ before: object; after: object }> {
  const { side, tables } = description;
  const resolved = resolvedChanges(changes, before.lines);
  const { set, add, remove, order } = resolved;
  const isRepriced =
    [set, add, remove].some(({ length }) => length > 0) || !amount(draft.shipping).equals(before.shipping);
  if (!isRepriced && !order) {
    await changeTypedHeader(scope.db, tables, id, scope.actor.name, columns);
    return { before: {}, after: {} };
  }
  const lines = [...set, ...add];
  const [references, ids] = await inOrder(
    () => referencesOf(scope, description, { ...draft, lines }),
    () => order && idsOfLines(scope.db, tables, id),
  );
  refuseFields(placedProblems(problemsOfDraft(description, { ...draft, lines }, references), lines, changes));
  if (ids) requireWholeOrder(idsAfter(ids, resolved), order);
  const [taken, priced] = await inOrder(
    () => writeLines(scope.db, tables, id, resolved),
    () =>
      reprice(
        scope.db,
        tables,
        id,
        scope.actor.name,
        {
          ...taxationOf(side, draft, references),
          day: draft.orderDate,
          shipping: money(amount(draft.shipping)),
        },
        columns,
      ),
  );
  const [other] = taken;
  if (other !== undefined) {
    throw idsUsed([`lines.add.${String(changes.add.findIndex((line) => line.id === other))}`]);
  }
  requireRoom(priced);
  const touched = new Set([...set.map((line) => line.id), ...remove]);
  const told = lineChangesOnRecord(
    before.lines.filter((line) => touched.has(line.id)),
    lines,
  );
  const moved = ids && order && idsAfter(ids, resolved).some((line, place) => line !== order[place]);
  return {
    before: { ...told.before, total },
    after: { ...told.after, ...(moved && { linesReordered: true }), total: priced.total },
  };
}

function idsAfter(ids: readonly string[], { add, remove }: ResolvedChanges): string[] {
  const gone = new Set(remove);
  return [...ids.filter((id) => !gone.has(id)), ...add.map(({ id }) => id)];
}

/**
 * Refuses amounts too large for their columns while the person can still correct them, naming the field that makes them
 * so large.
 */
function requireRoom({ fits, beyond, lineCount }: Repriced): void {
  if (lineCount === 0) throw invalidField('lines', 'input.no_lines');
  if (lineCount > mostLines) throw invalidField('lines', 'input.most_entries', { most: mostLines });
  if (!fits) throw invalidField('lines', 'order.lines_too_large');
  if (beyond) throw invalidField('shipping', 'order.shipping_too_large');
}
