import type pg from 'pg';
import type { AuthDatabase, SessionEnding } from './auth-database.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** Whose sessions are ended. */
export type RevocationScope = 'session' | 'user' | 'tenant';

/** The caller's token, by which the auth server ends the caller's own session. */
export interface OwnToken {
  token: string;
  userId: string;
  sessionId: string | null;
}

interface Row {
  id: string;
  user_id: string;
  auth_session_id: string | null;
  spared_id: string | null;
  age: number;
}

const columns = `id, user_id, auth_session_id, spared_id,
  greatest(0, extract(epoch from clock_timestamp() - not_before))::float8 as age`;

const spared = `case when $2::text is not null
  then coalesce($3::uuid, (select auth_session_id from sessions where jti = $2)) end`;

/** Which sessions of the auth server a revocation means. `$1` is its subject, `$2` the session to spare, `$3` that
 * of the auth server, where it may not be open here yet. */
const meant: Record<RevocationScope, string> = {
  session: `select s.user_id, s.auth_session_id, null::uuid from sessions s
             where s.jti = $1 and s.auth_session_id is not null`,
  user: `select $1::text::uuid, null::uuid, ${spared}`,
  // Also who belongs to the tenant and never opened a session here.
  tenant: `select user_id, null::uuid, ${spared}
             from (select user_id from user_mappings where tenant_id = $1::text::uuid
                   union select user_id from sessions
                    where tenant_id = $1::text::uuid and revoked_at is null and expires_at > now()) people`,
};

/**
 * The other half of a revocation: the sessions at the auth server, whose refresh tokens would otherwise still own the
 * account. Noted in the revocation's own transaction, so that a server killed in between leaves it to the next one.
 */
export class SessionEndings {
  readonly #pool: pg.Pool;
  readonly #database: AuthDatabase;
  readonly #identities: Pick<IdentityProvider, 'signOut' | 'endAllSessions'>;

  constructor(
    pool: pg.Pool,
    database: AuthDatabase,
    identities: Pick<IdentityProvider, 'signOut' | 'endAllSessions'>,
  ) {
    this.#pool = pool;
    this.#database = database;
    this.#identities = identities;
  }

  /** Notes what a revocation means there, within its transaction and before the sessions are marked; gives the notes. */
  async note(
    client: pg.PoolClient,
    scope: RevocationScope,
    subject: string,
    exceptJti: string | null,
    ownSessionId: string | null,
  ): Promise<string[]> {
    const { rows } = await client.query<{ id: string }>(
      `insert into session_endings (user_id, auth_session_id, spared_id) ${meant[scope]} returning id`,
      scope === 'session' ? [subject] : [subject, exceptJti, ownSessionId],
    );
    return rows.map(({ id }) => id);
  }

  /** Ends what was noted; what fails is tried again later by `settleLeftBehind`. @throws the first failure. */
  async settle(ids: readonly string[], own?: OwnToken): Promise<void> {
    if (ids.length === 0) return;
    const { rows } = await this.#pool.query<Row>(
      `select ${columns} from session_endings where id = any($1::uuid[])`,
      [ids],
    );
    await this.#end(rows, own);
  }

  /** Ends everything noted for a user now, by any node. @throws the first failure. */
  async settleUser(userId: string): Promise<void> {
    const { rows } = await this.#pool.query<Row>(
      `select ${columns} from session_endings where user_id = $1`,
      [userId],
    );
    await this.#end(rows);
  }

  /** Ends what killed servers and outages left behind. Several nodes take different ones up. */
  async settleLeftBehind(): Promise<void> {
    const { rows } = await this.#pool.query<Row>(
      `update session_endings set attempts = attempts + 1,
              next_at = clock_timestamp() + least(3600, 10 * 2 ^ least(attempts, 9)) * interval '1 second'
        where id in (select id from session_endings where next_at <= clock_timestamp()
                      order by next_at limit 100 for update skip locked)
       returning ${columns}`,
    );
    await this.#end(rows);
  }

  async #end(rows: readonly Row[], own?: OwnToken): Promise<void> {
    if (rows.length === 0) return;
    const unknown = await this.#database.end(rows.map(endingOf));
    const failures: unknown[] = [];
    const done = rows.filter(({ user_id: userId }) => !unknown.has(userId)).map(({ id }) => id);
    // Without the auth server's database its API does what it can, one user after another: its limits are low.
    for (const row of rows.filter(({ user_id: userId }) => unknown.has(userId))) {
      try {
        await this.#endByApi(row, own);
        done.push(row.id);
      } catch (error) {
        failures.push(error);
      }
    }
    await this.#pool.query('delete from session_endings where id = any($1::uuid[])', [done]);
    if (failures.length > 0) throw failures[0];
  }

  /**
   * There is no sign-out by user or session id. A token at hand ends its own session, or the others of its user; else the
   * service signs in for the user by a link that it spends itself, and ends everything with that. So ending one session
   * that isn't the caller's ends more than was asked, never less.
   */
  async #endByApi(row: Row, own: OwnToken | undefined): Promise<void> {
    const { user_id: userId, auth_session_id: sessionId, spared_id: spared } = row;
    if (own?.userId === userId) {
      const isOwn = sessionId !== null && sessionId === own.sessionId;
      const scope = isOwn ? 'local' : sessionId === null && spared === null ? 'global' : 'others';
      if (await this.#identities.signOut(own.token, scope)) return;
    }
    await this.#identities.endAllSessions(userId);
  }
}

const endingOf = (row: Row): SessionEnding => ({
  userId: row.user_id,
  sessionId: row.auth_session_id,
  sparedId: row.spared_id,
  age: row.age,
});
