import type { Gate, SessionIdentity, TenantEntry } from '../trpc/call.ts';
import { Problem } from '../trpc/problem.ts';
import type { Origin } from '../trpc/scope.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { SessionManager, SessionState } from './session-manager.ts';
import type { TenantAccess } from './tenant-access.ts';
import type { UserAccess, UserAccessCache } from './user-access.ts';
import type { TokenClaims, VerifiedTokens } from './verified-tokens.ts';

export interface GateParts {
  tokens: VerifiedTokens;
  sessions: SessionManager;
  users: UserAccessCache;
  tenants: TenantAccess;
  audit: AuditTrail;
  perSession: RateLimiter;
  refusals: RateLimiter;
  /** Operators need a second factor. */
  operatorMfa: boolean;
}

/**
 * The checks every request passes, in their order. All of them answer from memory on the normal path: nothing here
 * awaits unless something has to be read.
 */
export class AccessGate implements Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  identify(bearer: string | undefined, origin: Origin): SessionIdentity | Promise<SessionIdentity> {
    const claims = this.#parts.tokens.claimsOf(bearer);
    if (claims instanceof Promise) return this.#identifySlowly(claims, origin);
    const state = this.#parts.sessions.isSessionValid(claims.sessionKey);
    const access = this.#parts.users.of(claims.userId);
    if (state instanceof Promise || access instanceof Promise) {
      return Promise.all([state, access]).then(([known, user]) => this.#decide(claims, known, user, origin));
    }
    return this.#decide(claims, state, access, origin);
  }

  async verifyToken(bearer: string | undefined, origin: Origin): Promise<SessionIdentity> {
    try {
      const claims = await this.#parts.tokens.claimsOf(bearer);
      return identityOf(claims, await this.#parts.users.of(claims.userId));
    } catch (error) {
      this.#noteRefusal(error, origin);
      throw error;
    }
  }

  enterTenant(identity: SessionIdentity): TenantEntry | Promise<TenantEntry> {
    return this.#parts.tenants.enter(identity);
  }

  recogniseInTenant(identity: SessionIdentity): TenantEntry | Promise<TenantEntry> {
    return this.#parts.tenants.recognise(identity);
  }

  requireOperator(identity: SessionIdentity): void {
    if (!identity.isOperator) {
      throw new Problem('FORBIDDEN', 'This is for operators of the platform only.');
    }
    if (this.#parts.operatorMfa && identity.assurance !== 'aal2') {
      throw new Problem(
        'FORBIDDEN',
        'Operators sign in with a second factor here. Set one up and sign in again.',
      );
    }
  }

  spend(sessionKey: string): void {
    this.#parts.perSession.take(sessionKey);
  }

  async #identifySlowly(verifying: Promise<TokenClaims>, origin: Origin): Promise<SessionIdentity> {
    try {
      const claims = await verifying;
      const [state, access] = await Promise.all([
        this.#parts.sessions.isSessionValid(claims.sessionKey),
        this.#parts.users.of(claims.userId),
      ]);
      return this.#decide(claims, state, access, origin);
    } catch (error) {
      this.#noteRefusal(error, origin);
      throw error;
    }
  }

  #decide(claims: TokenClaims, state: SessionState, access: UserAccess, origin: Origin): SessionIdentity {
    if (state === 'open') return identityOf(claims, access);
    const problem =
      state === 'unknown'
        ? new Problem('UNAUTHENTICATED', 'This session is not open. Sign in again.')
        : state === 'expired'
          ? new Problem('UNAUTHENTICATED', 'This session has ended. Sign in again.')
          : new Problem('SESSION_REVOKED', 'This session was signed out. Sign in again.');
    this.#audit(problem, origin, claims, access);
    throw problem;
  }

  #noteRefusal(error: unknown, origin: Origin): void {
    if (error instanceof Problem && error.code === 'UNAUTHENTICATED') this.#audit(error, origin);
  }

  /** Every refusal goes into the trail, as far as its budget reaches: a storm must not fill it. */
  #audit(problem: Problem, origin: Origin, claims?: TokenClaims, access?: UserAccess): void {
    if (!this.#parts.refusals.tryTake(origin.ip)) return;
    this.#parts.audit.record({
      action: 'session.refused',
      outcome: 'refused',
      actorId: claims?.userId,
      actorEmail: claims?.email,
      tenantId: access?.tenantId,
      subject: claims?.sessionKey,
      ip: origin.ip,
      device: origin.device,
      details: { code: problem.code },
    });
  }
}

function identityOf(claims: TokenClaims, access: UserAccess): SessionIdentity {
  return { ...claims, tenantId: access.tenantId, isOperator: access.isOperator };
}
