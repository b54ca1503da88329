import type { TenantScope } from '../ladder/scope.ts';
import type { DocumentKind } from './document-kind.contract.ts';
import type { LinesAsked } from './lines.contract.ts';
import type { DraftLine } from './pricing.ts';
import type { LineProgress } from './progress.contract.ts';
import type { Side } from './references.repo.ts';
import type { OrderTables } from './order-tables.ts';

/** A line of a locked document, with the fields that all documents have. */
export interface LockedLine {
  id: string;
  lineNumber: number;
  productId: string;
  tracked: boolean;
  ordered: string;
  cancelled: string;
  note: string | null;
}

/** A line of a locked document with prices. */
export interface LockedOrderLine extends LockedLine {
  hsnCode: string;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  discount: string;
  net: string;
  /** The line's part of the order's shipping. */
  shippingShare: string;
  cgst: string;
  sgst: string;
  igst: string;
}

/** A document locked for the rest of the transaction, with the fields that all documents have. */
export interface LockedDocument<Status extends string = string> {
  id: string;
  /** A provisional name until it is issued. */
  number: string;
  status: Status;
  version: number;
  orderDate: string;
  /** For documents that are submitted for somebody's decision. */
  submittedById?: string | null;
  lines: LockedLine[];
}

/** A locked document with prices. */
export interface LockedPriced<Status extends string = string> extends LockedDocument<Status> {
  interState: boolean;
  shipping: string;
  total: string;
  cancelledValue: string;
  lines: LockedOrderLine[];
}

/** The typed fields of any document; prices and shipping if it has them. */
export interface OrderDraft {
  orderDate: string;
  shipping?: string;
  lines: (Pick<DraftLine, 'id' | 'productId' | 'quantity' | 'note'> & Partial<DraftLine>)[];
}

/** A command's changes to the header of any document; omitted fields stay. */
export interface OrderChange {
  status?: string;
  /** The words of a person. */
  statusReason?: string | null;
  /** The reason given by the system, as a code of the kind. */
  statusReasonCode?: string | null;
}

/** The types that make up one kind of document. */
export interface OrderTypes {
  status: string;
  command: string;
  locked: LockedDocument;
  order: object;
  change: OrderChange;
  draft: OrderDraft;
}

/** One kind of document as the shared commands work with it: its contract's description, and how it is stored. */
export interface OrderDescription<T extends OrderTypes, S extends Side | null = Side | null> {
  kind: DocumentKind<T['status'], T['command'] | 'update'>;
  /** The side of a trade it is on, which decides prices and tax. null: its lines have no prices. */
  side: S;
  tables: OrderTables;
  /** Which fields of the header each command's trace records besides the reason. */
  traced: readonly string[];
  /** With all lines, or `only` those with these ids. */
  lock(scope: TenantScope, id: string, only?: readonly string[]): Promise<T['locked'] | undefined>;
  /** How far a line has come, in the terms of all orders. */
  progressOf(line: T['locked']['lines'][number]): LineProgress;
  /** The order as it is now, with all lines or the requested ones. @throws NOT_FOUND */
  current(scope: TenantScope, id: string, lines?: LinesAsked): Promise<T['order']>;
  /** @throws INVALID naming the impossible day */
  requireDays(draft: T['draft']): void;
  /** The columns of a change of the header of this order. */
  columnsOf(change: T['change'], order: T['locked']): Readonly<Record<string, unknown>>;
}

/** One kind of document with prices. */
export type PricedDescription<T extends OrderTypes> = OrderDescription<T, Side>;
