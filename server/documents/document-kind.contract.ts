import type { Kind } from '../ground/reasons/terms.contract.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import type { RecordKind } from './record-kind.contract.ts';

/** One command of a document kind: when it is possible, and who may give it. */
export interface CommandDescription<Status extends string> {
  /** The states it is possible in. */
  readonly from: readonly Status[];
  readonly permission: Permission;
  /** The command moves the document on: everything it refers to is then checked again, and must be in use. */
  readonly goesOn?: boolean;
  /** The command gives the document its number, if it has none yet. */
  readonly issues?: boolean;
  /** Not allowed for the person who submitted the document. */
  readonly bySomeoneElse?: boolean;
  /** Whether it takes a reason, and whether it needs one. */
  readonly reason?: 'required' | 'optional';
}

/** The addressee of documents: a kind of record with a GST registration and addresses. */
export interface DocumentParty {
  /** Its table is named after it: `vendor` is kept in `vendors`. */
  readonly kind: Kind;
  /** The field that names it, in a draft as on the kept document. */
  readonly field: string;
  /** Its field with the address that decides the tax, and the one with the address that goods are sent to. */
  readonly address: string;
  readonly shipTo: string | null;
}

/** A kind of document: a record that has a number once it is issued, states, and commands that lead from one to the other. */
export interface DocumentKind<
  Status extends string = string,
  Command extends string = string,
  Name extends string = string,
> extends RecordKind {
  readonly name: Name;
  /** The series of its numbers: `PO` in PO/26-27/00001. */
  readonly series: string;
  /** The field of its number; its column has the same name. */
  readonly numberField: string;
  readonly createWith: Permission;
  /** null for documents that concern nobody outside the company. */
  readonly party: DocumentParty | null;
  /** In the order in which a screen offers them. */
  readonly commands: Readonly<Record<Command, CommandDescription<Status>>>;
}

/** A part of documents that gets a number of its own when it is made: a receipt, a shipment. */
export interface NumberedPart extends RecordKind {
  readonly series: string;
  /** The field of its number; its column has the same name. */
  readonly numberField: string;
  /** The kind of document that it belongs to: it is read with it, and found by its number. */
  readonly partOf: string;
}

/** The commands that a document's state allows, before permissions. */
export function possibleIn<Status extends string, Command extends string>(
  kind: DocumentKind<Status, Command>,
  status: NoInfer<Status>,
): Command[] {
  const commands = Object.entries(kind.commands) as [Command, CommandDescription<Status>][];
  return commands.filter(([, { from }]) => from.includes(status)).map(([command]) => command);
}

/** Whether a command is both possible in the document's state and allowed to the reader. */
export function mayDo<Command extends string>(
  kind: DocumentKind<string, Command>,
  document: { possible: readonly NoInfer<Command>[] },
  command: NoInfer<Command>,
  can: (permission: Permission) => boolean,
): boolean {
  return document.possible.includes(command) && can(kind.commands[command].permission);
}
