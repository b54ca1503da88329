import type pg from 'pg';
import { recordWith } from './audit-trail.ts';
import type { AuditRecord } from './audit-trail.ts';
import type { SessionRegistry } from './session-registry.ts';

/** Who asked for a revocation and from where; goes into the audit trail in the same transaction. */
export type RevocationTrace = Pick<AuditRecord, 'actorId' | 'actorEmail' | 'ip' | 'device'>;

/** Revocations outlive every refresh token, since a revoked session must never open again. */
const lifetime = '400 days';

/** Whose sessions a scope means, and what the trail calls it. `$1` is the subject. */
const scopes = {
  session: { sessions: 'jti = $1', action: 'session.revoked' },
  user: { sessions: 'user_id = $1::text::uuid', action: 'user.revoked' },
  tenant: { sessions: 'tenant_id = $1::text::uuid', action: 'tenant.revoked' },
} as const;

/** Ends sessions for good, on every node: the row wakes them all at its commit. */
export class Revocations {
  readonly #pool: pg.Pool;
  readonly #registry: SessionRegistry;

  constructor(pool: pg.Pool, registry: SessionRegistry) {
    this.#pool = pool;
    this.#registry = registry;
  }

  /** Revokes what was opened until now; returns how many sessions were open. */
  async revoke(
    scope: keyof typeof scopes,
    subject: string,
    reason: string,
    trace: RevocationTrace,
  ): Promise<number> {
    const { sessions, action } = scopes[scope];
    const client = await this.#pool.connect();
    let broken = false;
    try {
      await client.query('begin');
      const { rows } = await client.query<{ not_before: number }>(
        `insert into revocations (scope, subject, reason, expires_at)
         values ($1, $2, $3, now() + interval '${lifetime}')
         returning ceil(extract(epoch from not_before) * 1000)::float8 as not_before`,
        [scope, subject, reason],
      );
      const { rowCount } = await client.query(
        `update sessions set revoked_at = now(), revoked_reason = $2
         where ${sessions} and revoked_at is null and expires_at > now()`,
        [subject, reason],
      );
      await recordWith(client, {
        ...trace,
        action,
        outcome: 'done',
        subject,
        ...(scope === 'tenant' ? { tenantId: subject } : {}),
        details: { reason, sessions: rowCount },
      });
      await client.query('commit');
      // This node doesn't wait for its own notification.
      this.#registry.apply({
        kind: 'revocation',
        scope,
        subject,
        notBefore: rows[0]?.not_before ?? Date.now(),
      });
      return rowCount ?? 0;
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
