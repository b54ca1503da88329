import type { AccountProofs, Proof } from '../../auth/account-proofs.ts';
import type { AuditTrail } from '../../control-plane/audit-trail.ts';
import type { Companies } from '../../auth/companies.ts';
import type { AuthServerWatch } from '../../auth/auth-server-watch.ts';
import type { z } from 'zod';
import type { Call, TenantEntry } from '../../ladder/call.ts';
import type { SessionIdentity } from '../../auth/session-identity.ts';
import { callerOf } from '../../ladder/caller.ts';
import { notFound, Problem } from '../../ground/problem.ts';
import type {
  chooseCompanySchema,
  companiesSchema,
  disownSecondFactorSchema,
  logoutSchema,
  Me,
  openSessionSchema,
  Session,
} from './account.contract.ts';
import { refusedOf } from '../../ladder/gate.ts';
import type { LadderCounts } from '../../ladder/ladder-counts.ts';
import type { RateLimiter } from '../../auth/rate-limiter.ts';
import type { Refusals } from '../../auth/refusals.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { OwnToken } from '../../auth/session-endings.ts';
import type { SessionManager } from '../../auth/session-manager.ts';
import type { UserAccessCache } from '../../auth/user-access.ts';
import { noteSignIn } from '../employees/access.service.ts';

export interface AuthParts {
  sessions: SessionManager;
  watch: AuthServerWatch;
  proofs: AccountProofs;
  companies: Companies;
  users: Pick<UserAccessCache, 'forget'>;
  audit: AuditTrail;
  refusals: Refusals;
  openings: RateLimiter;
  counts: Pick<LadderCounts, 'rateLimited'>;
  /** The lowest version of the desktop app that may work with this server. */
  lowestClient: string;
}

type Caller = Pick<Call, 'origin' | 'bearer' | 'gate' | 'log' | 'caller'>;

/** Opening, showing and ending one's own sessions. */
export class AuthService {
  readonly #parts: AuthParts;

  constructor(parts: AuthParts) {
    this.#parts = parts;
  }

