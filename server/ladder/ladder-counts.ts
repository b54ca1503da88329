/**
 * Counts of the ladder's steps since the start, as plain numbers: counting costs a request next to nothing, and the
 * metrics read them on request.
 */
export class LadderCounts {
  /** Tokens: recently checked, checked by signature, refused, keys unavailable. */
  readonly tokens = { remembered: 0, verified: 0, refused: 0, unavailable: 0 };
  /** The source of the answer about a session. */
  readonly sessionReads = { memory: 0, database: 0 };
  /** The answer itself. */
  readonly sessions = { open: 0, guarded: 0, revoked: 0, expired: 0, unknown: 0 };
  /** The source of a user's tenant. */
  readonly userReads = { memory: 0, database: 0 };
  /** The source of tenant, employee, roles and permissions. */
  readonly tenantReads = { memory: 0, database: 0 };
  /** Entries into a tenant that were refused, by code. */
  readonly tenantRefusals: Record<string, number> = {};
  readonly operatorRefusals = { refused: 0 };
  /** Refusals for lack of a permission, by permission. */
  readonly permissionRefusals: Record<string, number> = {};
  readonly rateLimited = { session: 0, sign_in: 0, bytes: 0 };
}

/** Counts one more under a name that may be new. */
export function countUp(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
