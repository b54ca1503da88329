import { v7 as uuidv7 } from 'uuid';
import { amount, quantity } from '../ground/decimals.contract.ts';
import type { Amount } from '../ground/decimals.contract.ts';
import type { LockedOrderLine } from './order-description.ts';
import { invalidField, refuseFields, refusedField } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import { priced, problemsOfDraft } from './pricing.ts';
import type { Draft, DraftLine, OrderReferences, PricedOrder } from './pricing.ts';
import type { Referring, Side } from './references.repo.ts';
import type { LineRevision } from './revising.contract.ts';

/** A line of an order under way, with what was received or shipped of it. */
export type LineUnderWay = LockedOrderLine & { done: string };

export interface RevisedLine extends DraftLine {
  id: string;
  productId: string;
  /** What was done and cancelled stays with the line it was done on. */
  done: string;
  cancelled: string;
  /** The line that this one takes over what is open of, at another price; null for all lines that were there. */
  takesOver: string | null;
}

/**
 * The lines of an order as a revision makes them. Where something was done or cancelled on a line whose price changes, the
 * line ends with that and a new one takes over what is open: what was done keeps its price.
 */
export function revisedLines(
  lines: readonly LineUnderWay[],
  revisions: readonly LineRevision[],
): RevisedLine[] {
  const byId = new Map(revisions.map((revision) => [revision.lineId, revision]));
  const takingOver: RevisedLine[] = [];
  const standing = lines.map((line): RevisedLine => {
    const revision = byId.get(line.id);
    const kept = keptLine(line);
    if (!revision) return kept;
    const wanted = revision.quantity ?? line.ordered;
    const unitPrice = revision.unitPrice ?? line.unitPrice;
    const discountPercent = revision.discountPercent ?? line.discountPercent;
    const settled = settledOn(line);
    const sameTerms =
      amount(unitPrice).equals(line.unitPrice) && amount(discountPercent).equals(line.discountPercent);
    const open = amount(wanted).minus(settled);
    if (sameTerms || settled.isZero()) return { ...kept, quantity: wanted, unitPrice, discountPercent };
    if (!open.greaterThan(0)) return { ...kept, quantity: wanted };
    takingOver.push({
      ...kept,
      id: uuidv7(),
      quantity: quantity(open),
      unitPrice,
      discountPercent,
      done: '0',
      cancelled: '0',
      takesOver: line.id,
    });
    return { ...kept, quantity: quantity(settled) };
  });
  return [...standing, ...takingOver].map((line) => ({ ...line, finished: openOf(line).isZero() }));
}

/** What is changed on one line, and its place in the input. */
export type PlacedRevision = LineRevision & { place: number };

/**
 * What of a revision really changes something: an amount typed again as it is, and a line without any, are none.
 * @throws INVALID naming the revision that goes below what was done, or names no line of the order; also where nothing is
 * left and no day changes either
 */
export function changing(
  lines: readonly LineUnderWay[],
  revisions: readonly LineRevision[],
  dayChanges: boolean,
): PlacedRevision[] {
  refuseFields(problemsOf(lines, revisions));
  const byId = new Map(lines.map((line) => [line.id, line]));
  const differs = (given: string | undefined, kept: string | undefined) =>
    given !== undefined && !amount(given).equals(kept ?? '0');
  const placed = revisions.map((revision, place) => ({ ...revision, place }));
  const effective = placed.filter(({ lineId, quantity: wanted, unitPrice, discountPercent }) => {
    const line = byId.get(lineId);
    return (
      differs(wanted, line?.ordered) ||
      differs(unitPrice, line?.unitPrice) ||
      differs(discountPercent, line?.discountPercent)
    );
  });
  if (effective.length === 0 && !dayChanges) {
    throw invalidField('lines', 'order.nothing_changed');
  }
  return effective;
}

/**
 * Prices an order as it is revised.
 * @throws INVALID naming the place of a revision in the input, when one is the cause; `lines` for other lines
 */
export function pricedRevision(
  description: Referring & { side: Side },
  draft: Draft & { lines: readonly RevisedLine[] },
  references: OrderReferences,
  revisions: readonly PlacedRevision[],
): PricedOrder {
  const places = new Map(revisions.map(({ lineId, place }) => [lineId, place]));
  const blamed = problemsOfDraft(description, draft, references).map((problem) => {
    const [list, index, ...field] = problem.path.split('.');
    const line = draft.lines[Number(index)];
    if (list !== 'lines' || !line) return problem;
    const place = places.get(line.takesOver ?? line.id);
    return { ...problem, path: place === undefined ? 'lines' : ['lines', String(place), ...field].join('.') };
  });
  refuseFields(blamed);
  return priced(description, draft, references);
}

function keptLine(line: LineUnderWay): RevisedLine {
  const { id, productId, unitPrice, discountPercent, note, done, cancelled } = line;
  const shared = { id, productId, unitPrice, discountPercent, note, done, cancelled };
  return { ...shared, quantity: line.ordered, takesOver: null };
}

/** What can't be taken back of a line: done or cancelled. */
function settledOn({ done, cancelled }: { done: string; cancelled: string }): Amount {
  return amount(done).plus(cancelled);
}

function problemsOf(lines: readonly LineUnderWay[], revisions: readonly LineRevision[]): RefusedField[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const seen = new Set<string>();
  return revisions.flatMap((revision, index): RefusedField[] => {
    const path = `lines.${String(index)}`;
    const line = byId.get(revision.lineId);
    if (!line) return [refusedField(`${path}.lineId`, 'order.line_not_found')];
    if (seen.has(line.id)) return [refusedField(`${path}.lineId`, 'order.line_twice')];
    seen.add(line.id);
    const settled = settledOn(line);
    if (revision.quantity === undefined || !settled.greaterThan(revision.quantity)) return [];
    return [refusedField(`${path}.quantity`, 'order.line_settled', { quantity: settled.toFixed() })];
  });
}

/** What is open of a revised line; never below zero. */
export function openOf(line: RevisedLine): Amount {
  const open = amount(line.quantity).minus(settledOn(line));
  return open.isNegative() ? amount(0) : open;
}

/** The terms of the lines that changed, for the audit trail. */
export function termsOf(lines: readonly (RevisedLine | LineUnderWay)[], ids: ReadonlySet<string>) {
  return lines
    .filter((line) => ids.has(line.id) || ('takesOver' in line && line.takesOver !== null))
    .map((line) => ({
      productId: line.productId,
      quantity: 'quantity' in line ? line.quantity : line.ordered,
      unitPrice: line.unitPrice,
      discountPercent: line.discountPercent,
    }));
}
