import type { Gate, TenantEntry } from './call.ts';
import type { SessionIdentity } from '../auth/session-identity.ts';
import { Problem } from '../ground/problem.ts';
import type { Origin } from '../control-plane/audit-trail.ts';
import type { AuthServerWatch } from '../auth/auth-server-watch.ts';
import type { GuardedField } from '../permissions/input-rules.ts';
import { countUp, LadderCounts } from './ladder-counts.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import { forbidden, forbiddenFields } from '../permissions/abilities.ts';
import { requireOwnPassword } from '../auth/own-password.ts';
import { requireShownFactor } from '../auth/second-factor.ts';
import type { RateLimiter } from '../auth/rate-limiter.ts';
import type { Refusals, Refused } from '../auth/refusals.ts';
import type { SessionManager, SessionState } from '../auth/session-manager.ts';
import type { TenantAccess } from './tenant-access.ts';
import type { UserAccess, UserAccessCache } from '../auth/user-access.ts';
import type { TokenClaims, VerifiedTokens } from '../auth/verified-tokens.ts';

export interface GateParts {
  tokens: VerifiedTokens;
  sessions: SessionManager;
  users: UserAccessCache;
  tenants: TenantAccess;
  perSession: RateLimiter;
  refusals: Refusals;
  watch: Pick<AuthServerWatch, 'seen'>;
  /** Operators need a second factor. */
  operatorMfa: boolean;
}

/** Refused entries to a tenant that belong in the audit trail; an upgrade or an outage isn't one. */
const refusedEntry = new Set(['UNAUTHENTICATED', 'TENANT_SUSPENDED', 'FORBIDDEN']);

/**
 * The checks every request passes, in their order. All of them answer from memory on the normal path: nothing here
 * awaits unless something has to be read.
 */
export class AccessGate implements Gate {
  readonly #parts: GateParts;
  readonly counts = new LadderCounts();

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  identify(bearer: string | undefined, origin: Origin): SessionIdentity | Promise<SessionIdentity> {
    const claims = this.#claimsOf(bearer, origin);
    if (claims instanceof Promise) return this.#identifySlowly(claims, bearer ?? '', origin);
    const access = this.#accessOf(claims);
    if (access instanceof Promise)
      return access.then((user) => this.#check(identityOf(claims, user), origin));
    return this.#check(identityOf(claims, access), origin);
  }

  async verifyToken(bearer: string | undefined, origin: Origin): Promise<SessionIdentity> {
    const claims = await this.#claimsOf(bearer, origin);
    return identityOf(claims, await this.#accessOf(claims));
  }

  enterTenant(identity: SessionIdentity, origin?: Origin): TenantEntry | Promise<TenantEntry> {
    return this.#entered(() => this.#parts.tenants.enter(identity), identity, origin);
  }

  recogniseInTenant(identity: SessionIdentity, origin?: Origin): TenantEntry | Promise<TenantEntry> {
    return this.#entered(() => this.#parts.tenants.recognise(identity), identity, origin);
  }

  requirePermission(entry: TenantEntry, permission: Permission): void {
    if (entry.permissions.has(permission)) return;
    countUp(this.counts.permissionRefusals, permission);
    throw forbidden(permission);
  }

  /** Refuses fields that the person sends but may not see. */
  requireFields(entry: TenantEntry, sent: readonly GuardedField[]): void {
    const hidden = sent.filter(({ permission }) => !entry.permissions.has(permission));
    const [first, ...others] = hidden;
    if (!first) return;
    for (const permission of new Set(hidden.map((field) => field.permission)))
      countUp(this.counts.permissionRefusals, permission);
    throw forbiddenFields([first, ...others]);
  }

  requireOperator(identity: SessionIdentity, origin?: Origin): void {
    const refusal = this.#refusalOfOperator(identity);
    if (refusal === undefined) return this.requireWhole(identity);
    this.counts.operatorRefusals.refused += 1;
    if (origin) this.#parts.refusals.note('FORBIDDEN', origin, refusedOf(identity), { step: 'platform' });
    throw refusal;
  }

  requireWhole(identity: SessionIdentity): void {
    requireOwnPassword(identity);
    requireShownFactor(identity);
  }

  spend(sessionKey: string): void {
    if (this.#parts.perSession.tryTake(sessionKey)) return;
    this.counts.rateLimited.session += 1;
    throw this.#parts.perSession.refusal();
  }

  #refusalOfOperator(identity: SessionIdentity): Problem | undefined {
    if (!identity.isOperator) return new Problem('FORBIDDEN', 'access.operators_only');
    if (this.#parts.operatorMfa && identity.assurance !== 'aal2') {
      return new Problem('FORBIDDEN', 'access.operator_second_factor');
    }
    return undefined;
  }

  #claimsOf(bearer: string | undefined, origin: Origin): TokenClaims | Promise<TokenClaims> {
    const { tokens } = this.counts;
    const refuse = (error: unknown): never => {
      const code = error instanceof Problem ? error.code : 'UNAVAILABLE';
      if (code === 'UNAUTHENTICATED') {
        tokens.refused += 1;
        this.#parts.refusals.note(code, origin);
      } else {
        tokens.unavailable += 1;
      }
      throw error;
    };
    try {
      const claims = this.#parts.tokens.claimsOf(bearer);
      if (!(claims instanceof Promise)) {
        tokens.remembered += 1;
        return claims;
      }
      return claims.then((verified) => {
        tokens.verified += 1;
        return verified;
      }, refuse);
    } catch (error) {
      return refuse(error);
    }
  }

  /** Whether the identity's session is open. */
  #check(identity: SessionIdentity, origin: Origin): SessionIdentity | Promise<SessionIdentity> {
    const state = this.#stateOf(identity);
    if (state instanceof Promise) return state.then((read) => this.#decide(identity, read, origin));
    return this.#decide(identity, state, origin);
  }

  #stateOf(identity: SessionIdentity): SessionState | Promise<SessionState> {
    const state = this.#parts.sessions.isSessionValid(identity.sessionKey, identity);
    this.counts.sessionReads[state instanceof Promise ? 'database' : 'memory'] += 1;
    return state;
  }

