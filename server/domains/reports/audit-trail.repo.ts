import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { ListAudit } from './reports.contract.ts';

type Db = Kysely<TenantDatabase>;

export const auditOrder = new KeysetOrder<'at'>({
  id: 'audit_log.id',
  keys: { at: byColumn('audit_log.at', 'instant') },
  usual: { by: 'at', direction: 'desc' },
});

function matching(db: Db, { search, filter }: ListAudit, kinds: readonly string[]) {
  let query = db.selectFrom('audit_log').where(sql<boolean>`record_kind = any(${[...kinds]})`);
  if (search)
    query = query.where(
      sql<boolean>`position(lower(${search}::text) in lower(coalesce(record_label, '') || ' ' || coalesce(actor, '') || ' ' || replace(action, '_', ' '))) > 0`,
    );
  if (filter?.recordKind) query = query.where('record_kind', '=', filter.recordKind);
  if (filter?.recordId) query = query.where('record_id', '=', filter.recordId);
  if (filter?.actor) query = query.where('actor', '=', filter.actor);
  if (filter?.from) query = query.where('at', '>=', filter.from);
  if (filter?.to) query = query.where('at', '<', filter.to);
  return query;
}

/** Entries about records of these kinds. */
export async function listAuditEntries(
  db: Db,
  input: ListAudit,
  kinds: readonly string[],
  page: KeysetPage<'at'>,
) {
  const query = matching(db, input, kinds).select([
    'id',
    'at',
    'actor',
    'action',
    'record_kind',
    'record_id',
    'record_label',
    'changes',
    'origin',
  ]);
  return page.apply(query).execute();
}

export function countAuditEntries(db: Db, input: ListAudit, kinds: readonly string[]) {
  return cappedTotal(db, matching(db, input, kinds));
}
