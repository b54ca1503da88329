import type pg from 'pg';
import { inTransaction } from '../db/transaction.ts';
import { v7 as uuidv7 } from 'uuid';
import { Problem } from '../ground/problem.ts';
import type { Because } from './endings.ts';
import { lockForOpening, lockName, revokedInSql, Revocations } from './revocations.ts';
import type { EndingThere, RevocationTrace } from './revocations.ts';
import type { SessionEndings } from './session-endings.ts';
import type { KnownSession, SessionRegistry } from './session-registry.ts';

/** `guarded`: open, but opened without the second factor that its user has set up. */
export type SessionState = 'open' | 'guarded' | 'revoked' | 'expired' | 'unknown';

export interface NewSession {
  jti: string;
  userId: string;
  tenantId: string | null;
  email: string;
  device: string;
  ip: string;
  /** When the person signed in, seconds since the epoch. */
  signedInAt: number;
  /** The session of the auth server; null for tokens that name none. */
  authSessionId: string | null;
  /** Whether the user has yet to show their second factor; undefined where that could not be found out. */
  guarded?: boolean | undefined;
  /** What stood before the auth server was asked about the session: what came since means it too. */
  revokedBefore?: RevokedBefore;
}

/** The last revocations of a user and of their company. */
export interface RevokedBefore {
  ofUser: string;
  ofTenant: string;
  tenantId: string | null;
  /** One came so close to the sign-in that only the auth server can tell which was first: sign-in times are whole seconds. */
  isClose: boolean;
}

/** The required owner of a session, and the company it must be open in (null: in none; left out: in any). */
export interface SessionOwner {
  userId: string;
  tenantId?: string | null;
}

export interface SessionRow {
  jti: string;
  user_id: string;
  tenant_id: string | null;
  email: string;
  device: string;
  ip: string;
  created_at: string;
  last_activity_at: string;
  expires_at: string;
  revoked_at: string | null;
  auth_session_id: string | null;
  guarded: boolean;
}

/** A session ends this long after its sign-in, however often its token is refreshed. */
const sessionLifetime = '30 days';

/** A session key for tokens that carry none: a UUID v7. */
export function generateJTI(): string {
  return uuidv7();
}

/**
 * Opens, checks and revokes sessions. The control plane's database is the truth; the registry answers for it in memory
 * as long as the feed is alive.
 */
export class SessionManager {
  readonly #pool: pg.Pool;
  readonly #registry: SessionRegistry;
  readonly #isFresh: () => boolean;
  readonly #revocations: Revocations;
  readonly #endings: SessionEndings;
  readonly #reading = new Map<string, Promise<KnownSession | undefined>>();

  /** `isFresh` tells whether the registry may be trusted; without it every check asks the database. */
  constructor(
    pool: pg.Pool,
    registry: SessionRegistry,
    isFresh: () => boolean,
    endings: SessionEndings,
    onError: (error: unknown) => void = () => {},
  ) {
    this.#pool = pool;
    this.#registry = registry;
    this.#isFresh = isFresh;
    this.#revocations = new Revocations(pool, registry, endings, onError);
    this.#endings = endings;
  }

