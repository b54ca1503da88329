import { v7 as uuidv7 } from 'uuid';
import { Decimal } from 'decimal.js';
import { amount, money, quantity, sum, zero } from '../ground/decimals.contract.ts';
import type { Amount } from '../ground/decimals.contract.ts';
import { shareOfLine, totalsOf } from './amounts.contract.ts';
import type { LockedOrderLine, LockedPriced } from './order-description.ts';
import { invalidField, refuseFields, refusedField } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import type { OrderTaxation } from './place-of-supply.contract.ts';
import { priced, problemsOfDraft, problemsOfReferences, taxationOf, tooLarge } from './pricing.ts';
import type { Draft, DraftLine, OrderReferences, PricedOrder } from './pricing.ts';
import type { ProductReference, Referring, Side } from './references.repo.ts';
import { draftOf } from './repricing.ts';
import type { LineRevision } from './revising.contract.ts';

/** A line of an order under way, with its received or shipped quantity. */
export type LineUnderWay = LockedOrderLine & { done: string };

export interface RevisedLine extends DraftLine {
  id: string;
  productId: string;
  /** What was done and cancelled stays with its own line. */
  done: string;
  cancelled: string;
  /** The line whose open quantity this one takes over, on other terms; null for all earlier lines. */
  takesOver: string | null;
}

/** The result of a revision of an order. */
export interface RevisedOrder {
  lines: RevisedLine[];
  /** Its amounts, line by line. */
  amounts: PricedOrder;
}

/** A line of the revised order, which keeps its amounts or is to be priced. */
type Piece = RevisedLine & { kept: PricedLine | null };
type PricedLine = PricedOrder['lines'][number];

/**
 * Builds the revised order from the one under way, with the parties, products and rates of now. Everything received,
 * shipped or cancelled keeps its amounts: price, tax and share of shipping. If the open quantity of such a line now has
 * different amounts, the line ends with its settled quantity and a new one takes over the rest. The remaining shipping
 * is spread over open quantities; without any, nobody owes it.
 * @throws INVALID naming the place of a revision in the input, when one is the cause; `lines` for other lines
 */
export function revisedOrder(
  description: Referring & { side: Side },
  order: LockedPriced,
  lines: readonly LineUnderWay[],
  revisions: readonly PlacedRevision[],
  references: OrderReferences,
): RevisedOrder {
  const draft = draftOf(description, order);
  const taxation = taxationOf(description.side, draft, references);
  const byId = new Map(revisions.map((revision) => [revision.lineId, revision]));
  const products = productsById(references);
  const pieces = lines.map((line) =>
    piecesOf(line, byId.get(line.id), (terms) => goesOnAs(line, terms, order, taxation, products)),
  );
  const all = [
    ...pieces.map(([standing]) => standing),
    ...pieces.flatMap(([, takingOver]) => takingOver ?? []),
  ];
  const kept = all.flatMap((piece) => piece.kept ?? []);
  const rest = amount(order.shipping).minus(sum(kept.map((line) => line.shippingShare)));
  const open = all.filter((piece) => piece.kept === null);
  const now = openPriced(
    description,
    { ...draft, shipping: money(rest), lines: open },
    references,
    revisions,
  );
  const fresh = new Map(now?.lines.map((line) => [line.id, line]));
  const priced = all.map((piece, index): PricedLine => {
    const line = piece.kept ?? fresh.get(piece.id);
    if (!line) throw new Error('A line of the revision was not priced.');
    return { ...line, lineNumber: index + 1 };
  });
  const amounts = {
    ...totalsOf(priced, now ? amount(order.shipping) : sum(kept.map((line) => line.shippingShare))),
    interState: now?.interState ?? order.interState,
  };
  refuseFields(tooLarge(amounts));
  return {
    lines: all.map(({ kept: _kept, ...line }) => ({ ...line, finished: openOf(line).isZero() })),
    amounts,
  };
}

/** A line after the revision, and the one that takes over its open quantity on other terms. */
function piecesOf(
  line: LineUnderWay,
  revision: LineRevision | undefined,
  goesOn: (terms: LineRevision) => boolean,
): [Piece, Piece?] {
  const { id, productId, note, done, cancelled } = line;
  const terms = { lineId: id, ...termsAsked(line, revision) };
  const { unitPrice, discountPercent } = terms;
  const settled = settledOn(line);
  const open = amount(terms.quantity).minus(settled);
  const standing = { id, productId, note, done, cancelled, takesOver: null };
  if (settled.isZero() || (open.greaterThan(0) && revision && goesOn(terms))) {
    return [{ ...standing, ...terms, kept: null }];
  }
  const { unitPrice: oldPrice, discountPercent: oldDiscount } = line;
  const before = { ...standing, unitPrice: oldPrice, discountPercent: oldDiscount };
  if (!open.greaterThan(0) || (!revision && goesOn(terms))) {
    return [{ ...before, quantity: terms.quantity, kept: portionOf(line, terms.quantity) }];
  }
  const rest = { id: uuidv7(), productId, note, quantity: quantity(open), unitPrice, discountPercent };
  const ended = quantity(settled);
  return [
    { ...before, quantity: ended, kept: portionOf(line, ended) },
    { ...rest, done: '0', cancelled: '0', takesOver: id, kept: null },
  ];
}

