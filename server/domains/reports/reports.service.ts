import { together } from '../../db/statement-order.ts';
import type { May } from '../../permissions/field-rules.ts';
import { may } from '../../permissions/abilities.ts';
import { today } from '../../ground/days.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Changes } from '../../documents/audit/audit.contract.ts';
import type { Page } from '../../ground/list.contract.ts';
import { auditOrder, countAuditEntries, listAuditEntries } from './audit-trail.repo.ts';
import { dashboardFigures } from './dashboard.repo.ts';
import type { AuditEntry, Dashboard, ListAudit } from './reports.contract.ts';
import { namesOf } from './record-names.repo.ts';
import { namedRecords, namesIn, readableKinds, visibleChanges } from './visible-changes.ts';

/** The figures of the first screen. What the reader may not see is taken out by the field rules. */
export async function dashboard(scope: TenantScope): Promise<Dashboard> {
  return { at: new Date().toISOString(), ...(await dashboardFigures(scope.db, today())) };
}

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