  /**
   * Completes what must end sessions of the user before a new one is opened. When this returns, endings close to the
   * sign-in have reached the auth server, so that its answer on the session is final.
   * @throws UNAVAILABLE where that can't be reached
   */
  async revokedBefore(
    session: Pick<NewSession, 'userId' | 'tenantId' | 'signedInAt'>,
  ): Promise<RevokedBefore> {
    const { userId, tenantId, signedInAt } = session;
    const { rows } = await this.#pool.query<Omit<RevokedBefore, 'tenantId'>>(
      `select coalesce(max(seq) filter (where scope = 'user'), 0) as "ofUser",
              coalesce(max(seq) filter (where scope = 'tenant'), 0) as "ofTenant",
              coalesce(bool_or(not_before between to_timestamp($3) and to_timestamp($3) + interval '1 second'), false)
                as "isClose"
         from revocations where (scope = 'user' and subject = $1::uuid::text)
                             or (scope = 'tenant' and subject = $2::uuid::text)`,
      [userId, tenantId, signedInAt],
    );
    if (!rows[0]) throw new Error('The control plane did not answer.');
    if (rows[0].isClose) await this.#endings.settleUser(userId).catch(throwUnavailable);
    return { ...rows[0], tenantId };
  }

  /**
   * Registers the session; safe to repeat. It lasts for 30 days from the sign-in, also where its row was cleaned up.
   * @throws SESSION_REVOKED when it, its user or its tenant was revoked since the sign-in, UNAUTHENTICATED when its time
   * is over or its key is another user's.
   */
  async createSession(session: NewSession): Promise<SessionRow> {
    const row = await inTransaction(this.#pool, async (client) => {
      const { jti, userId, tenantId } = session;
      await client.query(lockForOpening, [
        [
          ...(tenantId === null ? [] : [lockName('tenant', tenantId)]),
          lockName('user', userId),
          lockName('session', jti),
        ],
      ]);
      return (await this.#insert(client, session)) ?? this.#refuse(client, session);
    });
    this.#registry.remember(row.jti, knownOf(row));
    return row;
  }

  async #insert(client: pg.PoolClient, session: NewSession): Promise<SessionRow | undefined> {
    const { jti, userId, tenantId, email, device, ip, signedInAt, authSessionId, guarded } = session;
    const { revokedBefore: before } = session;
    // Sign-in times are whole seconds: someone who signs in again right after a revocation must not be refused. A
    // sign-in before the revocation was refused by the auth server or revoked with the rest: locks order both for one
    // subject.
    const { rows } = await client.query<SessionRow>(
      `insert into sessions as s (jti, user_id, tenant_id, email, device, ip, created_at, expires_at, auth_session_id,
         guarded)
       select $1, $2::uuid, $3::uuid, $4, $5, $6, clock_timestamp(),
              least(now(), to_timestamp($7)) + interval '${sessionLifetime}', $8::uuid, coalesce($9, false)
       where to_timestamp($7) > now() - interval '${sessionLifetime}' and not exists (
         select 1 from revocations r where (r.scope = 'session' and r.subject = $1)
            or (r.except_jti is distinct from $1
                and ((r.scope = 'user' and r.subject = $2::uuid::text)
                  or (r.scope = 'tenant' and r.subject = $3::uuid::text))
                and (r.not_before > to_timestamp($7) + interval '1 second'
                  or r.seq > case r.scope when 'user' then $10::bigint else $11::bigint end)))
       on conflict (jti) do update set device = excluded.device, ip = excluded.ip, last_activity_at = now(),
         tenant_id = excluded.tenant_id, auth_session_id = excluded.auth_session_id, guarded = coalesce($9, s.guarded)
         where s.revoked_at is null and s.user_id = excluded.user_id and s.expires_at > now()
       returning *`,
      [
        jti,
        userId,
        tenantId,
        email,
        device,
        ip,
        signedInAt,
        authSessionId,
        guarded ?? null,
        before?.ofUser,
        // The proof of a mailbox may have led to another company meanwhile.
        before?.tenantId === tenantId ? before.ofTenant : null,
      ],
    );
    return rows[0];
  }

  /** Says why a session was not opened. */
  async #refuse(client: pg.PoolClient, { jti, userId, signedInAt }: NewSession): Promise<never> {
    const { rows } = await client.query<{ foreign: boolean; over: boolean }>(
      `select coalesce(s.user_id <> $2::uuid, false) as foreign, s.revoked_at is null and
              coalesce(s.expires_at <= now(), to_timestamp($3) <= now() - interval '${sessionLifetime}') as over
       from (select $1::text as jti) asked left join sessions s on s.jti = asked.jti`,
      [jti, userId, signedInAt],
    );
    if (rows[0]?.foreign === true) throw new Problem('UNAUTHENTICATED', 'session.not_valid');
    if (rows[0]?.over === true) throw new Problem('UNAUTHENTICATED', 'session.ended');
    throw new Problem('SESSION_REVOKED', 'session.revoked');
  }

  /**
   * Whether requests of the session may pass. Without a query when the session is known here and the feed is alive.
   * With `whose`, another user's session is unknown, and so is one that is open in another company: what ends the sessions
   * of a company would miss it.
   * @throws UNAVAILABLE when the database had to be asked and didn't answer.
   */
  isSessionValid(jti: string, whose?: SessionOwner): SessionState | Promise<SessionState> {
    const known = this.#isFresh() ? this.#registry.get(jti) : undefined;
    // One that was opened anew in another company since is read again: nothing announces that.
    if (known && isIn(known, whose)) return this.#stateOf(jti, known, whose);
    return this.#read(jti).then((session) => this.#stateOf(jti, session, whose));
  }

  #stateOf(jti: string, session: KnownSession | undefined, whose: SessionOwner | undefined): SessionState {
    if (!session || (whose && session.userId !== whose.userId)) return 'unknown';
    if (session.revoked) return 'revoked';
    if (!isIn(session, whose)) return 'unknown';
    if (session.expiresAt <= Date.now()) return 'expired';
    this.#registry.touch(jti);
    return session.guarded ? 'guarded' : 'open';
  }

  /**
   * Whether it is one of the user's, ended or not. Sought among theirs alone: a look at another's takes longer than one at
   * none, and tells which ids exist.
   */
  async isSessionOf(userId: string, jti: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `with theirs as materialized (select jti from sessions where user_id = $1)
       select from theirs where jti = $2`,
      [userId, jti],
    );
    return rowCount === 1;
  }

  /** The user's sessions that are open, the latest used first. */
  async getUserActiveSessions(userId: string): Promise<SessionRow[]> {
    const { rows } = await this.#pool.query<SessionRow>(
      `select * from sessions s where user_id = $1 and revoked_at is null and expires_at > now()
       and not ${revokedInSql} order by last_activity_at desc limit 200`,
      [userId],
    );
    return rows;
  }

  /** Revokes one session on every node; returns how many were open (0 or 1). It can never be opened again. */
  async revokeSession(
    jti: string,
    because: Because,
    trace: RevocationTrace = {},
    there: EndingThere = {},
  ): Promise<number> {
    return this.#revocations.revoke('session', jti, because, trace, null, there);
  }

  /** Revokes all sessions of a user, but for `exceptJti` when given; returns how many were open. */
  async revokeAllUserSessions(
    userId: string,
    because: Because,
    trace: RevocationTrace = {},
    exceptJti?: string,
    there: EndingThere = {},
  ): Promise<number> {
    return this.#revocations.revoke('user', userId, because, trace, exceptJti, there);
  }

  /** Emergency lockdown: revokes every session of a tenant; returns how many were open. */
  async revokeAllTenantSessions(
    tenantId: string,
    because: Because,
    trace: RevocationTrace = {},
  ): Promise<number> {
    return this.#revocations.revoke('tenant', tenantId, because, trace);
  }

  /** Deletes what ended long ago; returns how many sessions. Revocations stay until their own end. */
  async cleanupExpiredSessions(): Promise<number> {
    const { rowCount } = await this.#pool.query(
      "delete from sessions where expires_at < now() - interval '1 day'",
    );
    await this.#pool.query('delete from revocations where expires_at < now()');
    await this.#pool.query("delete from access_changes where created_at < now() - interval '1 day'");
    return rowCount ?? 0;
  }

  /** Writes the collected times of last use; what could not be written is kept for the next call. */
  async saveActivity(): Promise<void> {
    const used = this.#registry.takeActivity();
    if (used.size === 0) return;
    const now = performance.now();
    try {
      // By the database's clock. Rows that somebody else is changing are left for the next use.
      await this.#pool.query(
        `with used as (select * from unnest($1::text[], $2::float8[]) as u (jti, ago)),
              mine as (select s.jti from sessions s join used using (jti) order by s.jti
                       for no key update of s skip locked)
         update sessions s
            set last_activity_at = greatest(s.last_activity_at, now() - used.ago * interval '1 millisecond')
           from used join mine using (jti) where s.jti = used.jti`,
        [[...used.keys()], [...used.values()].map((at) => now - at)],
      );
    } catch (error) {
      this.#registry.returnActivity(used);
      throw error;
    }
  }

  #read(jti: string): Promise<KnownSession | undefined> {
    // An answer that was asked for before a revocation is only good while the feed corrects it.
    if (!this.#isFresh()) return this.#readOnce(jti);
    const reading = this.#reading.get(jti);
    if (reading) return reading;
    const read = this.#readOnce(jti).finally(() => this.#reading.delete(jti));
    this.#reading.set(jti, read);
    return read;
  }

  async #readOnce(jti: string): Promise<KnownSession | undefined> {
    try {
      const { rows } = await this.#pool.query<SessionRow & { revoked: boolean }>(
        `select s.*, s.revoked_at is not null or ${revokedInSql} as revoked from sessions s where jti = $1`,
        [jti],
      );
      const [row] = rows;
      if (!row) return undefined;
      return this.#registry.remember(jti, { ...knownOf(row), revoked: row.revoked });
    } catch (error) {
      throwUnavailable(error);
    }
  }
}

function knownOf(row: SessionRow): KnownSession {
  return {
    userId: row.user_id,
    tenantId: row.tenant_id,
    authSessionId: row.auth_session_id,
    createdAt: Date.parse(row.created_at),
    expiresAt: Date.parse(row.expires_at),
    revoked: row.revoked_at !== null,
    guarded: row.guarded,
  };
}

function isIn(session: KnownSession, whose: SessionOwner | undefined): boolean {
  return whose?.tenantId === undefined || session.tenantId === whose.tenantId;
}

function throwUnavailable(cause: unknown): never {
  throw new Problem('UNAVAILABLE', 'session.not_checked', {}, { retryAfterSeconds: 2, cause });
}