function termsAsked(line: LineUnderWay, revision: LineRevision | undefined) {
  return {
    quantity: revision?.quantity ?? line.ordered,
    unitPrice: revision?.unitPrice ?? line.unitPrice,
    discountPercent: revision?.discountPercent ?? line.discountPercent,
  };
}

/**
 * Whether the open quantity of a line costs what the settled part did: by price and discount, by its tax as the parties
 * and rates are now, and, if the quantity changes, by its share of the shipping.
 */
function goesOnAs(
  line: LineUnderWay,
  terms: LineRevision,
  { shipping }: { shipping: string },
  taxation: OrderTaxation,
  products: ProductsById,
): boolean {
  const same = (asked: string | undefined, kept: string) => asked === undefined || amount(asked).equals(kept);
  if (
    !isTaxedAs(line, taxation, products) ||
    !same(terms.unitPrice, line.unitPrice) ||
    !same(terms.discountPercent, line.discountPercent)
  ) {
    return false;
  }
  return same(terms.quantity, line.ordered) || amount(shipping).isZero();
}

export type ProductsById = ReadonlyMap<string, ProductReference>;

/** An order may have thousands of lines: their products are looked up, not searched for line by line. */
export function productsById({ products }: OrderReferences): ProductsById {
  return new Map(products.map((product) => [product.id, product]));
}

/** Whether a line's tax agrees with the parties and rates of now. */
export function isTaxedAs(line: LineUnderWay, taxation: OrderTaxation, products: ProductsById): boolean {
  const percent = taxation.taxed ? products.get(line.productId)?.taxPercent : '0';
  if (taxation.unknownState !== null || percent == null || !amount(percent).equals(line.taxPercent)) {
    return false;
  }
  return taxation.interState ? amount(line.cgst).isZero() : amount(line.igst).isZero();
}

/** The amounts of this quantity of a line; a quantity above the ordered one bears no more shipping. */
export function portionOf(line: LineUnderWay, wanted: string): PricedLine {
  const part = (value: string) => shareOfLine(amount(value), amount(line.ordered), zero, amount(wanted));
  const [discount, net] = [part(line.discount), part(line.net)];
  return {
    ...line,
    quantity: wanted,
    gross: net.plus(discount),
    discount,
    net,
    cgst: part(line.cgst),
    sgst: part(line.sgst),
    igst: part(line.igst),
    shippingShare: Decimal.min(part(line.shippingShare), line.shippingShare),
  };
}

/** The changes of one line, and its place in the input. */
export type PlacedRevision = LineRevision & { place: number };

/**
 * The real changes of a revision: an amount typed again unchanged, and a line without any change, are left out.
 * @throws INVALID naming the revision that goes below what was done, or names no line of the order; also when nothing
 * is left and no day changes either
 */
export function changing(
  lines: readonly LineUnderWay[],
  revisions: readonly LineRevision[],
  dayChanges: boolean,
): PlacedRevision[] {
  refuseFields(problemsOf(lines, revisions));
  const byId = new Map(lines.map((line) => [line.id, line]));
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

/** Prices the open quantities; null without any. Everything the order refers to is checked in both cases. */
function openPriced(
  description: Referring & { side: Side },
  draft: Draft & { lines: readonly RevisedLine[] },
  references: OrderReferences,
  revisions: readonly PlacedRevision[],
): PricedOrder | null {
  if (draft.lines.length === 0) {
    refuseFields(problemsOfReferences(description, draft, references));
    return null;
  }
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

function differs(given: string | undefined, kept: string | undefined): boolean {
  return given !== undefined && !amount(given).equals(kept ?? '0');
}

/** The part of a line that can't be undone: done or cancelled. */
export function settledOn({ done, cancelled }: { done: string; cancelled: string }): Amount {
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
    if (revision.quantity !== undefined && settled.greaterThan(revision.quantity)) {
      return [refusedField(`${path}.quantity`, 'order.line_settled', { quantity: settled.toFixed() })];
    }
    // What was done keeps its terms: without an open quantity they can't change anything.
    if (amount(revision.quantity ?? line.ordered).greaterThan(settled)) return [];
    return (['unitPrice', 'discountPercent'] as const).flatMap((field) =>
      differs(revision[field], line[field])
        ? [refusedField(`${path}.${field}`, 'order.nothing_changed')]
        : [],
    );
  });
}

/** The open quantity of a revised line; never below zero. */
export function openOf(line: RevisedLine): Amount {
  const open = amount(line.quantity).minus(settledOn(line));
  return open.isNegative() ? amount(0) : open;
}

/** The lines that a revision changes: those it names, and those whose open quantity moves to a new line. */
export function touchedBy(revisions: readonly PlacedRevision[], lines: readonly RevisedLine[]): Set<string> {
  const takenOver = lines.flatMap((line) => line.takesOver ?? []);
  return new Set([...revisions.map(({ lineId }) => lineId), ...takenOver]);
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