  /**
   * Registers the session of the token, and accepts what its owner has proved by it: an invitation that waited for the
   * mailbox, a password that is now their own.
   * @throws SESSION_REVOKED when it was signed out before, here or at the auth server, FORBIDDEN for people who aren't
   * active employees of any company.
   */
  async openSession(call: Caller, device: string | undefined): Promise<z.output<typeof openSessionSchema>> {
    let identity = await call.gate.verifyToken(call.bearer, call.origin);
    call.caller = identity;
    try {
      this.#spend(identity.userId);
      const { watch, sessions } = this.#parts;
      const revokedBefore = await sessions.revokedBefore(identity);
      const { isClose } = revokedBefore;
      const guarded = await watch.requireOpen(identity, call.bearer ?? '', traceOf(identity, call), isClose);
      const proved = await this.#proved(call, identity);
      identity = proved.identity;
      call.caller = identity;
      const elsewhere = await this.#elsewhere(call, identity);
      const row = await sessions.createSession({
        jti: identity.sessionKey,
        userId: identity.userId,
        tenantId: identity.tenantId,
        email: identity.email,
        device: device === undefined || device === '' ? call.origin.device : device,
        ip: call.origin.ip,
        signedInAt: identity.signedInAt,
        authSessionId: identity.authSessionId,
        guarded,
        revokedBefore,
      });
      this.#parts.audit.record({
        ...traceOf(identity, call),
        tenantId: identity.tenantId,
        subject: identity.sessionKey,
        action: 'session.opened',
        outcome: 'done',
        details: { assurance: identity.assurance },
      });
      if (elsewhere === undefined) await this.#parts.companies.correct(identity);
      // The answer doesn't wait for it, and a sign-in counts even if it can't be noted.
      void this.#noteSignIn(call, identity);
      const { tenantId, tenantClaim, isOperator, mustChangePassword } = identity;
      const next = proved.letIn?.goesTo ?? tenantId;
      return {
        jti: row.jti,
        expiresAt: row.expires_at,
        isOperator,
        tenantId,
        passwordChangeRequired: mustChangePassword,
        refreshToken: elsewhere !== undefined || (next !== null && tenantClaim !== next),
      };
    } catch (error) {
      if (error instanceof Problem) {
        this.#parts.refusals.note(error.code, call.origin, refusedOf(identity), { step: 'sign-in' });
      }
      throw error;
    }
  }

  /** What the session proves; with that the token counts for more than before. */
  async #proved(call: Caller, before: SessionIdentity) {
    const { proofs, users } = this.#parts;
    const proof = proofOf(before, call);
    const letIn = await proofs.takeUp(proof);
    if (!letIn && !(await proofs.noticeOwnPassword(proof))) return { identity: before, letIn };
    users.forget(before.userId);
    return { identity: await call.gate.verifyToken(call.bearer, call.origin), letIn };
  }

  /**
   * A person made inactive by the token's company is sent to another of theirs: it must not keep them out of that one,
   * nor an operator out of the platform.
   * @throws FORBIDDEN for people without another company
   */
  async #elsewhere(call: Caller, identity: SessionIdentity): Promise<string | undefined> {
    try {
      await requireActive(call, identity);
      return undefined;
    } catch (error) {
      const other = error instanceof Problem ? await this.#parts.companies.leave(identity) : undefined;
      if (other === undefined) {
        if (identity.isOperator) return undefined;
        throw error;
      }
      this.#parts.users.forget(identity.userId);
      return other;
    }
  }

  #spend(userId: string): void {
    if (this.#parts.openings.tryTake(userId)) return;
    this.#parts.counts.rateLimited.sign_in += 1;
    throw this.#parts.openings.refusal();
  }

  /** Keeps with the employee when they signed in last; never fails. */
  async #noteSignIn(call: Caller, identity: SessionIdentity): Promise<void> {
    if (identity.tenantId === null) return;
    const signedInAt = new Date(identity.signedInAt * 1000).toISOString();
    try {
      const { source, actor } = await call.gate.recogniseInTenant(identity);
      await noteSignIn(source.db, actor.employeeId, signedInAt);
    } catch (error) {
      // A person whom the company doesn't let in learns so from the first call.
      if (!(error instanceof Problem))
        call.log.warn({ err: error, ...callerOf(call) }, 'a sign-in could not be noted');
    }
  }

  /** The companies that the person works for. */
  companies(identity: SessionIdentity): Promise<z.output<typeof companiesSchema>> {
    return this.#parts.companies.of(identity);
  }

  /** @throws NOT_FOUND for a company that is not the person's. */
  async chooseCompany(
    identity: SessionIdentity,
    tenantId: string,
  ): Promise<z.output<typeof chooseCompanySchema>> {
    await this.#parts.companies.choose(identity, tenantId);
    this.#parts.users.forget(identity.userId);
    return { refreshToken: true };
  }

  /**
   * Who this is and what the screens need to know; an operator need not belong to a tenant. People who have yet to
   * change the password or show a second factor are told so, with no rights yet.
   */
  async me(call: Caller, identity: SessionIdentity): Promise<Me> {
    const entry = await this.#entryOf(call, identity);
    const { mustChangePassword, owesSecondFactor } = identity;
    const secondFactorRequired = owesSecondFactor || (entry?.asksForSecondFactor ?? false);
    const waiting = mustChangePassword || (secondFactorRequired && identity.assurance !== 'aal2');
    return {
      user: { id: identity.userId, email: identity.email, assurance: identity.assurance },
      session: { jti: identity.sessionKey },
      passwordChangeRequired: mustChangePassword,
      mailboxProved: identity.mailboxAt !== null,
      secondFactorRequired,
      secondFactorDisownable: owesSecondFactor && (await this.#parts.proofs.mayDisown(identity)),
      isOperator: identity.isOperator,
      lowestClient: this.#parts.lowestClient,
      tenant: entry?.tenant ?? null,
      employee: entry
        ? { id: entry.actor.employeeId, name: entry.actor.name, email: entry.actor.email }
        : null,
      roles: [...(entry?.roles ?? [])],
      language: entry?.language ?? null,
      permissions: waiting ? [] : [...(entry?.permissions ?? [])],
      settings: waiting ? null : (entry?.settings ?? null),
    };
  }

  /** What keeps an operator out of a company, or the company out of reach, keeps them out of nothing else. */
  async #entryOf(call: Caller, identity: SessionIdentity): Promise<TenantEntry | undefined> {
    if (!identity.isOperator) return call.gate.recogniseInTenant(identity, call.origin);
    if (identity.tenantId === null) return undefined;
    try {
      return await call.gate.recogniseInTenant(identity, call.origin);
    } catch (error) {
      // An older token: the next one names the company.
      if (error instanceof Problem && error.code !== 'UNAUTHENTICATED') return undefined;
      throw error;
    }
  }

  /**
   * The reader of the mailbox says that the second factor on the account isn't theirs: somebody else made the account.
   * The factor is removed, with the password and every other session; the session is opened once more then.
   * @throws NOT_ALLOWED_IN_STATE if no invitation waits, or the account was proved before: an administrator resets it
   */
  async disownSecondFactor(
    call: Caller,
    identity: SessionIdentity,
  ): Promise<z.output<typeof disownSecondFactorSchema>> {
    if (!identity.owesSecondFactor || !(await this.#parts.proofs.takeUp(proofOf(identity, call), true))) {
      throw new Problem(
        'NOT_ALLOWED_IN_STATE',
        'sign_in.second_factor_is_own',
        {},
        { state: 'own', possible: [] },
      );
    }
    this.#parts.users.forget(identity.userId);
    return { openAgain: true };
  }

  async listSessions(identity: SessionIdentity): Promise<{ items: Session[] }> {
    const rows = await this.#parts.sessions.getUserActiveSessions(identity.userId);
    return {
      items: rows.map((row) => ({
        jti: row.jti,
        device: row.device,
        ip: row.ip,
        createdAt: row.created_at,
        lastActivityAt: row.last_activity_at,
        expiresAt: row.expires_at,
        current: row.jti === identity.sessionKey,
      })),
    };
  }

  /** Ends one of the caller's own sessions; a session of another person is NOT_FOUND. */
  async revokeSession(call: Caller, identity: SessionIdentity, jti: string): Promise<{ revoked: number }> {
    const isOwn = await this.#parts.sessions.isSessionOf(identity.userId, jti);
    if (!isOwn) throw notFound('session');
    const trace = traceOf(identity, call);
    const own = ownTokenOf(identity, call);
    return { revoked: await this.#parts.sessions.revokeSession(jti, 'revoked by its user', trace, { own }) };
  }

  /** Signs out here and at the auth server. Ours counts: the tokens stop working at once, even if it is away. */
  async logout(
    call: Caller,
    identity: SessionIdentity,
    scope: 'local' | 'others' | 'global',
  ): Promise<z.output<typeof logoutSchema>> {
    const { sessions } = this.#parts;
    const { userId, sessionKey } = identity;
    const trace = traceOf(identity, call);
    const there = { own: ownTokenOf(identity, call) };
    if (scope === 'local') {
      return { revoked: await sessions.revokeSession(sessionKey, 'signed out', trace, there) };
    }
    const [ending, spared] =
      scope === 'others'
        ? (['signed out from another session', sessionKey] as const)
        : (['signed out everywhere'] as const);
    return { revoked: await sessions.revokeAllUserSessions(userId, ending, trace, spared, there) };
  }
}

/**
 * A person whose employment in the company has ended opens no session. Anything that keeps people out for a while is
 * reported by the first call.
 */
async function requireActive(call: Caller, identity: SessionIdentity): Promise<void> {
  if (identity.tenantId === null || identity.tenantClaim !== identity.tenantId) return;
  try {
    await call.gate.recogniseInTenant(identity);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'FORBIDDEN') throw error;
  }
}

function proofOf(identity: SessionIdentity, call: Caller): Proof {
  return { identity, bearer: call.bearer ?? '', trace: traceOf(identity, call) };
}

function ownTokenOf(identity: SessionIdentity, { bearer }: Caller): OwnToken | undefined {
  if (bearer === undefined) return undefined;
  return { token: bearer, userId: identity.userId, sessionId: identity.authSessionId };
}

function traceOf(identity: SessionIdentity, call: Caller): RevocationTrace {
  return {
    actorId: identity.userId,
    actorEmail: identity.email,
    ip: call.origin.ip,
    device: call.origin.device,
  };
}
