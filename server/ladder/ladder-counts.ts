/**
 * What the steps of the ladder did since the start, as plain numbers: counting costs a request next to nothing, and the
 * metrics read them when they are asked for.
 */
export class LadderCounts {
  /** Tokens: checked lately, checked by signature, refused, keys not to be had. */
  readonly tokens = { remembered: 0, verified: 0, refused: 0, unavailable: 0 };
  /** Where the answer about a session came from. */
  readonly sessionReads = { memory: 0, database: 0 };
  /** What it was. */
  readonly sessions = { open: 0, guarded: 0, revoked: 0, expired: 0, unknown: 0 };
  /** Where a user's tenant came from. */
  readonly userReads = { memory: 0, database: 0 };
  /** Where tenant, employee, roles and permissions came from. */
  readonly tenantReads = { memory: 0, database: 0 };
  /** Entries into a tenant that were refused, by code. */
  readonly tenantRefusals: Record<string, number> = {};
  readonly operatorRefusals = { refused: 0 };
  /** Refusals for want of a permission, by permission. */
  readonly permissionRefusals: Record<string, number> = {};
  readonly rateLimited = { session: 0, sign_in: 0, bytes: 0 };
}

/** Counts one more under a name that may be new. */
export function countUp(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
