import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { recordWith } from '../../control-plane/audit-trail.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import { isPostgresError } from '../../db/error-mapping.ts';
import { notFound, Problem } from '../../ground/problem.ts';
import { isSameServer } from '../clusters.ts';
import type { Clusters } from '../clusters.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { urlOfDatabase, withClient } from '../../db/databases.ts';
import { takeMigrationLock } from '../../db/migrating/migrate-database.ts';
import { loadMigrations } from '../../db/migrating/migration-files.ts';
import { recordEvent } from '../provisioning/provisioning-events.ts';
import { prepareTemplate } from '../migrating/template.ts';
import type { TenantDatabases } from '../tenant-database.ts';
import { withTenantLock, withTenantLockIfFree } from '../../control-plane/tenant-lock.ts';
import type { TenantPlace, TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';
import { Rounds } from './rounds.ts';
import type { TenantMove, TenantMoves } from './tenant-moves.ts';
import { checkForeignKeys } from './tenant-tables.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

export interface MoverParts {
  control: ControlPlane;
  records: TenantRecords;
  databases: TenantDatabases;
  clusters: Clusters;
  moves: TenantMoves;
  /** The folder of the tenants' migrations. */
  migrationsFolder: string;
}

/** How long requests that began before the switch may still read at the old place, in milliseconds: surely, at most. */
const farewell = { surelyMs: 2000, mostMs: 15_000 };

/**
 * Moves a tenant to another PostgreSQL server while its people work. Rows are copied in rounds, each taking what
 * changed since the one before. For the last and shortest round the old tables are locked against changes (reading goes
 * on) and the tenant's login loses its right to change them, so that nothing can be written there any more. Then both
 * sides are compared, and one statement in the control plane makes the new place the tenant's.
 *
 * Until that statement the old place is the tenant's and whatever was made at the new one is thrown away after a
 * failure or a kill; from then on the new one is, and the old one is taken away.
 */
export class TenantMover {
  readonly #parts: MoverParts;

  constructor(parts: MoverParts) {
    this.#parts = parts;
  }

  /**
   * Enters the move into the control plane; `run` does the work. The same request again is the same move.
   * @throws NOT_FOUND, INVALID (cluster), NOT_ALLOWED_IN_STATE, or CONFLICT when it is being moved elsewhere.
   */
  async request(tenantId: string, cluster: string, trace: RevocationTrace = {}): Promise<TenantMove> {
    const { control, records, clusters, moves } = this.#parts;
    const record = await records.byId(tenantId);
    if (!record) throw notFound('tenant');
    const to = await clusters.placement(cluster);
    const before = await moves.underWay(tenantId);
    if (before?.to_cluster === to) return before;
    if (before)
      throw new Problem('CONFLICT', 'move.under_way', { name: record.name, cluster: before.to_cluster });
    await this.#requireMovable(record, to);
    const move = await moves.begin(uuidv7(), tenantId, record.cluster, to);
    if (!move) throw new Problem('CONFLICT', 'move.begun', { name: record.name });
    await recordWith(control.pool, {
      ...trace,
      action: 'tenant.move_requested',
      outcome: 'done',
      tenantId,
      subject: record.slug,
      details: { from: record.cluster, to },
    });
    return move;
  }

  /**
   * Brings a requested move to its end and returns it.
   * @throws Problem when it failed; the tenant is then where it was, as if nothing had happened.
   */
  async run(id: string): Promise<TenantMove> {
    const move = await this.#existing(id);
    return withTenantLock(this.#parts.control, move.tenant_id, () => this.#underLock(id));
  }

  /** Ends what stopped servers left behind: a copy is thrown away, a switched tenant's old place is cleared. */
  async resume(onError: (error: unknown, tenantId: string) => void): Promise<void> {
    for (const { id, tenant_id: tenantId } of await this.#parts.moves.unfinished()) {
      await withTenantLockIfFree(this.#parts.control, tenantId, async () => {
        const move = await this.#existing(id);
        if (move.state === 'copying') await this.#undo(move, 'The server that moved it was stopped.');
        if (move.state === 'switched') await this.#clearOldPlace(move);
      }).catch((error: unknown) => onError(error, tenantId));
    }
  }

  async #underLock(id: string): Promise<TenantMove> {
    const move = await this.#existing(id);
    if (move.state === 'copying') {
      try {
        await this.#carry(move);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        // When the last statement's answer was lost the control plane knows whether the switch happened.
        if ((await this.#existing(id)).state === 'copying') {
          await this.#undo(move, reason);
          if (error instanceof Problem) throw error;
          throw new Problem('UNAVAILABLE', 'move.failed', { cause: reason }, { cause: error });
        }
      }
      await this.#clearOldPlace(move);
    } else if (move.state === 'switched') {
      await this.#clearOldPlace(move);
    }
    const ended = await this.#existing(id);
    if (ended.state === 'undone') {
      throw ended.reason === null
        ? new Problem('CONFLICT', 'move.taken_back')
        : new Problem('CONFLICT', 'move.taken_back_because', { cause: ended.reason });
    }
    return ended;
  }

  async #requireMovable(record: TenantRecord, to: string): Promise<void> {
    if (!['active', 'quarantined', 'suspended', 'locked'].includes(record.status)) {
      throw new Problem(
        'NOT_ALLOWED_IN_STATE',
        'move.not_in_status',
        { status: record.status },
        { state: record.status, possible: [] },
      );
    }
    if (record.cluster === to)
      throw new Problem('CONFLICT', 'move.there_already', { name: record.name, cluster: to });
    const latest = (await loadMigrations(this.#parts.migrationsFolder)).length;
    if (record.schema_version !== latest) {
      throw new Problem(
        'NOT_ALLOWED_IN_STATE',
        'move.migrate_first',
        { version: record.schema_version, latest },
        { state: record.status, possible: ['admin.migrations.run'] },
      );
    }
  }

  async #carry(move: TenantMove): Promise<void> {
    const { control, records } = this.#parts;
    const record = await records.byId(move.tenant_id);
    if (record?.login_secret == null) throw new Error(storedText('move.no_database'));
    const source = await control.cluster(move.from_cluster);
    const target = await control.cluster(move.to_cluster);
    if (await isSameServer(source.adminUrl, target.adminUrl)) {
      throw new Error(storedText('move.same_server'));
    }
    const there: TenantRecord = { ...record, cluster: move.to_cluster };
    await this.#say(
      move,
      'started',
      storedText('move.begun', { from: move.from_cluster, to: move.to_cluster }),
    );
    await this.#prepareTarget(there);

    const sourceUrl = urlOfDatabase(source.adminUrl, record.database_name);
    const targetUrl = urlOfDatabase(target.adminUrl, record.database_name);
    await withClient(sourceUrl, (from) =>
      withClient(targetUrl, async (to) => {
        // Neither end is migrated meanwhile.
        await takeMigrationLock(from);
        await takeMigrationLock(to);
        await new Rounds(this.#parts, move, record, from, to, (message) =>
          this.#say(move, 'done', message),
        ).run();
      }),
    );
  }

  /** An empty database of the same schema, with the tenant's identity, login and rights. */
  async #prepareTarget(there: TenantRecord): Promise<void> {
    const { control, databases } = this.#parts;
    if (!(await this.#dropLeftovers(there))) {
      throw new Error(
        storedText('move.foreign_database', { database: there.database_name, cluster: there.cluster }),
      );
    }
    await prepareTemplate(
      control,
      await control.cluster(there.cluster),
      await loadMigrations(this.#parts.migrationsFolder),
    );
    await databases.ensureRole(there, control.box.open(there.login_secret ?? ''));
    await databases.ensureDatabase(there);
    await databases.ensureGrants(there);
  }

  /** Deletes what a move left at the new place; false when a database of that name there is somebody else's. */
  async #dropLeftovers(there: TenantPlace): Promise<boolean> {
    const { adminUrl } = await this.#parts.control.cluster(there.cluster);
    const found = await withClient(adminUrl, (client) =>
      client.query<{ half: boolean }>(
        'select datconnlimit = -2 as half from pg_database where datname = $1',
        [there.database_name],
      ),
    );
    const [database] = found.rows;
    if (!database) return true;
    if (!database.half && !(await isOurs(urlOfDatabase(adminUrl, there.database_name), there.id)))
      return false;
    await this.#parts.databases.drop(there);
    return true;
  }

  /** Everything as it was before: the old place may be written again, what was made at the new one goes. */
  async #undo(move: TenantMove, reason: string): Promise<void> {
    const { control, records, moves } = this.#parts;
    const record = await records.byId(move.tenant_id);
    if (!record) return;
    const { adminUrl } = await control.cluster(move.from_cluster);
    await withClient(urlOfDatabase(adminUrl, record.database_name), (client) =>
      client.query('select apply_tenant_grants($1)', [record.login_role]),
    );
    if (record.writes_paused_at !== null) await records.change(record.id, { writes_paused_at: null });
    // A new place that is out of reach keeps the tenant from nothing: the next move there clears it first.
    await this.#dropLeftovers({ ...record, cluster: move.to_cluster }).catch(() => false);
    await moves.end(move.id, 'undone', reason);
    await this.#say(move, 'undone', storedText('move.undone', { from: move.from_cluster, reason }));
    await this.#audit(move, record, 'failed', { reason });
  }

  /** The new place is the tenant's. Requests that began before may finish reading at the old one. */
  async #clearOldPlace(move: TenantMove): Promise<void> {
    const { control, records, databases, moves } = this.#parts;
    const record = await records.byId(move.tenant_id);
    if (!record) return;
    const old: TenantPlace = { ...record, cluster: move.from_cluster };
    const { adminUrl } = await control.cluster(move.from_cluster);
    await sleep(farewell.surelyMs);
    await withClient(adminUrl, (client) => allHaveLeft(client, old.login_role));
    const target = await control.cluster(record.cluster);
    await withClient(urlOfDatabase(target.adminUrl, record.database_name), checkForeignKeys);
    await databases.drop(old);
    await moves.end(move.id, 'done');
    const { paused_ms: pausedMs, copied_rows: rows } = await this.#existing(move.id);
    const ms = String(pausedMs ?? 0);
    await this.#say(
      move,
      'done',
      storedText('move.done', { cluster: record.cluster, rows: rows ?? '0', ms }),
    );
    await this.#audit(move, record, 'done', { rows: Number(rows), pausedMs });
  }

  async #existing(id: string): Promise<TenantMove> {
    const move = await this.#parts.moves.byId(id);
    if (!move) throw notFound('move');
    return move;
  }

  async #say(move: TenantMove, status: 'started' | 'done' | 'undone', message: string): Promise<void> {
    await recordEvent(this.#parts.control.pool, move.tenant_id, 'move', status, message);
  }

  async #audit(
    move: TenantMove,
    record: TenantRecord,
    outcome: 'done' | 'failed',
    details: Record<string, unknown>,
  ): Promise<void> {
    await recordWith(this.#parts.control.pool, {
      action: 'tenant.moved',
      outcome,
      tenantId: record.id,
      subject: record.slug,
      details: { from: move.from_cluster, to: move.to_cluster, ...details },
    });
  }
}

/** A clone that has not been made anybody's yet is ours too: it was made for this tenant's name. */
async function isOurs(url: string, tenantId: string): Promise<boolean> {
  try {
    return await withClient(url, async (client) => {
      const { rows } = await client.query<{ tenant_id: string }>('select tenant_id from tenant_identity');
      return rows.every(({ tenant_id: owner }) => owner === tenantId);
    });
  } catch (error) {
    // No such table: the database has never been a tenant's.
    if (isPostgresError(error) && error.code === '42P01') return false;
    throw error;
  }
}

/** Waits until no statement of the login is under way, but not for ever: idle connections are closed with the database. */
async function allHaveLeft(client: pg.Client, login: string): Promise<void> {
  const until = performance.now() + farewell.mostMs;
  for (;;) {
    const { rows } = await client.query(
      "select from pg_stat_activity where usename = $1 and state in ('active', 'idle in transaction') limit 1",
      [login],
    );
    if (rows.length === 0 || performance.now() > until) return;
    await sleep(200);
  }
}
