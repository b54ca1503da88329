import { together } from '../../db/statement-order.ts';
import type { May } from '../../permissions/field-rules.ts';
import { may } from '../../permissions/abilities.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Changes } from '../../documents/audit/audit.contract.ts';
import type { Page } from '../../ground/list.contract.ts';
import { auditOrder, countAuditEntries, listAuditEntries } from './audit-trail.repo.ts';
import type { AuditEntry, ListAudit } from './audit.contract.ts';
import { namesOf } from './record-names.repo.ts';
import { namedRecords, namesIn, readableKinds, visibleChanges } from './visible-changes.ts';

/** The tenant's audit trail, newest first unless asked otherwise. */
export async function audit(scope: TenantScope, input: ListAudit): Promise<Page<AuditEntry>> {
  const page = auditOrder.at(input, scope.ability);
  const mayRead: May = (permission) => may(scope.ability, permission);
  const kinds = readableKinds(mayRead);
  const [rows, total] = await together([
    listAuditEntries(scope.db, input, kinds, page),
    input.total ? countAuditEntries(scope.db, input, kinds) : undefined,
  ]);
  const entries = rows.map((row) => ({
    ...row,
    changes: visibleChanges(row.record_kind, row.changes as Changes, mayRead),
  }));
  const named = namedRecords(
    entries.slice(0, input.limit).map(({ record_kind: recordKind, changes }) => ({ recordKind, changes })),
    mayRead,
  );
  const names = await namesOf(scope.db, named);
  const found = page.page(entries, (row) => ({
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    recordKind: row.record_kind,
    recordId: row.record_id,
    recordLabel: row.record_label,
    changes: row.changes,
    names: namesIn({ recordKind: row.record_kind, changes: row.changes }, names),
    origin: row.origin,
  }));
  return { ...found, ...total };
}
