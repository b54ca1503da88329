import type { Kysely } from 'kysely';
import type { SignIns } from '../auth/sign-ins-in-transaction.ts';
import type { Origin } from '../control-plane/audit-trail.ts';
import type { Ability } from '../permissions/abilities.ts';
import type { LastStatement } from '../db/last-statement.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { Language } from '../ground/languages.contract.ts';
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

/**
 * The scope of a service. `db` is the tenant's pool in queries and the open transaction in mutations; a service never
 * opens a transaction of its own.
 */
export interface TenantScope {
  tenant: TenantIdentity;
  actor: Actor;
  ability: Ability;
  /** How the actor signed in: aal2 with a second factor. */
  assurance: 'aal1' | 'aal2';
  db: Kysely<TenantDatabase>;
  requestId: string;
  /** The language of the caller's answers. */
  language: Language;
  origin: Origin;
  /** Encrypts and fingerprints values (PAN, Aadhaar) with a key of this tenant's own. */
  secrets: Pick<SecretBox, 'seal' | 'open' | 'fingerprint'>;
  /** Sign-ins of the tenant's people: the control plane and Supabase Auth, behind one door. */
  signIns: SignIns;
  /**
   * Sends a statement in the message that commits the call's transaction, after everything else, and puts its result
   * into the answer. One for each call; queries have none.
   */
  closeWith(last: LastStatement): void;
  /** Runs `effect` once the transaction of the call is committed (never after a rollback); errors are logged. */
  afterCommit(effect: () => Promise<void>): void;
  /**
   * Runs `effect` in a transaction of its own when the call's was rolled back, to leave traces of a refusal. The caller
   * learns of the refusal only after it, and not at all if it fails.
   */
  afterRollback(effect: (scope: TenantScope) => Promise<void>): void;
}
