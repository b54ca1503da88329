import { LRUCache } from 'lru-cache';
import { atMost } from '../ground/at-most.ts';
import { Problem } from '../ground/problem.ts';
import type { AuthDatabase } from './auth-database.ts';
import type { Ending } from './endings.ts';
import type { IdentityProvider, Standing } from './identity-provider.ts';
import type { RevocationTrace } from './revocations.ts';
import type { SessionManager } from './session-manager.ts';
import type { SessionRegistry } from './session-registry.ts';
import type { TokenClaims } from './verified-tokens.ts';

export interface WatchParts {
  database: AuthDatabase;
  identities: Pick<IdentityProvider, 'standingOf' | 'isGone'>;
  sessions: SessionManager;
  registry: SessionRegistry;
  onError: (error: unknown) => void;
}

type Ended = Exclude<Standing, 'open' | 'guarded' | 'unknown'>;

/** How long an opening waits for the auth server, in milliseconds; then the token's own word counts. */
const patience = 1500;
/** If its database isn't ours, the auth server is asked about a session in use this often. Milliseconds. */
const askAgainMs = 300_000;

const reasons: Record<Ended, Ending> = {
  ended: 'ended at the sign-in service',
  banned: 'the account is banned at the sign-in service',
  'no such user': 'the account is gone at the sign-in service',
};

type Asked = Pick<TokenClaims, 'userId' | 'sessionKey' | 'issuedAt'>;
type Opening = Asked & Pick<TokenClaims, 'assurance'>;

/**
 * Sessions that the auth server has ended end here too: by a ban, a deletion, or a change of the password, which ends
 * the person's other sessions. A token by itself stays valid for up to an hour. The auth server is asked when a session
 * is opened and when a fresh token shows that it was refreshed; where its database is ours every session in use is
 * looked up there every two seconds. An auth server that is away signs nobody out.
 */
export class AuthServerWatch {
  readonly #parts: WatchParts;
  readonly #asked = new LRUCache<string, { issuedAt: number; at: number }>({ max: 100_000 });
  #looking = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /**
   * Says whether the session's user has a second factor that it hasn't shown; undefined where the auth server doesn't
   * answer. An answer that comes too late ends what it would have refused or held back.
   * @throws SESSION_REVOKED for a session the auth server has ended, or of a user it has banned or deleted, UNAVAILABLE
   * where it doesn't answer and `isClose` says that its word is needed.
   */
  async requireOpen(
    asked: Opening,
    bearer: string,
    trace: RevocationTrace,
    isClose: boolean,
  ): Promise<boolean | undefined> {
    const standing = await this.#standingSoon(bearer, (late) => this.#refuseLate(asked, late, trace));
    this.#asked.set(asked.sessionKey, { issuedAt: asked.issuedAt, at: performance.now() });
    if (standing === 'unknown') {
      if (!isClose) return undefined;
      throw new Problem('UNAVAILABLE', 'sign_in.service_unreachable', {}, { retryAfterSeconds: 2 });
    }
    if (!isEnded(standing)) return owesSecondFactor(asked, standing);
    await this.#end(asked.sessionKey, asked.userId, standing, trace);
    throw new Problem('SESSION_REVOKED', 'session.ended_at_service');
  }

  /** A token was seen that this node hadn't verified lately. The request doesn't wait for what follows. */
  seen(claims: Asked, bearer: string): void {
    const before = this.#asked.get(claims.sessionKey);
    const isDue =
      before === undefined || claims.issuedAt > before.issuedAt || performance.now() - before.at > askAgainMs;
    if (!isDue) return;
    this.#asked.set(claims.sessionKey, { issuedAt: claims.issuedAt, at: performance.now() });
    void this.#ask(claims, bearer).catch(this.#parts.onError);
  }

  /** Looks up the sessions in use, where the auth server's database is ours. One look at a time. */
  async look(): Promise<void> {
    const { database, registry } = this.#parts;
    const inUse = registry.inUse();
    if (this.#looking || inUse.length === 0) return;
    this.#looking = true;
    try {
      const ended = new Map((await database.endedOf(inUse)).map((one) => [one.sessionId, one.state]));
      for (const { jti, userId, sessionId } of inUse) {
        const state = ended.get(sessionId);
        if (state === undefined) continue;
        // A database that doesn't know the user may be another project's: the auth server has the last word.
        if (state === 'no such user' && !(await this.#parts.identities.isGone(userId))) continue;
        await this.#end(jti, userId, state, {});
      }
    } finally {
      this.#looking = false;
    }
  }

  /** `unknown` when the auth server doesn't answer in time; its answer goes to `late` then. */
  async #standingSoon(bearer: string, late: (standing: Standing) => Promise<void>): Promise<Standing> {
    const found: { standing?: Standing; isLate?: true } = {};
    const asking = this.#parts.identities
      .standingOf(bearer)
      .then((standing) => {
        found.standing = standing;
        return found.isLate ? late(standing) : undefined;
      })
      .catch(this.#parts.onError);
    await atMost(patience, asking);
    if (found.standing === undefined) found.isLate = true;
    return found.standing ?? 'unknown';
  }

  async #refuseLate(asked: Opening, standing: Standing, trace: RevocationTrace): Promise<void> {
    const { sessionKey, userId } = asked;
    if (isEnded(standing)) await this.#end(sessionKey, userId, standing, trace);
    if (owesSecondFactor(asked, standing)) {
      await this.#parts.sessions.revokeSession(sessionKey, 'the second factor was not shown', trace);
    }
  }

  async #ask(claims: Asked, bearer: string): Promise<void> {
    const standing = await this.#parts.identities.standingOf(bearer);
    if (!isEnded(standing)) return;
    await this.#end(claims.sessionKey, claims.userId, standing, {});
  }

  async #end(jti: string, userId: string, standing: Ended, trace: RevocationTrace): Promise<void> {
    const { sessions } = this.#parts;
    const reason = reasons[standing];
    // A session that was never opened, or is revoked already, needs no ending.
    if (standing === 'ended') {
      const state = await sessions.isSessionValid(jti, { userId });
      if (state !== 'open' && state !== 'guarded') return;
      await sessions.revokeSession(jti, reason, trace, { alreadyEnded: true });
    } else if ((await sessions.getUserActiveSessions(userId)).length > 0) {
      // A ban keeps the sessions there for its own end; they are not to come back with it.
      await sessions.revokeAllUserSessions(userId, reason, trace, undefined, {
        alreadyEnded: standing === 'no such user',
      });
    }
  }
}

function isEnded(standing: Standing): standing is Ended {
  return standing in reasons;
}

/** Confirming the sign-in with a code gives the same session a token that says so. */
function owesSecondFactor({ assurance }: Opening, standing: Standing): boolean {
  return standing === 'guarded' && assurance !== 'aal2';
}
