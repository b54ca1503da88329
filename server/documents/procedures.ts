import { tenantMutation, tenantQuery } from '../ladder/procedures.ts';
import type { RequestSize } from '../ladder/request-size.ts';
import type { DocumentKind } from './document-kind.contract.ts';
import type { RecordKind } from './record-kind.contract.ts';

/** A query about a kind of record, for whoever may read of it. */
export const documentQuery = (kind: RecordKind) => tenantQuery(kind.readWith);

/** Makes a new document of a kind, for whoever may. */
export const documentCreation = (kind: DocumentKind<string, never>, options?: { size?: RequestSize }) =>
  tenantMutation(kind.createWith, options);

/** A command of a document kind, for whoever may give it. */
export const documentCommand = <Command extends string>(
  kind: DocumentKind<string, Command>,
  command: NoInfer<Command>,
  options?: { size?: RequestSize },
) => tenantMutation(kind.commands[command].permission, options);
