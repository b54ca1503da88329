import type { ControlPlane } from '../tenancy/control-plane.ts';
import { Problem } from '../trpc/problem.ts';
import type { SignIns } from '../trpc/scope.ts';
import { recordWith } from './audit-trail.ts';
import type { IdentityProvider, Person } from './identity-provider.ts';
import type { SessionManager } from './session-manager.ts';

/** Who may enter which tenant: keeps Supabase Auth and the control plane's user_mappings in step. */
export class TenantSignIns {
  readonly #control: ControlPlane;
  readonly #identities: IdentityProvider;
  readonly #sessions: Pick<SessionManager, 'revokeAllUserSessions'>;

  constructor(
    control: ControlPlane,
    identities: IdentityProvider,
    sessions: Pick<SessionManager, 'revokeAllUserSessions'>,
  ) {
    this.#control = control;
    this.#identities = identities;
    this.#sessions = sessions;
  }

  /** The door of one tenant, as services see it. */
  of(tenantId: string): Pick<SignIns, 'give' | 'take'> {
    return {
      give: async (person) => ({ userId: (await this.give(tenantId, person)).userId }),
      take: (userId) => this.take(tenantId, userId),
    };
  }

  /**
   * Makes sure that the person can sign in to this tenant; safe to repeat. `created` tells whether the user is new.
   * @throws CONFLICT when the address belongs elsewhere.
   */
  async give(tenantId: string, person: Person): Promise<{ userId: string; created: boolean }> {
    const { userId, created } = await this.#identities.ensureUser(person);
    const { rows } = await this.#control.pool.query<{ tenant_id: string; operator: boolean }>(
      `with added as (
         insert into user_mappings (user_id, tenant_id, email)
         select $1, $2, $3 where not exists (select 1 from platform_operators where user_id = $1)
         on conflict (user_id) do nothing returning tenant_id)
       select tenant_id from added union all select tenant_id from user_mappings where user_id = $1`,
      [userId, tenantId, person.email],
    );
    if (rows[0]?.tenant_id !== tenantId) {
      const message = 'This e-mail address cannot be used for a sign-in here: it is taken elsewhere.';
      throw new Problem('CONFLICT', message, { fields: [{ path: 'email', message }] });
    }
    await this.#identities.setTenant(userId, tenantId);
    await this.#control.pool.query("insert into access_changes (scope, subject) values ('user', $1)", [
      userId,
    ]);
    await recordWith(this.#control.pool, {
      action: 'user.linked',
      outcome: 'done',
      tenantId,
      subject: userId,
      details: { email: person.email },
    });
    return { userId, created };
  }

  /** Takes the way into the tenant away and ends the person's sessions; safe to repeat. */
  async take(tenantId: string, userId: string): Promise<void> {
    const { rowCount } = await this.#control.pool.query(
      'delete from user_mappings where user_id = $1 and tenant_id = $2',
      [userId, tenantId],
    );
    if (rowCount === 0) return;
    await this.#control.pool.query("insert into access_changes (scope, subject) values ('user', $1)", [
      userId,
    ]);
    await this.#sessions.revokeAllUserSessions(userId, 'the sign-in was taken away');
    await recordWith(this.#control.pool, {
      action: 'user.unlinked',
      outcome: 'done',
      tenantId,
      subject: userId,
    });
    await this.#identities.setTenant(userId, null);
  }

  /** Undoes `give` for a user that was made for it. */
  async remove(tenantId: string, userId: string): Promise<void> {
    await this.#control.pool.query('delete from user_mappings where user_id = $1 and tenant_id = $2', [
      userId,
      tenantId,
    ]);
    await this.#identities.removeUser(userId);
  }
}
