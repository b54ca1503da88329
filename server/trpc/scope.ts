import type { Kysely } from 'kysely';
import type { Given } from '../auth/account-giving.ts';
import type { Ability } from '../permissions/abilities.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';

/** The tenant a request works for; always taken from the verified token and the control plane. */
export interface TenantIdentity {
  id: string;
  slug: string;
  name: string;
}

/** The employee who acts, linked to the sign-in of the session. */
export interface Actor {
  userId: string;
  employeeId: string;
  name: string;
  email: string;
}

/** Where a request came from, for the audit trail. */
export interface Origin {
  ip: string;
  device: string;
}

/**
 * What a service gets to work with. `db` is the tenant's pool in queries and the open transaction in mutations;
 * a service never opens a transaction of its own.
 */
export interface TenantScope {
  tenant: TenantIdentity;
  actor: Actor;
  ability: Ability;
  /** How the actor signed in: aal2 with a second factor. */
  assurance: 'aal1' | 'aal2';
  db: Kysely<TenantDatabase>;
  requestId: string;
  origin: Origin;
  /** Encrypts and fingerprints values (PAN, Aadhaar) with a key of this tenant's own. */
  secrets: Pick<SecretBox, 'seal' | 'open' | 'fingerprint'>;
  /** Sign-ins of the tenant's people: the control plane and Supabase Auth, behind one door. */
  signIns: SignIns;
  /** Runs `effect` once the transaction of the call is committed (never after a rollback); errors are logged. */
  afterCommit(effect: () => Promise<void>): void;
  /**
   * Runs `effect` in a transaction of its own when the call's was rolled back: for traces of what was refused. The refusal
   * is told after it only, and not at all if it fails.
   */
  afterRollback(effect: (scope: TenantScope) => Promise<void>): void;
}

/**
 * Gives and takes sign-ins of one tenant. Whether they stand is decided by the transaction: after a rollback, or a kill in
 * its midst, a sign-in given is taken back and one taken was never gone. Safe to repeat.
 */
export interface SignIns {
  /**
   * Gives the person a way into this tenant: makes the account (with a password, which they must change, or by an
   * invitation), or asks the owner of one that exists for the proof of the mailbox. Throws CONFLICT when the address can't
   * be used here.
   */
  give(person: { email: string; name: string; password?: string | undefined }): Promise<Given>;
  /** Once the transaction is committed: takes the person's way into this tenant away and revokes the sessions. */
  take(userId: string): Promise<void>;
  /**
   * Takes the person's second factors away and revokes the sessions, at once: a rollback doesn't bring them back, and the
   * person sets a new one up. Throws NOT_FOUND for somebody of another tenant.
   */
  forgetSecondFactor(userId: string): Promise<void>;
  /** Ends the person's sessions at once. Throws NOT_FOUND for somebody of another tenant. */
  endSessions(userId: string): Promise<void>;
  /** Which of these people have a sign-in that opens nothing before its owner has proved the mailbox. */
  waiting(userIds: readonly string[]): Promise<Set<string>>;
  /** Roles or permissions changed: every node reads them again from the commit on. */
  permissionsChanged(): void;
}
