import type { FastifyBaseLogger } from 'fastify';
import type { GuardedField } from '../permissions/input-rules.ts';
import type { Ability } from '../permissions/abilities.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import type { SessionIdentity } from '../auth/session-identity.ts';
import type { SignInsInTransaction } from '../auth/sign-ins-in-transaction.ts';
import type { Language } from '../ground/languages.contract.ts';
import type { Origin } from '../control-plane/audit-trail.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { TenantSource } from '../db/tenant-source.ts';
import type { Actor, TenantIdentity } from './scope.ts';

/** The tenant side of a request: whose data, who acts, what that person may do. */
export interface TenantEntry {
  tenant: TenantIdentity;
  actor: Actor;
  roles: readonly string[];
  /** The language the person has chosen for the screens. */
  language: Language | null;
  permissions: ReadonlySet<Permission>;
  ability: Ability;
  source: TenantSource;
  /** Changes wait: the last rows are being carried to another server. */
  writesPaused: boolean;
  /** Encryption with the tenant's own key. */
  box: SecretBox;
  signIns: SignInsInTransaction;
  /** How the company does business, as every screen needs it. */
  settings: {
    legalName: string;
    currency: string;
    approvalThreshold: string;
    receiptTolerancePercent: string;
    gstin: string | null;
    stateCode: string | null;
    updateDeferral: { weekday: number; hour: number; timeZone: string } | null;
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
  /** As `enterTenant`, before the second factor: to tell people that it is needed, never for data. */
  recogniseInTenant(identity: SessionIdentity, origin?: Origin): Awaitable<TenantEntry>;
  /** Refuses with FORBIDDEN people without the permission. */
  requirePermission(entry: TenantEntry, permission: Permission): void;
  /** Refuses with FORBIDDEN, naming the fields, people who send what they may not see. */
  requireFields(entry: TenantEntry, sent: readonly GuardedField[]): void;
  /** Token and control plane, but no session yet: for opening one. */
  verifyToken(bearer: string | undefined, origin: Origin): Awaitable<SessionIdentity>;
  /**
   * Refuses with FORBIDDEN people who aren't operators of the platform, and operators without a second factor where it
   * is required.
   */
  requireOperator(identity: SessionIdentity, origin?: Origin): void;
  /** Refuses with FORBIDDEN people who must first change a given password or show a second factor of their own. */
  requireWhole(identity: SessionIdentity): void;
  /** Takes one call from the budget of a session; throws RATE_LIMITED when it is spent. */
  spend(sessionKey: string): void;
}

/** What is known of a request before anything was checked. */
export interface Call {
  requestId: string;
  /** What the caller reads refusals in. */
  language: Language;
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
