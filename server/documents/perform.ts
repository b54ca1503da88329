import { inOrder } from '../db/statement-order.ts';
import { notFound } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { shippingShares } from './amounts.contract.ts';
import { money, amount } from '../ground/decimals.contract.ts';
import { priced, problemsOfReferences, refuse } from './pricing.ts';
import type { Draft, OrderKind, PricedOrder } from './pricing.ts';
import { readReferencesOfOrder } from './references.repo.ts';
import { requireCommand, requireVersion } from './states.ts';
import type { StateTable } from './states.ts';

export interface RecordVersion {
  id: string;
  version: number;
}

/** A line of a locked order, as far as all orders have it. */
export interface LockedOrderLine {
  id: string;
  lineNumber: number;
  productId: string;
  tracked: boolean;
  hsnCode: string;
  ordered: string;
  cancelled: string;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  net: string;
  cgst: string;
  sgst: string;
  igst: string;
  note: string | null;
}

/** An order locked for the rest of the transaction, as far as all orders have it. */
export interface LockedDocument<Status extends string> {
  id: string;
  number: string;
  status: Status;
  version: number;
  warehouseId: string;
  orderDate: string;
  interState: boolean;
  shipping: string;
  total: string;
  cancelledValue: string;
  lines: LockedOrderLine[];
}

/** What the commands of all orders need to know about one kind of them. */
export interface OrderDescription<
  Status extends string,
  Command extends string,
  Locked extends LockedDocument<Status>,
  Order,
> {
  kind: OrderKind;
  noun: string;
  states: StateTable<Status, Command>;
  /** The commands by which an order goes on: whatever it refers to is looked at again then, and must be in use. */
  goesOn: readonly Command[];
  partyOf(order: Locked): string;
  lock(scope: TenantScope, id: string): Promise<Locked | undefined>;
  /** The whole order as it is now. @throws NOT_FOUND */
  current(scope: TenantScope, id: string): Promise<Order>;
}

/** What a command works with: the locked order, and what it comes to by the rates and the parties of now. */
export interface Performing<Locked> {
  order: Locked;
  repriced: () => PricedOrder;
}

/**
 * One command on an order: locks it, looks whether version and state allow the command and whether everything the order
 * refers to is still in use, then does the command's own work. `again` tells a repeated request, which changes nothing.
 * @throws NOT_FOUND; CONFLICT on an older version; NOT_ALLOWED_IN_STATE; INVALID naming what is no longer in use
 */
export async function perform<
  Status extends string,
  Command extends string,
  Locked extends LockedDocument<Status>,
  Order,
>(
  description: OrderDescription<Status, Command, Locked, Order>,
  scope: TenantScope,
  command: NoInfer<Command>,
  input: RecordVersion,
  work: (performing: Performing<Locked>) => Promise<Order>,
  again?: (order: Locked) => Promise<boolean>,
): Promise<Order> {
  const { kind } = description;
  const looksAgain = description.goesOn.includes(command);
  const [order, references] = await inOrder(
    () => description.lock(scope, input.id),
    () => (looksAgain ? readReferencesOfOrder(scope.db, kind, input.id) : undefined),
  );
  if (!order) throw notFound(description.noun);
  if (again && (await again(order))) return description.current(scope, order.id);
  await requireVersion(order, input.version, () => description.current(scope, order.id));
  requireCommand(description.states, command, order);
  if (references) refuse(problemsOfReferences(kind, order.lines, references));
  return work({
    order,
    repriced() {
      if (!references) throw new Error(`${command} does not look at the references again.`);
      return priced(kind, draftOf(order, description.partyOf(order)), references);
    },
  });
}

/** The parts of a kept order that decide about its amounts. */
export function draftOf(order: LockedDocument<string>, partyId: string): Draft {
  const { warehouseId, orderDate, shipping } = order;
  const lines = order.lines.map(({ id, productId, ordered, unitPrice, discountPercent, note }) => ({
    id,
    productId,
    quantity: ordered,
    unitPrice,
    discountPercent,
    note,
  }));
  return { partyId, warehouseId, orderDate, shipping, lines };
}

/** Whether an order comes to something else now than what is kept. */
export function isRepriced(order: LockedDocument<string>, now: PricedOrder): boolean {
  if (order.interState !== now.interState || order.total !== money(now.total)) return true;
  return order.lines.some((line, index) => {
    const other = now.lines[index];
    return (
      !other ||
      line.hsnCode !== other.hsnCode ||
      !amount(line.taxPercent).equals(other.taxPercent) ||
      !amount(line.cgst).equals(other.cgst) ||
      !amount(line.sgst).equals(other.sgst) ||
      !amount(line.igst).equals(other.igst)
    );
  });
}

/** The lines of an order with what each carries of its shipping. */
export function withShippingShares<Line extends { tracked: boolean; net: string }>(
  lines: readonly Line[],
  shipping: string,
): (Line & { shippingShare: string })[] {
  const shares = shippingShares(lines, amount(shipping));
  return lines.map((line, index) => ({ ...line, shippingShare: money(shares[index] ?? amount(0)) }));
}
