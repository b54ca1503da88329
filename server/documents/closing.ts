import { notFound, Problem } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { possibleIn } from './document-kind.contract.ts';
import type { OrderDescription, OrderTypes } from './order-description.ts';
import { perform } from './perform.ts';
import type { RecordVersion } from './perform.ts';
import { openQuantity } from './progress.contract.ts';

export type Closing = RecordVersion & { reason: string | null };

type LineOf<T extends OrderTypes> = T['locked']['lines'][number];

/** How one kind of order cancels what is open on its lines. */
export interface LineCancelling<T extends OrderTypes> {
  /** Cancels the open quantity of the lines, moves them on, and returns the changes of the header. */
  cancelOpen: (
    scope: TenantScope,
    order: T['locked'],
    lines: readonly LineOf<T>[],
  ) => Promise<Partial<T['change']>>;
  /** The state of the order once a line was closed. */
  stateByLines: (lines: readonly LineOf<T>[]) => T['status'];
}

/** Short-closes one line: its open quantity is cancelled. @throws NOT_FOUND when the order has no such line */
export async function closeLine<T extends OrderTypes>(
  description: OrderDescription<T> & { kind: { commands: { closeLine: unknown } } },
  { cancelOpen, stateByLines }: LineCancelling<T>,
  scope: TenantScope,
  input: Closing & { lineId: string },
): Promise<T['order']> {
  return perform(description, scope, 'closeLine', input, async ({ order }) => {
    const lines: readonly LineOf<T>[] = order.lines;
    const line = lines.find(({ id }) => id === input.lineId);
    if (!line) throw notFound('line_of_order');
    if (openQuantity(description.progressOf(line)).isZero()) {
      const possible = possibleIn(description.kind, order.status).filter(
        (command) => command !== 'closeLine',
      );
      throw new Problem(
        'NOT_ALLOWED_IN_STATE',
        'order.line_not_open',
        { line: line.lineNumber },
        { state: order.status, possible },
      );
    }
    const before = { lines: [{ lineNumber: line.lineNumber, cancelled: line.cancelled }] };
    const change = await cancelOpen(scope, order, [line]);
    const after = { lines: [{ lineNumber: line.lineNumber, cancelled: line.cancelled }] };
    return {
      change: { ...change, status: stateByLines(lines), statusReason: input.reason },
      before,
      after,
    };
  });
}
