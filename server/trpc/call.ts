import type { FastifyBaseLogger } from 'fastify';
import type { GuardedField } from '../permissions/input-rules.ts';
import type { Ability } from '../permissions/abilities.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import type { RevocationTrace } from '../auth/revocations.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { TenantSource } from '../db/tenant-source.ts';
import type { Actor, Origin, SignIns, TenantIdentity } from './scope.ts';

/** Who a verified token speaks for. */
export interface SessionIdentity {
  userId: string;
  email: string;
  /** The `jti` claim, else Supabase's `session_id`: what a revocation names. */
  sessionKey: string;
  /** The session of the auth server; null for a token that names none. */
  authSessionId: string | null;
  /** The tenant of the user that the token names, or the one chosen last; null for someone who belongs to none. */
  tenantId: string | null;
  /** The tenant the token names; it must be the control plane's. */
  tenantClaim: string | null;
  isOperator: boolean;
  /** Authenticator assurance level: aal2 after a second factor. */
  assurance: 'aal1' | 'aal2';
  /** The password on the account was given by an administrator and is to be changed before anything else. */
  mustChangePassword: boolean;
  /** Their own second factor was not shown in this session, and is to be before anything else. */
  owesSecondFactor: boolean;
  /** When the session last proved that its user reads the mailbox, in seconds since the epoch; null if never. */
  mailboxAt: number | null;
  /** Seconds since the epoch: the sign-in itself, and the end of the token. */
  signedInAt: number;
  expiresAt: number;
  /** When this very token was made: a refresh changes it. */
  issuedAt: number;
}

/** Runs once the call's transaction has ended, however it ended. */
export type Settle = (effect: () => Promise<void>) => void;

/**
 * Gives and takes sign-ins of one tenant within a transaction. What cannot be rolled back with it is settled by the
 * effect that is handed to `afterwards`.
 */
export interface TenantDoor {
  give(
    person: Parameters<SignIns['give']>[0],
    trace: RevocationTrace,
    afterwards: Settle,
  ): ReturnType<SignIns['give']>;
  take(userId: string, trace: RevocationTrace, afterwards: Settle): Promise<void>;
  forgetSecondFactor(userId: string, trace: RevocationTrace): Promise<void>;
  endSessions(userId: string, trace: RevocationTrace): Promise<void>;
  waiting(userIds: readonly string[]): Promise<Set<string>>;
}

/** The tenant side of a request: whose data, who acts, what that person may do. */
export interface TenantEntry {
  tenant: TenantIdentity;
  actor: Actor;
  roles: readonly string[];
  permissions: ReadonlySet<Permission>;
  ability: Ability;
  source: TenantSource;
  /** Changes wait: the last rows are being carried to another server. */
  writesPaused: boolean;
  /** Encryption with the tenant's own key. */
  box: SecretBox;
  signIns: TenantDoor;
  /** How the company does business, as every screen needs it. */
  settings: {
    legalName: string;
    currency: string;
    approvalThreshold: string;
    receiptTolerancePercent: string;
    gstin: string | null;
    stateCode: string | null;
  } | null;
  /** The company asks this person for a second factor. */
  asksForSecondFactor: boolean;
  /** Tells every node to read roles, permissions and settings of this tenant again. */
  permissionsChanged(): Promise<void>;
}

type Awaitable<T> = T | Promise<T>;

/** The checks of the ladder, each one step further in. All throw a Problem when they refuse. */
export interface Gate {
  /** Token, signature, session: UNAUTHENTICATED, SESSION_REVOKED or UNAVAILABLE. */
  identify(bearer: string | undefined, origin: Origin): Awaitable<SessionIdentity>;
  /**
   * User mapping, tenant status, employee and the second factor the company may ask for: UNAUTHENTICATED,
   * TENANT_SUSPENDED, TENANT_UPGRADING or FORBIDDEN.
   */
  enterTenant(identity: SessionIdentity, origin?: Origin): Awaitable<TenantEntry>;
  /** As `enterTenant`, before the second factor: for telling people so, never for data. */
  recogniseInTenant(identity: SessionIdentity, origin?: Origin): Awaitable<TenantEntry>;
  /** Refuses with FORBIDDEN whoever hasn't got the permission. */
  requirePermission(entry: TenantEntry, permission: Permission): void;
  /** Refuses with FORBIDDEN, naming the fields, whoever sends what they may not see. */
  requireFields(entry: TenantEntry, sent: readonly GuardedField[]): void;
  /** Token and control plane, but no session yet: for opening one. */
  verifyToken(bearer: string | undefined, origin: Origin): Awaitable<SessionIdentity>;
  /** Refuses with FORBIDDEN whoever is no operator of the platform, or one without a second factor where it is required. */
  requireOperator(identity: SessionIdentity, origin?: Origin): void;
  /** Takes one call from the budget of a session; throws RATE_LIMITED when it is spent. */
  spend(sessionKey: string): void;
}

/** What is known of a request before anything was checked. */
export interface Call {
  requestId: string;
  origin: Origin;
  bearer: string | undefined;
  idempotencyKey: string | undefined;
  log: FastifyBaseLogger;
  gate: Gate;
  /** One identification per HTTP request, however many calls are batched in it. */
  identity?: Awaitable<SessionIdentity>;
  /** Who calls, once that is known: for the log. */
  caller?: SessionIdentity;
}
