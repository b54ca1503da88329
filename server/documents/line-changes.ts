import { amount } from '../ground/decimals.contract.ts';
import { Problem, invalidField, refuseFields, refusedField } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import type { LineTerms } from './changed-lines.repo.ts';
import type { LineChanges } from './lines.contract.ts';

/**
 * Changes of lines, checked against the lines they name: each changed line has all its terms, and changes without
 * effect are dropped.
 */
export interface ResolvedChanges {
  set: LineTerms[];
  add: LineTerms[];
  remove: readonly string[];
  order: readonly string[] | undefined;
}

export const noChanges: LineChanges = { set: [], add: [], remove: [] };

/** The lines that changes name; no others are needed. */
export function namedLines({ set, add, remove }: LineChanges): string[] {
  return [...set.map(({ id }) => id), ...add.map(({ id }) => id), ...remove];
}

/**
 * Checks changes against the lines they name. A new line that exists already with the same terms is not new.
 * @throws INVALID naming the change that names no line of the order, or one twice; CONFLICT when the id of a new line
 * belongs to other terms
 */
export function resolvedChanges(changes: LineChanges, known: readonly LineTerms[]): ResolvedChanges {
  const byId = new Map(known.map((line) => [line.id, line]));
  refuseFields(problemsOf(changes, byId));
  const set = changes.set.flatMap((change) => {
    const line = byId.get(change.id);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const next = { ...line, ...given } as LineTerms;
    return line && sameTerms(line, next) ? [] : [next];
  });
  const add = changes.add.flatMap((line, index) => {
    const earlier = byId.get(line.id);
    if (!earlier) return [line];
    if (!sameTerms(earlier, line)) throw idsUsed([`lines.add.${String(index)}`]);
    return [];
  });
  return { set, add, remove: changes.remove, order: changes.order };
}

/** CONFLICT: the ids of new lines, at these places of the input, belong to others. */
export function idsUsed(places: readonly string[]): Problem {
  const fields = places.map((place) => refusedField(`${place}.id`, 'order.line_id_used'));
  return new Problem('CONFLICT', 'order.line_id_used', {}, { fields });
}

/** All lines after the changes, in their order. @throws INVALID when the new order of lines leaves some out */
export function changedLines(
  lines: readonly LineTerms[],
  { set, add, remove, order }: ResolvedChanges,
): LineTerms[] {
  const next = new Map(set.map((line) => [line.id, line]));
  const gone = new Set(remove);
  const kept = lines.filter(({ id }) => !gone.has(id)).map((line) => next.get(line.id) ?? line);
  const all = [...kept, ...add];
  requireWholeOrder(
    all.map(({ id }) => id),
    order,
  );
  if (!order) return all;
  const byId = new Map(all.map((line) => [line.id, line]));
  return order.flatMap((id) => byId.get(id) ?? []);
}

/** @throws INVALID when the new order of lines doesn't name every line once */
export function requireWholeOrder(ids: readonly string[], order: readonly string[] | undefined): void {
  if (!order) return;
  const named = new Set(order);
  if (named.size === order.length && named.size === ids.length && ids.every((id) => named.has(id))) return;
  throw invalidField('lines.order', 'order.lines_left_out');
}

/** Problems of lines by their places among `lines`, as the fields of the changes that caused them. */
export function placedProblems(
  problems: readonly RefusedField[],
  lines: readonly { id?: string | undefined }[],
  { set, add }: LineChanges,
): RefusedField[] {
  const places = new Map([
    ...set.map(({ id }, index) => [id, `lines.set.${String(index)}`] as const),
    ...add.map(({ id }, index) => [id, `lines.add.${String(index)}`] as const),
  ]);
  return problems.map((problem) => {
    const [list, index, ...field] = problem.path.split('.');
    const place = list === 'lines' ? places.get(lines[Number(index)]?.id ?? '') : undefined;
    return place === undefined ? problem : { ...problem, path: [place, ...field].join('.') };
  });
}

/** The trail's view of lines: those that differ, and whether the others are in another order. */
export function lineChangesOnRecord(before: readonly LineTerms[], after: readonly LineTerms[]) {
  const [was, is] = [before, after].map((lines) => new Map(lines.map((line) => [line.id, line])));
  const same = (line: LineTerms, other: LineTerms | undefined) =>
    other !== undefined && sameTerms(line, other);
  const staying = (lines: readonly LineTerms[], others: typeof was) =>
    lines.flatMap(({ id }) => (others?.has(id) ? [id] : []));
  const [old, now] = [staying(before, is), staying(after, was)];
  const reordered = old.some((id, index) => id !== now[index]) && { linesReordered: true };
  return {
    before: { lines: before.filter((line) => !same(line, is?.get(line.id))) },
    after: { lines: after.filter((line) => !same(line, was?.get(line.id))), ...reordered },
  };
}

function sameTerms(one: LineTerms, other: LineTerms): boolean {
  const decimals = ['quantity', 'unitPrice', 'discountPercent'] as const;
  return (
    one.productId === other.productId &&
    one.note === other.note &&
    decimals.every((field) => amount(one[field]).equals(other[field]))
  );
}

function problemsOf({ set, add, remove, order = [] }: LineChanges, known: ReadonlyMap<string, unknown>) {
  const seen = new Set<string>();
  const taken = (id: string) => seen.has(id) || !seen.add(id);
  const there = (id: string, path: string): RefusedField[] => {
    if (taken(id)) return [refusedField(path, 'order.line_twice')];
    return known.has(id) ? [] : [refusedField(path, 'order.line_not_found')];
  };
  return [
    ...set.flatMap(({ id }, index) => there(id, `lines.set.${String(index)}.id`)),
    ...remove.flatMap((id, index) => there(id, `lines.remove.${String(index)}`)),
    ...add.flatMap(({ id }, index) =>
      taken(id) ? [refusedField(`lines.add.${String(index)}.id`, 'order.line_id_twice')] : [],
    ),
    ...(new Set(order).size < order.length ? [refusedField('lines.order', 'order.lines_left_out')] : []),
  ];
}
