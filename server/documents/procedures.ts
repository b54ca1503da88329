import { tenantMutation, tenantQuery } from '../ladder/tenant-procedures.ts';
import type { Ending } from '../auth/endings.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import type { RequestSize } from '../ladder/request-size.ts';
import type { DocumentKind } from './document-kind.contract.ts';
import type { MasterKind, RecordKind } from './record-kind.contract.ts';

/** A query about a kind of record, for people who may read it. */
export const queryOf = (kind: RecordKind) => tenantQuery(kind.readWith);

/** Makes a new record of a kind, for people with the permission. */
export const creationOf = (
  kind: Pick<DocumentKind<string, never>, 'createWith' | 'readWith'>,
  options?: { size?: RequestSize },
) => tenantMutation(kind.createWith, { ...options, reads: kind.readWith });

/** Changes a record of a kind, for people with the permission. */
export const changeOf = (kind: MasterKind, options?: { ends: readonly Ending[] }) =>
  tenantMutation(kind.updateWith, { ...options, reads: kind.readWith });

/** A command of a document kind, for people who may give it. */
export const commandOf = <Command extends string>(
  kind: DocumentKind<string, Command>,
  command: NoInfer<Command>,
  options?: { size?: RequestSize },
) => tenantMutation(kind.commands[command].permission, { ...options, reads: kind.readWith });

/** An action on records of a kind that has a right of its own. */
export const actionOf = <Right extends string>(
  kind: RecordKind & { rights: Readonly<Record<Right, Permission>> },
  right: NoInfer<Right>,
  options?: { anew?: boolean; ends?: readonly Ending[] },
) => tenantMutation(kind.rights[right], { ...options, reads: kind.readWith });
