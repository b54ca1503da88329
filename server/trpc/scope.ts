import type { Kysely } from 'kysely';
import type { Ability } from '../auth/permissions.ts';
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
  db: Kysely<TenantDatabase>;
  requestId: string;
  origin: Origin;
}
