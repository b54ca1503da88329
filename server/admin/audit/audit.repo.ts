import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { z } from 'zod';
import { containsPattern } from '../../db/contains-pattern.ts';
import { kyselyOnPool } from '../../db/dialect.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { Page } from '../../ground/list.contract.ts';
import type { AuditEntry, listAuditSchema } from './audit.contract.ts';

type Input = z.output<typeof listAuditSchema>;

interface AuditRow {
  id: string;
  at: string;
  action: AuditEntry['action'];
  outcome: AuditEntry['outcome'];
  actor_id: string | null;
  actor_email: string | null;
  tenant_id: string | null;
  subject: string | null;
  ip: string | null;
  device: string | null;
  details: Record<string, unknown>;
}

interface Tables {
  policy_sync_log: AuditRow;
  tenant_metadata: { id: string; name: string };
}

const order = new KeysetOrder<NonNullable<Input['sort']>['by']>({
  id: 'a.id',
  keys: { at: byColumn('a.at', 'instant') },
  usual: { by: 'at', direction: 'desc' },
});

/** Reads the platform's audit trail. */
export class AuditQueries {
  readonly #db: Kysely<Tables>;

  constructor(pool: pg.Pool) {
    this.#db = kyselyOnPool<Tables>(pool);
  }

  async list(input: Input): Promise<Page<AuditEntry>> {
    const page = order.at(input);
    const matching = this.#matching(input);
    const total = input.total === true ? await cappedTotal(this.#db, matching) : {};
    const rows = await page.apply(matching.selectAll('a').select('t.name as tenant_name')).execute();
    return { ...page.page(rows, entryOf), ...total };
  }

  #matching({ filter = {}, search }: Input) {
    const { action, outcome, tenantId, actorId, actorEmail, from, to } = filter;
    let query = this.#db
      .selectFrom('policy_sync_log as a')
      .leftJoin('tenant_metadata as t', 't.id', 'a.tenant_id');
    if (action) query = query.where('a.action', '=', sql<AuditRow['action']>`any(${action}::text[])`);
    if (outcome) query = query.where('a.outcome', '=', sql<AuditRow['outcome']>`any(${outcome}::text[])`);
    if (tenantId !== undefined) query = query.where('a.tenant_id', '=', tenantId);
    if (actorId !== undefined) query = query.where('a.actor_id', '=', actorId);
    if (actorEmail !== undefined)
      query = query.where(sql`lower(a.actor_email)`, '=', sql`lower(${actorEmail})`);
    if (from !== undefined) query = query.where('a.at', '>=', from);
    if (to !== undefined) query = query.where('a.at', '<', to);
    if (search) {
      const pattern = containsPattern(search);
      query = query.where((is) =>
        is.or([
          is('a.actor_email', 'ilike', pattern),
          is('a.subject', 'ilike', pattern),
          is('t.name', 'ilike', pattern),
        ]),
      );
    }
    return query;
  }
}

function entryOf(row: AuditRow & { tenant_name: string | null }): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    actorId: row.actor_id,
    actorEmail: row.actor_email,
    tenantId: row.tenant_id,
    tenantName: row.tenant_name,
    subject: row.subject,
    ip: row.ip,
    device: row.device,
    details: row.details,
  };
}