  #accessOf(claims: TokenClaims): UserAccess | Promise<UserAccess> {
    const access = this.#parts.users.of(claims.userId);
    this.counts.userReads[access instanceof Promise ? 'database' : 'memory'] += 1;
    return access;
  }

  async #identifySlowly(
    verifying: Promise<TokenClaims>,
    bearer: string,
    origin: Origin,
  ): Promise<SessionIdentity> {
    const claims = await verifying;
    const identity = await this.#check(identityOf(claims, await this.#accessOf(claims)), origin);
    this.#parts.watch.seen(identity, bearer);
    return identity;
  }

  #decide(identity: SessionIdentity, state: SessionState, origin: Origin): SessionIdentity {
    this.counts.sessions[state] += 1;
    if (state === 'open') return identity;
    if (state === 'guarded') return { ...identity, owesSecondFactor: identity.assurance !== 'aal2' };
    const problem =
      state === 'unknown'
        ? new Problem('UNAUTHENTICATED', 'session.not_open')
        : state === 'expired'
          ? new Problem('UNAUTHENTICATED', 'session.ended')
          : new Problem('SESSION_REVOKED', 'session.revoked');
    this.#parts.refusals.note(problem.code, origin, refusedOf(identity));
    throw problem;
  }

  /** Counts the entry into the tenant, and records refusals. */
  #entered(
    enter: () => TenantEntry | Promise<TenantEntry>,
    identity: SessionIdentity,
    origin: Origin | undefined,
  ): TenantEntry | Promise<TenantEntry> {
    try {
      const entry = enter();
      if (!(entry instanceof Promise)) {
        this.counts.tenantReads.memory += 1;
        return entry;
      }
      this.counts.tenantReads.database += 1;
      return entry.catch((error: unknown) => this.#refuseEntry(error, identity, origin));
    } catch (error) {
      return this.#refuseEntry(error, identity, origin);
    }
  }

  #refuseEntry(error: unknown, identity: SessionIdentity, origin: Origin | undefined): never {
    if (error instanceof Problem && refusedEntry.has(error.code)) {
      countUp(this.counts.tenantRefusals, error.code);
      if (origin) this.#parts.refusals.note(error.code, origin, refusedOf(identity), { step: 'tenant' });
    }
    throw error;
  }
}

function identityOf(claims: TokenClaims, access: UserAccess): SessionIdentity {
  const { tenants, isOperator, mustChangePassword } = access;
  // A person who works for several companies is in the one their token names; only the control plane knows which are
  // theirs.
  const isNamed = claims.tenantClaim !== null && tenants.includes(claims.tenantClaim);
  const tenantId = isNamed ? claims.tenantClaim : (tenants[0] ?? null);
  return { ...claims, tenantId, isOperator, mustChangePassword, owesSecondFactor: false };
}

/** The person whom an audit entry about this identity names. */
export function refusedOf(identity: SessionIdentity): Refused {
  const { userId, email, tenantId, sessionKey } = identity;
  return { actorId: userId, actorEmail: email, tenantId, subject: sessionKey };
}
