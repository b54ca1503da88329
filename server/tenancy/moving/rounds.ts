import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isPostgresError } from '../../db/error-mapping.ts';
import { quoted } from '../../db/databases.ts';
import { endOverlongTransactions } from '../../db/migrating/migrate-database.ts';
import type { TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';
import { carryOver, proveSame } from './carry-over.ts';
import type { TenantMove, TenantMoves } from './tenant-moves.ts';
import {
  foreignKeysOf,
  suspendGuards,
  readCounters,
  setCounters,
  restoreGuards,
  tenantTables,
} from './tenant-tables.ts';
import type { ForeignKey, TenantTable } from './tenant-tables.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

/** Rounds go on while the last one was longer than this, in milliseconds: what is left is what changes wait for. */
const shortRoundMs = 500;
const mostRounds = 8;
/** Changes never wait longer than this, in milliseconds: the move is undone instead. */
const longestPauseMs = 60_000;
/** How long statements under way may keep the locks of the last round away, in milliseconds, per attempt. */
const lockTimeoutMs = 2000;
const lockAttempts = 10;

export interface RoundParts {
  records: TenantRecords;
  moves: TenantMoves;
}

/** The rounds of one move, up to the switch. */
export class Rounds {
  readonly #parts: RoundParts;
  readonly #move: TenantMove;
  readonly #record: TenantRecord;
  readonly #from: pg.Client;
  readonly #to: pg.Client;
  readonly #say: (message: string) => Promise<void>;
  #rows = 0;

  constructor(
    parts: RoundParts,
    move: TenantMove,
    record: TenantRecord,
    from: pg.Client,
    to: pg.Client,
    say: (message: string) => Promise<void>,
  ) {
    this.#parts = parts;
    this.#move = move;
    this.#record = record;
    this.#from = from;
    this.#to = to;
    this.#say = say;
  }

  async run(): Promise<void> {
    const tables = await tenantTables(this.#from);
    const foreignKeys = await foreignKeysOf(this.#from);
    await requireSameSchema(this.#from, this.#to);
    await this.#to.query('begin');
    // The rows that establish_tenant put there come with the others.
    await suspendGuards(this.#to, tables);
    for (const { name } of tables) await this.#to.query(`delete from ${quoted(name)}`);
    await this.#to.query('commit');

    let horizon: string | undefined;
    for (let round = 1; round <= mostRounds; round += 1) {
      const started = performance.now();
      horizon = await this.#round(tables, horizon);
      if (round > 1 && performance.now() - started < shortRoundMs) break;
    }
    await this.#to.query('analyze');
    await this.#say(storedText('move.copied', { rows: String(this.#rows) }));

    const paused = performance.now();
    await this.#parts.records.change(this.#record.id, { writes_paused_at: new Date().toISOString() });
    await this.#withinPatience(() => this.#last(tables, foreignKeys, horizon));
    const pausedMs = Math.round(performance.now() - paused);
    await this.#parts.moves.switchOver(this.#move, this.#rows, pausedMs);
  }

  /** The round for which changes wait; afterwards nothing can be written at the old place any more. */
  async #last(
    tables: readonly TenantTable[],
    foreignKeys: readonly ForeignKey[],
    horizon: string | undefined,
  ): Promise<void> {
    const login = this.#record.login_role;
    await this.#lockOut(tables.map(({ name }) => name));
    await this.#to.query('begin');
    this.#rows += (await carryOver(this.#from, this.#to, tables, horizon)).rows;
    await proveSame(this.#from, this.#to, tables);
    await setCounters(this.#to, await readCounters(this.#from, tables));
    await restoreGuards(this.#to, tables, foreignKeys);
    await this.#to.query('select apply_tenant_grants($1)', [login]);
    await this.#to.query('commit');
    // The right to write is revoked in the transaction that holds the locks: transactions that wait for them find it
    // gone.
    await this.#from.query(
      `revoke insert, update, delete, truncate on all tables in schema public from ${quoted(login)}`,
    );
    await this.#from.query('commit');
  }

  /** Ends both connections when it takes too long: what is under way fails, its locks are free, the move is undone. */
  async #withinPatience(work: () => Promise<void>): Promise<void> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      void Promise.allSettled([this.#to.end(), this.#from.end()]);
    }, longestPauseMs);
    try {
      await work();
    } catch (error) {
      if (!late) throw error;
      throw new Error(storedText('move.too_long'), { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async #round(tables: readonly TenantTable[], horizon: string | undefined): Promise<string> {
    await this.#from.query('begin isolation level repeatable read read only');
    await this.#to.query('begin');
    const round = await carryOver(this.#from, this.#to, tables, horizon);
    await this.#to.query('commit');
    await this.#from.query('commit');
    this.#rows += round.rows;
    return round.horizon;
  }

  /** Takes the locks that stop all changes. Changes under way end first. */
  async #lockOut(tables: readonly string[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#from.query('begin');
      try {
        await this.#from.query(`set local lock_timeout = ${String(lockTimeoutMs)}`);
        await this.#from.query(`lock table ${tables.map((name) => quoted(name)).join(', ')} in share mode`);
        return;
      } catch (error) {
        await this.#from.query('rollback');
        const busy = isPostgresError(error) && (error.code === '55P03' || error.code === '40P01');
        if (!busy || attempt >= lockAttempts) throw error;
        await endOverlongTransactions(this.#from);
        await sleep(100 * attempt);
      }
    }
  }
}

/** The same migrations, with the same contents. */
async function requireSameSchema(from: pg.Client, to: pg.Client): Promise<void> {
  const query =
    "select coalesce(string_agg(version || checksum, ',' order by version), '') as schema from schema_migrations";
  const [there, here] = await Promise.all([
    from.query<{ schema: string }>(query),
    to.query<{ schema: string }>(query),
  ]);
  if (there.rows[0]?.schema !== here.rows[0]?.schema) {
    throw new Error(storedText('move.schemas_differ'));
  }
}
