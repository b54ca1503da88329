import pg from 'pg';
import { atMost } from '../ground/at-most.ts';

export interface AuthDatabaseSettings {
  /** The auth server's own database, where it was named. */
  named: string | undefined;
  /** Our administrative connection: a Supabase project's own database holds its `auth` schema too. */
  ours: string;
}

/** A session of the auth server that is to end: one, or all of a user but for the spared one. */
export interface SessionEnding {
  userId: string;
  /** null: all that were opened before. */
  sessionId: string | null;
  sparedId: string | null;
  /** Seconds since it was wanted: what was opened later stays. */
  age: number;
}

/** A session as the auth server's database has it, or has it no more. */
export interface SessionThere {
  sessionId: string;
  userId: string;
  state: 'ended' | 'banned' | 'no such user';
}

/**
 * The `auth` schema of Supabase Auth, where its database is ours too: with it sessions are ended one by one, and what was
 * ended there is noticed. A session's refresh tokens go with its row. Not there for a hosted project whose database this
 * installation doesn't hold.
 */
export class AuthDatabase {
  readonly #settings: AuthDatabaseSettings;
  readonly #onError: (error: unknown) => void;
  #opening: Promise<pg.Pool | undefined> | undefined;

  constructor(settings: AuthDatabaseSettings, onError: (error: unknown) => void) {
    this.#settings = settings;
    this.#onError = onError;
  }

  /** Whether there is one. @throws when it can't be reached. */
  async isThere(): Promise<boolean> {
    return (await this.#pool()) !== undefined;
  }

  /**
   * Ends what of this is in the database; gives the users it doesn't know, who may be another database's.
   * @throws when it can't be reached.
   */
  async end(endings: readonly SessionEnding[]): Promise<Set<string>> {
    const pool = await this.#pool();
    const users = [...new Set(endings.map(({ userId }) => userId))];
    if (!pool) return new Set(users);
    await pool.query(
      `delete from auth.sessions s
        using unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float8[]) as e (user_id, session_id, spared_id, age)
        where s.user_id = e.user_id and (e.session_id is null or s.id = e.session_id)
          and s.id is distinct from e.spared_id
          and (s.created_at is null or s.created_at <= clock_timestamp() - e.age * interval '1 second')`,
      [
        endings.map(({ userId }) => userId),
        endings.map(({ sessionId }) => sessionId),
        endings.map(({ sparedId }) => sparedId),
        endings.map(({ age }) => age),
      ],
    );
    const { rows } = await pool.query<{ id: string }>(
      'select id from auth.users where id = any($1::uuid[])',
      [users],
    );
    const known = new Set(rows.map(({ id }) => id));
    return new Set(users.filter((id) => !known.has(id)));
  }

  /** Those of these sessions that can't be used at the auth server any more. */
  async endedOf(sessions: readonly { sessionId: string; userId: string }[]): Promise<SessionThere[]> {
    const pool = await this.#pool();
    if (!pool || sessions.length === 0) return [];
    const { rows } = await pool.query<SessionThere>(
      `select a.session_id as "sessionId", a.user_id as "userId",
              case when u.id is null or u.deleted_at is not null then 'no such user'
                   when u.banned_until > now() then 'banned' else 'ended' end as state
         from unnest($1::uuid[], $2::uuid[]) as a (session_id, user_id)
         left join auth.users u on u.id = a.user_id
         left join auth.sessions s on s.id = a.session_id and s.user_id = a.user_id
        where s.id is null or u.id is null or u.deleted_at is not null or u.banned_until > now()`,
      [sessions.map(({ sessionId }) => sessionId), sessions.map(({ userId }) => userId)],
    );
    return rows;
  }

  async close(): Promise<void> {
    const pool = await this.#opening?.catch(() => undefined);
    if (pool) await atMost(1000, pool.end());
  }

  #pool(): Promise<pg.Pool | undefined> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #open(): Promise<pg.Pool | undefined> {
    const { named, ours } = this.#settings;
    const pool = new pg.Pool({
      connectionString: named ?? ours,
      max: 2,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 1500,
      statement_timeout: 3000,
      query_timeout: 3000,
      keepAlive: true,
      application_name: 'quartermaster-auth-sessions',
    });
    pool.on('error', this.#onError);
    pool.on('connect', (client) => client.on('error', () => {}));
    try {
      if (await isUsable(pool)) return pool;
    } catch (error) {
      void pool.end().catch(() => {});
      throw error;
    }
    void pool.end().catch(() => {});
    if (named !== undefined) {
      const words =
        'SUPABASE_DB_URL names a database without auth.sessions, or its login may not delete there: sessions are ended through the API of Supabase Auth.';
      this.#onError(new Error(words));
    }
    return undefined;
  }
}

async function isUsable(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ usable: boolean | null }>(
    `select has_table_privilege(to_regclass('auth.sessions'), 'delete')
        and has_table_privilege(to_regclass('auth.sessions'), 'select')
        and has_table_privilege(to_regclass('auth.users'), 'select') as usable`,
  );
  return rows[0]?.usable === true;
}
