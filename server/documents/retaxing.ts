import { v7 as uuidv7 } from 'uuid';
import { amount, quantity } from '../ground/decimals.contract.ts';
import { refuseFields } from '../ground/problem.ts';
import { taxOn, totalsOf } from './amounts.contract.ts';
import type { LockedPriced } from './order-description.ts';
import { problemsOfDraft, taxationOf, tooLarge } from './pricing.ts';
import type { OrderReferences, PricedOrder } from './pricing.ts';
import type { Referring, Side } from './references.repo.ts';
import { draftOf } from './repricing.ts';
import { isTaxedAs, portionOf, productsById, settledOn } from './revising.ts';
import type { LineUnderWay, RevisedLine, RevisedOrder } from './revising.ts';

/** An order whose open quantities are now taxed differently. */
export interface Retaxed<Locked> {
  /** As it is now. */
  order: Locked;
  /** The lines that took over the open quantities of others, by those others' ids. */
  takenOver: ReadonlyMap<string, string>;
  /** What changed, for the trail. */
  details: { before: object; after: object };
}

type PricedLine = PricedOrder['lines'][number];
type Piece = RevisedLine & { amounts: PricedLine };

/**
 * The order with its open quantities taxed by today's rules: everything else of each line, and everything done or
 * cancelled, stays to the paisa. The open quantity of a begun line moves to a line of its own. null if nothing open is
 * taxed differently.
 * @throws INVALID naming the obstacle, such as a party whose state is no longer known
 */
export function retaxedOrder(
  description: Referring & { side: Side },
  order: LockedPriced,
  lines: readonly LineUnderWay[],
  references: OrderReferences,
): RevisedOrder | null {
  const draft = draftOf(description, order);
  const taxation = taxationOf(description.side, draft, references);
  const products = productsById(references);
  const isOpen = (line: LineUnderWay) => settledOn(line).lessThan(line.ordered);
  const changes = (line: LineUnderWay) => isOpen(line) && !isTaxedAs(line, taxation, products);
  if (!lines.some(changes)) return null;
  const open = { ...draft, lines: draft.lines.filter((_, index) => lines[index] && isOpen(lines[index])) };
  const problems = problemsOfDraft(description, open, references);
  refuseFields(problems.map((one) => (one.path.startsWith('lines.') ? { ...one, path: 'lines' } : one)));

  const taxedNow = (line: PricedLine, productId: string): PricedLine => {
    const product = products.get(productId);
    const taxPercent = (taxation.taxed && product?.taxPercent) || '0';
    const value = line.net.plus(line.shippingShare);
    const hsnCode = product?.hsnCode ?? line.hsnCode;
    return { ...line, hsnCode, taxPercent, ...taxOn(value, taxPercent, taxation) };
  };
  const standing: Piece[] = [];
  const takingOver: Piece[] = [];
  for (const line of lines) {
    const { id, productId, unitPrice, discountPercent, note, done, cancelled } = line;
    const terms = { productId, unitPrice, discountPercent, note };
    const before = { ...terms, id, quantity: line.ordered, done, cancelled, takesOver: null };
    const whole = portionOf(line, line.ordered);
    if (!changes(line)) {
      standing.push({ ...before, amounts: whole });
      continue;
    }
    const settled = settledOn(line);
    if (settled.isZero()) {
      standing.push({ ...before, amounts: taxedNow(whole, productId) });
      continue;
    }
    const ended = quantity(settled);
    const kept = portionOf(line, ended);
    const rest = {
      ...terms,
      id: uuidv7(),
      quantity: quantity(amount(line.ordered).minus(settled)),
      done: '0',
      cancelled: '0',
      takesOver: id,
    };
    const left = {
      ...whole,
      id: rest.id,
      quantity: rest.quantity,
      gross: whole.gross.minus(kept.gross),
      discount: whole.discount.minus(kept.discount),
      net: whole.net.minus(kept.net),
      shippingShare: whole.shippingShare.minus(kept.shippingShare),
    };
    standing.push({ ...before, quantity: ended, amounts: kept });
    takingOver.push({ ...rest, amounts: taxedNow(left, productId) });
  }
  const all = [...standing, ...takingOver];
  const numbered = all.map((piece, index) => ({ ...piece.amounts, lineNumber: index + 1 }));
  const amounts = { ...totalsOf(numbered, amount(order.shipping)), interState: taxation.interState };
  refuseFields(tooLarge(amounts));
  return { lines: all.map(({ amounts: _amounts, ...line }) => line), amounts };
}

/** The lines that took over the open quantities of others, by those others' ids. */
export function successorLines(lines: readonly RevisedLine[]): ReadonlyMap<string, string> {
  return new Map(lines.flatMap(({ id, takesOver }) => (takesOver === null ? [] : [[takesOver, id]])));
}

/** What came or went, on the lines that took over from those it names. */
export function onCurrentLines<Input extends { lines: readonly { lineId: string }[] }>(
  input: Input,
  takenOver: ReadonlyMap<string, string>,
): Input {
  const lines = input.lines.map((line) => ({ ...line, lineId: takenOver.get(line.lineId) ?? line.lineId }));
  return { ...input, lines };
}

/** The outcome of a receipt or shipment, telling the trail what the new taxes changed as well. */
export function alsoRetaxed<Told extends { before?: object; after?: object }>(
  outcome: Told,
  { before, after }: Retaxed<unknown>['details'],
): Told {
  return { ...outcome, before: { ...outcome.before, ...before }, after: { ...outcome.after, ...after } };
}
