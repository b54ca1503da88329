import type { TenantScope } from '../ladder/scope.ts';
import type { DocumentKind } from './document-kind.contract.ts';
import type { LinesAsked } from './lines.contract.ts';
import type { DraftLine } from './pricing.ts';
import type { LineProgress } from './progress.contract.ts';
import type { OrderKind } from './references.repo.ts';
import type { OrderTables } from './order-tables.ts';

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
export interface LockedDocument<Status extends string = string> {
  id: string;
  /** A provisional name until it is issued. */
  number: string;
  status: Status;
  version: number;
  warehouseId: string;
  orderDate: string;
  interState: boolean;
  shipping: string;
  total: string;
  cancelledValue: string;
  /** For documents that are submitted for somebody's decision. */
  submittedById?: string | null;
  lines: LockedOrderLine[];
}

/** What a person types of any order. */
export interface OrderDraft {
  warehouseId: string;
  orderDate: string;
  shipping: string;
  lines: DraftLine[];
}

/** What a command changes on the header of any order; what is left out stays. */
export interface OrderChange {
  status?: string;
  statusReason?: string | null;
}

/** The types that one kind of order is made of. */
export interface OrderTypes {
  status: string;
  command: string;
  locked: LockedDocument;
  order: object;
  change: OrderChange;
  draft: OrderDraft;
}

/** One kind of order as the commands of all orders work with it: its contract's description, and how it is kept. */
export interface OrderDescription<T extends OrderTypes> {
  kind: DocumentKind<T['status'], T['command'] | 'update'>;
  /** Which side of a trade it is: that decides about party and tax. */
  side: OrderKind;
  tables: OrderTables;
  /** The party's field, in a draft as on the locked order. */
  partyField: string;
  /** The number's field, in the contract as in the trail. */
  numberField: string;
  /** Which fields of the header each command's trace records besides the reason. */
  traced: readonly string[];
  /** With all lines, or `only` those with these ids. */
  lock(scope: TenantScope, id: string, only?: readonly string[]): Promise<T['locked'] | undefined>;
  /** How far a line has come, in the words of all orders. */
  progressOf(line: T['locked']['lines'][number]): LineProgress;
  /** The order as it is now, with all lines or those asked for. @throws NOT_FOUND */
  current(scope: TenantScope, id: string, lines?: LinesAsked): Promise<T['order']>;
  /** @throws INVALID naming the day that can't be */
  requireDays(draft: T['draft']): void;
  /** The columns of a change of the header. */
  columnsOf(change: T['change']): Readonly<Record<string, unknown>>;
}
