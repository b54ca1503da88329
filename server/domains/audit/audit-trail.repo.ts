import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import { isOneOf } from '../../db/few.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { totalCap } from '../../ground/list.contract.ts';
import type { ListAudit } from './audit.contract.ts';

type Db = Kysely<TenantDatabase>;

export const auditOrder = new KeysetOrder<'at'>({
  id: 'audit_log.id',
  keys: { at: byColumn('audit_log.at', 'instant') },
  usual: { by: 'at', direction: 'desc' },
});

const entryColumns = [
  'id',
  'at',
  'actor',
  'action',
  'record_kind',
  'record_id',
  'record_label',
  'changes',
  'origin',
] as const;

function matching(
  db: Db,
  { search, filter }: ListAudit,
  kinds: readonly string[],
  page: KeysetPage<'at'> | null,
) {
  let query = db.selectFrom('audit_log');
  const among = kinds.filter((kind) => filter?.recordKind === undefined || kind === filter.recordKind);
  if (search) {
    const descending = page?.sort.direction !== 'asc';
    const { value = null, id = null } = page?.after ?? {};
    const most = page ? page.limit + 1 : totalCap + 1;
    return query.where(
      sql<boolean>`id in (select search_audit_log(${search}, ${among}, ${filter?.recordId ?? null}, ${filter?.actor ?? null},
        ${filter?.from ?? null}, ${filter?.to ?? null}, ${descending}, ${value}, ${id}, ${most}))`,
    );
  }
  query = query.where(isOneOf('record_kind', among));
  if (filter?.recordId) query = query.where('record_id', '=', filter.recordId);
  if (filter?.actor) query = query.where('actor', '=', filter.actor);
  if (filter?.from) query = query.where('at', '>=', filter.from);
  if (filter?.to) query = query.where('at', '<', filter.to);
  return query;
}

/** Entries about records of these kinds. A search gives the page's entries by its index. */
export async function listAuditEntries(
  db: Db,
  input: ListAudit,
  kinds: readonly string[],
  page: KeysetPage<'at'>,
) {
  return page.apply(matching(db, input, kinds, page).select([...entryColumns])).execute();
}

export async function countAuditEntries(db: Db, input: ListAudit, kinds: readonly string[]) {
  return cappedTotal(db, matching(db, input, kinds, null));
}
