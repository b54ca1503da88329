import { requirePermission } from '../permissions/abilities.ts';
import { inOrder } from '../db/statement-order.ts';
import { recordChange } from './audit/record-change.ts';
import { notFound, Problem, refuseFields } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import type { CommandDescription } from './document-kind.contract.ts';
import { changeHeader } from './headers.repo.ts';
import type { LinesAsked } from './lines.contract.ts';
import { isProvisional } from './numbers.contract.ts';
import { numberAtTheEnd } from './numbering.ts';
import type { Numbering } from './numbering.ts';
import type { LockedDocument, OrderDescription, OrderTypes } from './order-description.ts';
import { openQuantity } from './progress.contract.ts';
import { priced, problemsOfReferences } from './pricing.ts';
import type { Draft, OrderReferences, PricedOrder } from './pricing.ts';
import { readReferencesOfOrder } from './references.repo.ts';
import { draftOf } from './repricing.ts';
import { requireCommand, requireVersion } from './states.ts';

export interface RecordVersion {
  id: string;
  version: number;
  /** The lines that the answer holds; all by default. */
  answerLines?: LinesAsked | undefined;
}

/** The input of a command's own work: the locked order, and its amounts by today's rates and parties. */
export interface Performing<Locked> {
  order: Locked;
  repriced: () => PricedOrder;
  /** The records that the order refers to, as they are now. */
  looked: () => OrderReferences;
}

/** Further options of a command. */
export interface Performance<Locked> {
  /** Recognises a repeated request, which changes nothing. */
  again?: (order: Locked) => Promise<boolean>;
  /** The only lines that the command's own work needs. */
  only?: readonly string[];
}

/** A command's result, for its trace. */
interface Told {
  /** The trail's name for it, if that is not the command. */
  action?: string;
  before?: object;
  after?: object;
}

/** What a command leaves to be written: a change of the header, or nothing more if it `kept` the header itself. */
export type Outcome<Change, Order> = Told & {
  /** The number of a new part: of a receipt, a shipment. */
  part?: Numbering<Order>;
  /** The day whose financial year the order needs a new number of. */
  movedTo?: string | undefined;
} & ({ change: Change; kept?: never } | { kept: true; change?: never });

/**
 * Runs one command on an order: checks the person's permission, locks the order, checks that version and state allow
 * the command and that everything the order refers to is still in use, then does the command's own work. Then it writes
 * the header and the trace, and returns the order as it is now.
 * @throws FORBIDDEN; NOT_FOUND; CONFLICT on an older version; NOT_ALLOWED_IN_STATE; INVALID naming whatever is no
 * longer in use
 */
export async function perform<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  command: T['command'] | 'update',
  input: RecordVersion,
  work: (performing: Performing<T['locked']>) => Promise<Outcome<NoInfer<T>['change'], NoInfer<T>['order']>>,
  { again, only }: Performance<NoInfer<T>['locked']> = {},
): Promise<T['order']> {
  const { kind } = description;
  const described: CommandDescription<T['status']> = kind.commands[command];
  requirePermission(scope.ability, described.permission);
  const [order, references] = await inOrder(
    () => description.lock(scope, input.id, only),
    () => (described.goesOn ? readReferencesOfOrder(scope.db, description, input.id) : undefined),
  );
  if (!order) throw notFound(kind);
  if (again && (await again(order))) return description.current(scope, order.id, input.answerLines);
  await requireVersion(order, input.version, () => description.current(scope, order.id));
  requireCommand(kind, command, order);
  const looked = references && { references, draft: withFinished(description, order) };
  if (looked) refuseFields(problemsOfReferences(description, looked.draft, looked.references));
  if (described.bySomeoneElse) requireSomeoneElse(scope, order);
  const lookedAt = () => {
    if (!looked) throw new Error(`${command} does not look at the references again.`);
    return looked;
  };
  const outcome = await work({
    order,
    looked: () => lookedAt().references,
    repriced() {
      const { side } = description;
      if (side === null) throw new Error(`A ${kind.name} has no prices.`);
      const { draft, references: now } = lookedAt();
      return priced({ ...description, side }, draft, now);
    },
  });
  const movedTo =
    outcome.movedTo ?? (described.issues && isProvisional(order.number) ? order.orderDate : undefined);
  return recordOutcome(description, scope, command, order, { ...outcome, movedTo }, input.answerLines);
}

/**
 * Writes the outcome of a command and its trace, and returns the order as it is now. A number is drawn with the commit.
 */
async function recordOutcome<T extends OrderTypes>(
  description: OrderDescription<T>,
  scope: TenantScope,
  command: string,
  order: T['locked'],
  outcome: Outcome<T['change'], T['order']>,
  answerLines: LinesAsked | undefined,
): Promise<T['order']> {
  const { kind, tables } = description;
  const { change } = outcome;
  const told = toldOfHeader(description.traced, order, change);
  const numbering = outcome.part ?? numberOf(description, order, outcome.movedTo);
  const trace = {
    action: outcome.action ?? command.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    kind,
    id: order.id,
    before: { ...told.before, ...outcome.before },
    after: { ...told.after, ...outcome.after },
  };
  const [, , record] = await inOrder(
    () =>
      change &&
      changeHeader(scope.db, tables, order.id, description.columnsOf(change, order), scope.actor.name),
    () => (numbering ? undefined : recordChange(scope, { ...trace, label: order.number })),
    // The order reads its revisions from the trail.
    () => description.current(scope, order.id, answerLines),
  );
  if (numbering) {
    numberAtTheEnd(scope, numbering, record, { ...trace, label: outcome.part ? order.number : null });
  }
  return record;
}

/** The number that the order itself gets, of the financial year of a day. */
function numberOf<T extends OrderTypes>(
  { kind, tables }: OrderDescription<T>,
  order: T['locked'],
  day: string | undefined,
): Numbering<T['order']> | undefined {
  if (day === undefined) return undefined;
  const { orders: table, number: column } = tables;
  const { id, number: before } = order;
  return {
    series: kind.series,
    day,
    table,
    column,
    id,
    field: kind.numberField,
    before,
    path: () => [kind.numberField],
  };
}

function toldOfHeader(
  traced: readonly string[],
  order: object,
  change: object | undefined,
): { before?: object; after?: object } {
  if (!change) return {};
  const [before, after] = [order, change] as Readonly<Record<string, unknown>>[];
  const was = traced.map((field) => [field, before?.[field]]);
  const is = traced.map((field) => [field, after?.[field] ?? before?.[field]]);
  return {
    before: Object.fromEntries(was) as object,
    after: {
      ...(Object.fromEntries(is) as object),
      statusReason: after?.statusReason ?? null,
      statusReasonCode: after?.statusReasonCode ?? null,
    },
  };
}

/** The parts of the order that decide its amounts; lines with nothing left to order are marked. */
function withFinished<T extends OrderTypes>(description: OrderDescription<T>, order: T['locked']): Draft {
  const draft = draftOf(description, order);
  const lines: readonly T['locked']['lines'][number][] = order.lines;
  const isFinished = lines.map((line) => openQuantity(description.progressOf(line)).isZero());
  return { ...draft, lines: draft.lines.map((line, index) => ({ ...line, finished: isFinished[index] })) };
}

function requireSomeoneElse(scope: TenantScope, order: LockedDocument): void {
  if (order.submittedById !== scope.actor.userId) return;
  throw new Problem('FORBIDDEN', 'order.own_submission', { number: order.number });
}
