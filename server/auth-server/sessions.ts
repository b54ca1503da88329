import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { AccessTokens } from './access-tokens.ts';
import { inTransaction, type Connection } from './database.ts';
import { decodeRefreshToken, encodeRefreshToken, isSignedBy } from './refresh-tokens.ts';
import { SessionsRepo, type SessionRow } from './sessions.repo.ts';
import type { AuthSettings } from './settings.ts';
import { UsersRepo, type UserRow } from './users.repo.ts';
import type { Vault } from './vault.ts';
import { badRequest } from './wire/failure.ts';
import { describeUser, type WireUser } from './wire/user.ts';

/** Where a sign-in came from. */
export interface Origin {
  ip: string;
  userAgent: string;
}

export interface TokenAnswer {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  expires_at: number;
  refresh_token: string;
  user: WireUser;
}

/** Opens, refreshes and raises sessions; a session exists exactly as long as its row does. */
export class Sessions {
  readonly #pool: pg.Pool;
  readonly #vault: Vault;
  readonly #tokens: AccessTokens;
  readonly #settings: AuthSettings;

  constructor(options: { pool: pg.Pool; vault: Vault; tokens: AccessTokens; settings: AuthSettings }) {
    this.#pool = options.pool;
    this.#vault = options.vault;
    this.#tokens = options.tokens;
    this.#settings = options.settings;
  }

  /** A new session for the user, signed in by this method, within the caller's transaction. */
  async open(client: pg.PoolClient, userId: string, method: string, origin: Origin): Promise<TokenAnswer> {
    const id = randomUUID();
    const repo = new SessionsRepo(client);
    const user = await new UsersRepo(client).update(userId, { last_sign_in_at: new Date() });
    await repo.insert({
      id,
      userId,
      refreshKey: this.#vault.seal(randomBytes(32), purposeOf(id)),
      userAgent: origin.userAgent.slice(0, 500),
      ip: origin.ip,
    });
    await repo.recordMethod(id, method);
    return this.#answer(client, user, id);
  }

  /**
   * Trades a refresh token. Refreshes of one session wait for each other. The token just replaced, or any older one
   * within the reuse interval, gets the current token again: the client lost an answer. Anything older is taken for
   * theft, and ends the session.
   */
  async refresh(refreshToken: string): Promise<TokenAnswer> {
    const token = decodeRefreshToken(refreshToken);
    if (!token) throw unknownRefreshToken();
    // The failure is returned, not thrown, so that ending a misused session is committed.
    const outcome = await inTransaction(this.#pool, async (client) => {
      const repo = new SessionsRepo(client);
      const session = await repo.byIdForUpdate(token.sessionId);
      if (!session || !isSignedBy(token, this.#keyOf(session))) return unknownRefreshToken();
      const user = await new UsersRepo(client).byId(session.user_id);
      if (!user || user.deleted_at) return unknownRefreshToken();
      if (isBanned(user)) return badRequest('user_banned', 'Invalid Refresh Token: User Banned');
      const expiry = this.#expiryOf(session);
      if (expiry !== null)
        return badRequest('session_expired', `Invalid Refresh Token: Session Expired${expiry}`);
      const behind = session.refresh_counter - token.counter;
      if (behind < 0) return unknownRefreshToken();
      if (behind > 1 && !this.#isWithinReuse(session)) {
        await repo.remove(session.id);
        return badRequest('refresh_token_already_used', 'Invalid Refresh Token: Already Used');
      }
      if (behind === 0) await repo.advance(session.id);
      return this.#answer(client, user, session.id);
    });
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  /** Raises the session to aal2 by a verified factor and rotates its refresh token. */
  async raise(
    client: pg.PoolClient,
    user: UserRow,
    sessionId: string,
    factorId: string,
  ): Promise<TokenAnswer> {
    const repo = new SessionsRepo(client);
    await repo.raise(sessionId, factorId);
    await repo.recordMethod(sessionId, 'totp');
    await repo.advance(sessionId);
    return this.#answer(client, user, sessionId);
  }

  async #answer(db: Connection, user: UserRow, sessionId: string): Promise<TokenAnswer> {
    const repo = new SessionsRepo(db);
    const session = await repo.byId(sessionId);
    if (!session) throw unknownRefreshToken();
    const methods = await repo.methodsOf(sessionId);
    const { token, expiresAt } = await this.#tokens.issue({
      userId: user.id,
      aud: user.aud,
      role: user.role,
      email: user.email ?? '',
      phone: user.phone ?? '',
      appMetadata: user.app_metadata,
      userMetadata: user.user_metadata,
      isAnonymous: user.is_anonymous,
      sessionId,
      aal: session.aal,
      amr: methods.map(({ method, used_at }) => ({
        method,
        timestamp: Math.floor(used_at.getTime() / 1000),
      })),
    });
    return {
      access_token: token,
      token_type: 'bearer',
      expires_in: this.#tokens.lifeSeconds,
      expires_at: expiresAt,
      refresh_token: encodeRefreshToken(sessionId, session.refresh_counter, this.#keyOf(session)),
      user: await describeUser(db, user),
    };
  }

  #keyOf(session: SessionRow): Buffer {
    return this.#vault.open(session.refresh_key, purposeOf(session.id));
  }

  #isWithinReuse(session: SessionRow): boolean {
    const since = (session.refreshed_at ?? session.created_at).getTime();
    return Date.now() - since <= this.#settings.refreshReuseSeconds * 1000;
  }

  /** What to add to the refusal of a session that can not go on; null when it can. */
  #expiryOf(session: SessionRow): string | null {
    const { sessionTimeboxSeconds: timebox, sessionInactivitySeconds: inactivity } = this.#settings;
    const now = Date.now();
    if (timebox !== null && now - session.created_at.getTime() > timebox * 1000) return '';
    const active = (session.refreshed_at ?? session.created_at).getTime();
    if (inactivity !== null && now - active > inactivity * 1000) return ' (Inactivity)';
    return null;
  }
}

export function isBanned(user: UserRow): boolean {
  return user.banned_until !== null && user.banned_until.getTime() > Date.now();
}

const unknownRefreshToken = () =>
  badRequest('refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found');

function purposeOf(sessionId: string): string {
  return `refresh key ${sessionId}`;
}
