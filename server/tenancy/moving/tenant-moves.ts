import type { ControlPlane } from '../../control-plane/control-plane.ts';

/** A row of tenant_moves. */
export interface TenantMove {
  id: string;
  tenant_id: string;
  from_cluster: string;
  to_cluster: string;
  state: 'copying' | 'switched' | 'done' | 'undone';
  reason: string | null;
  copied_rows: string | null;
  /** How long changes had to wait, in milliseconds. */
  paused_ms: number | null;
  started_at: string;
  ended_at: string | null;
}

/** The moves of tenants in the control plane. */
export class TenantMoves {
  readonly #control: ControlPlane;

  constructor(control: ControlPlane) {
    this.#control = control;
  }

  /** Notes a move; undefined when one of this tenant is under way. */
  async begin(id: string, tenantId: string, from: string, to: string): Promise<TenantMove | undefined> {
    const { rows } = await this.#control.pool.query<TenantMove>(
      `insert into tenant_moves (id, tenant_id, from_cluster, to_cluster) values ($1, $2, $3, $4)
       on conflict do nothing returning *`,
      [id, tenantId, from, to],
    );
    return rows[0];
  }

  async byId(id: string): Promise<TenantMove | undefined> {
    const { rows } = await this.#control.pool.query<TenantMove>('select * from tenant_moves where id = $1', [
      id,
    ]);
    return rows[0];
  }

  /** The move of a tenant that is under way, if there is one. */
  async underWay(tenantId: string): Promise<TenantMove | undefined> {
    const { rows } = await this.#control.pool.query<TenantMove>(
      "select * from tenant_moves where tenant_id = $1 and state in ('copying', 'switched')",
      [tenantId],
    );
    return rows[0];
  }

  /** Unfinished moves, oldest first; one that was just requested is about to begin. */
  async unfinished(): Promise<TenantMove[]> {
    const { rows } = await this.#control.pool.query<TenantMove>(
      `select * from tenant_moves where state in ('copying', 'switched') and started_at < now() - interval '5 seconds'
       order by started_at`,
    );
    return rows;
  }

  /**
   * From here on the tenant lives at its new place, and its changes continue: one statement, so that there is no moment
   * in which only half of it is true. Every node reads the tenant again.
   */
  async switchOver(move: TenantMove, copiedRows: number, pausedMs: number): Promise<void> {
    await this.#control.pool.query(
      `with moved as (update tenant_moves set state = 'switched', copied_rows = $3, paused_ms = $4 where id = $1
              and state = 'copying' returning tenant_id, to_cluster),
            changed as (update tenant_metadata t set cluster = m.to_cluster, writes_paused_at = null, updated_at = now()
              from moved m where t.id = m.tenant_id returning t.id)
       insert into access_changes (scope, subject) select 'tenant', id::text from changed where id = $2`,
      [move.id, move.tenant_id, copiedRows, pausedMs],
    );
  }

  async end(id: string, state: 'done' | 'undone', reason?: string): Promise<void> {
    await this.#control.pool.query(
      'update tenant_moves set state = $2, reason = $3, ended_at = clock_timestamp() where id = $1',
      [id, state, reason?.slice(0, 500) ?? null],
    );
  }
}
