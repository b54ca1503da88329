import type { TenantScope } from '../../ladder/scope.ts';
import type { RecordKind } from '../record-kind.contract.ts';
import type { Insertable } from 'kysely';
import type { AuditLog } from '../../db/tenant-schema.ts';
import { insertAuditEntry } from './audit.repo.ts';
import { changedFields } from './changed-fields.ts';

export interface RecordedChange {
  /** What was done, by the name of the procedure: `create`, `update`, `approve`, `reveal_pii` … */
  action: string;
  kind: RecordKind;
  id: string | null;
  /** What people call the record: a code, a document number, a name. */
  label: string;
  /** The record in the shape of its contract before and after; only fields that differ are kept. */
  before?: object | undefined;
  after?: object | undefined;
}

/**
 * Writes one entry of the tenant's audit trail, in the call's transaction: a change without its trace can't happen.
 * Bank details, PAN and other secrets of the kind are recorded as changed, never with their values; costs are kept, and
 * hidden from readers without `costs:read` when the trail is read.
 */
export async function recordChange(scope: TenantScope, change: RecordedChange): Promise<void> {
  await insertAuditEntry(scope.db, entryOf(scope, change));
}

/** The trail's entry about a change. */
export function entryOf(scope: TenantScope, change: RecordedChange) {
  const { actor, origin } = scope;
  return {
    user_id: actor.userId,
    actor: actor.name,
    action: change.action,
    record_kind: change.kind.name,
    record_id: change.id,
    record_label: change.label.slice(0, 200),
    changes: JSON.stringify(changedFields(change.kind, { ...change.before }, { ...change.after })),
    origin: [origin.device, origin.ip]
      .filter((part) => part !== '')
      .join(', ')
      .slice(0, 300),
    request_id: scope.requestId,
  } satisfies Insertable<AuditLog>;
}
