import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { Problem } from '../trpc/problem.ts';
import { Revocations } from './revocations.ts';
import type { RevocationTrace } from './revocations.ts';
import type { KnownSession, SessionRegistry } from './session-registry.ts';

export type SessionState = 'open' | 'revoked' | 'expired' | 'unknown';

export interface NewSession {
  jti: string;
  userId: string;
  tenantId: string | null;
  email: string;
  device: string;
  ip: string;
  /** When the person signed in, seconds since the epoch. */
  signedInAt: number;
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
}

/** A session ends this long after it was opened, however often its token is refreshed. */
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
  readonly #reading = new Map<string, Promise<KnownSession | undefined>>();

  /** `isFresh` tells whether the registry may be trusted; without it every check asks the database. */
  constructor(pool: pg.Pool, registry: SessionRegistry, isFresh: () => boolean) {
    this.#pool = pool;
    this.#registry = registry;
    this.#isFresh = isFresh;
    this.#revocations = new Revocations(pool, registry);
  }

  /**
   * Registers the session; safe to repeat.
   * @throws SESSION_REVOKED when it, its user or its tenant was revoked since the sign-in.
   */
  async createSession(session: NewSession): Promise<SessionRow> {
    const { rows } = await this.#pool.query<SessionRow>(
      `insert into sessions as s (jti, user_id, tenant_id, email, device, ip, expires_at)
       select $1, $2::uuid, $3::uuid, $4, $5, $6, now() + interval '${sessionLifetime}'
       where not exists (
         select 1 from revocations r where (r.scope = 'session' and r.subject = $1)
            or (r.scope = 'user' and r.subject = $2::uuid::text and r.not_before > to_timestamp($7))
            or (r.scope = 'tenant' and r.subject = $3::uuid::text and r.not_before > to_timestamp($7)))
       on conflict (jti) do update set device = excluded.device, ip = excluded.ip, last_activity_at = now(),
         tenant_id = excluded.tenant_id
         where s.revoked_at is null and s.user_id = excluded.user_id and s.expires_at > now()
       returning *`,
      // Sign-in times are whole seconds: someone who signs in again right after a revocation must not be refused.
      [
        session.jti,
        session.userId,
        session.tenantId,
        session.email,
        session.device,
        session.ip,
        session.signedInAt + 1,
      ],
    );
    const [row] = rows;
    if (!row) throw new Problem('SESSION_REVOKED', 'This session was signed out. Sign in again.');
    this.#registry.remember(row.jti, knownOf(row));
    return row;
  }

  /**
   * Whether requests of the session may pass. Without a query when the session is known here and the feed is alive.
   * @throws UNAVAILABLE when the database had to be asked and didn't answer.
   */
  isSessionValid(jti: string): SessionState | Promise<SessionState> {
    const known = this.#isFresh() ? this.#registry.get(jti) : undefined;
    if (known) {
      this.#registry.touch(jti);
      return stateOf(known);
    }
    return this.#read(jti).then((session) => {
      if (session) this.#registry.touch(jti);
      return session ? stateOf(session) : 'unknown';
    });
  }

  async getSession(jti: string): Promise<SessionRow | undefined> {
    const { rows } = await this.#pool.query<SessionRow>('select * from sessions where jti = $1', [jti]);
    return rows[0];
  }

  /** The user's sessions that are open, the latest used first. */
  async getUserActiveSessions(userId: string): Promise<SessionRow[]> {
    const { rows } = await this.#pool.query<SessionRow>(
      `select * from sessions s where user_id = $1 and revoked_at is null and expires_at > now()
       and not exists (select 1 from revocations r where r.scope = 'tenant' and r.subject = s.tenant_id::text
                       and r.not_before >= s.created_at)
       order by last_activity_at desc limit 200`,
      [userId],
    );
    return rows;
  }

  /** Revokes one session on every node; returns how many were open (0 or 1). It can never be opened again. */
  async revokeSession(jti: string, reason: string, trace: RevocationTrace = {}): Promise<number> {
    return this.#revocations.revoke('session', jti, reason, trace);
  }

  /** Revokes all sessions of a user, but for `exceptJti` when given; returns how many were open. */
  async revokeAllUserSessions(
    userId: string,
    reason: string,
    trace: RevocationTrace = {},
    exceptJti?: string,
  ): Promise<number> {
    if (exceptJti === undefined) {
      return this.#revocations.revoke('user', userId, reason, trace);
    }
    let revoked = 0;
    for (const { jti } of await this.getUserActiveSessions(userId)) {
      if (jti !== exceptJti) revoked += await this.revokeSession(jti, reason, trace);
    }
    return revoked;
  }

  /** Emergency lockdown: revokes every session of a tenant; returns how many were open. */
  async revokeAllTenantSessions(
    tenantId: string,
    reason: string,
    trace: RevocationTrace = {},
  ): Promise<number> {
    return this.#revocations.revoke('tenant', tenantId, reason, trace);
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

  /** Writes the collected times of last use. */
  async saveActivity(): Promise<void> {
    const used = this.#registry.takeActivity();
    if (used.size === 0) return;
    await this.#pool.query(
      `update sessions s set last_activity_at = greatest(s.last_activity_at, to_timestamp(u.at / 1000))
       from unnest($1::text[], $2::float8[]) as u (jti, at) where s.jti = u.jti`,
      [[...used.keys()], [...used.values()]],
    );
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
        `select s.*, s.revoked_at is not null or exists (
           select 1 from revocations r where r.not_before >= s.created_at
             and ((r.scope = 'user' and r.subject = s.user_id::text)
               or (r.scope = 'tenant' and r.subject = s.tenant_id::text))) as revoked
         from sessions s where jti = $1`,
        [jti],
      );
      const [row] = rows;
      if (!row) return undefined;
      return this.#registry.remember(jti, { ...knownOf(row), revoked: row.revoked });
    } catch (error) {
      throw new Problem('UNAVAILABLE', 'Sessions cannot be checked right now. Try again in a moment.', {
        retryAfterSeconds: 2,
        cause: error,
      });
    }
  }
}

function knownOf(row: SessionRow): KnownSession {
  return {
    userId: row.user_id,
    tenantId: row.tenant_id,
    createdAt: Date.parse(row.created_at),
    expiresAt: Date.parse(row.expires_at),
    revoked: row.revoked_at !== null,
  };
}

function stateOf(session: KnownSession): SessionState {
  if (session.revoked) return 'revoked';
  return session.expiresAt <= Date.now() ? 'expired' : 'open';
}
