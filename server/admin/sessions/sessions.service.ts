import type { z } from 'zod';
import { recordWith } from '../../control-plane/audit-trail.ts';
import type { Because } from '../../auth/endings.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { Page } from '../../ground/list.contract.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import { notFound } from '../../ground/problem.ts';
import type { AdminSession, listAdminSessionsSchema } from './sessions.contract.ts';
import { listSessions, usersByEmail } from './sessions.repo.ts';

/** The sessions of all tenants: listing and ending them. */
export class SessionCommands {
  readonly #tenancy: Pick<Tenancy, 'sessions' | 'records' | 'control'>;

  constructor(tenancy: Pick<Tenancy, 'sessions' | 'records' | 'control'>) {
    this.#tenancy = tenancy;
  }

  list(input: z.output<typeof listAdminSessionsSchema>): Promise<Page<AdminSession>> {
    return listSessions(this.#tenancy.control.pool, input);
  }

  /** The ids of people who have this e-mail address, or had it when they signed in. */
  usersByEmail(email: string): Promise<string[]> {
    return usersByEmail(this.#tenancy.control.pool, email);
  }

  /** Signs a user out everywhere. */
  async revokeUser(
    userId: string,
    reason: string | undefined,
    trace: RevocationTrace,
  ): Promise<{ revoked: number }> {
    const { sessions } = this.#tenancy;
    return {
      revoked: await sessions.revokeAllUserSessions(userId, byOperator(reason), trace),
    };
  }

  /**
   * For a stolen and revoked signing key: every node drops its cached keys and verified tokens at once instead of
   * within ten minutes.
   */
  async forgetSigningKeys(trace: RevocationTrace): Promise<{ forgottenAt: string }> {
    const { pool } = this.#tenancy.control;
    const { rows } = await pool.query<{ created_at: string }>(
      "insert into access_changes (scope, subject) values ('keys', 'all') returning created_at",
    );
    await recordWith(pool, { ...trace, action: 'signing_keys.forgotten', outcome: 'done' });
    return { forgottenAt: rows[0]?.created_at ?? new Date().toISOString() };
  }

  /** Signs everyone of a tenant out. */
  async revokeTenant(
    tenantId: string,
    reason: string | undefined,
    trace: RevocationTrace,
  ): Promise<{ revoked: number }> {
    if (!(await this.#tenancy.records.byId(tenantId))) throw notFound('tenant');
    const { sessions } = this.#tenancy;
    return {
      revoked: await sessions.revokeAllTenantSessions(tenantId, byOperator(reason), trace),
    };
  }
}

const byOperator = (words: string | undefined): Because => ({ ending: 'revoked by an operator', words });
