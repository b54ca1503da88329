import type { ControlPlane } from '../tenancy/control-plane.ts';
import type { TenantDoor } from '../trpc/call.ts';
import { notFound, Problem } from '../trpc/problem.ts';
import { recordWith } from './audit-trail.ts';
import type { IdentityProvider, Person } from './identity-provider.ts';
import type { SessionManager } from './session-manager.ts';
import { SignInIntents } from './sign-in-intents.ts';
import type { SignInIntent } from './sign-in-intents.ts';

/** Whether an employee of the tenant is linked to the user, as committed. */
export type IsLinked = (tenantId: string, userId: string) => Promise<boolean>;

/**
 * Who may enter which tenant: keeps Supabase Auth and the control plane's user_mappings in step with the tenants'
 * employees. The link of the employee decides, since it is what a tenant's transaction commits or rolls back: everything
 * done outside of that transaction is noted first and settled by the link after its end, by whichever node lives then.
 */
export class TenantSignIns {
  readonly #control: ControlPlane;
  readonly #identities: IdentityProvider;
  readonly #sessions: Pick<SessionManager, 'revokeAllUserSessions'>;
  readonly #isLinked: IsLinked;
  readonly #intents: SignInIntents;

  constructor(
    control: ControlPlane,
    identities: IdentityProvider,
    sessions: Pick<SessionManager, 'revokeAllUserSessions'>,
    isLinked: IsLinked,
  ) {
    this.#control = control;
    this.#identities = identities;
    this.#sessions = sessions;
    this.#isLinked = isLinked;
    this.#intents = new SignInIntents(control);
  }

  /** The door of one tenant, for calls with a transaction: each hands over what settles it after its end. */
  of(tenantId: string): TenantDoor {
    return {
      give: async (person, afterwards) => {
        const intent = await this.#intents.note(tenantId, 'give', person.email);
        afterwards(() => this.#settle(intent));
        return { userId: (await this.#give(intent, person)).userId };
      },
      take: async (userId, afterwards) => {
        const intent = await this.#intents.note(tenantId, 'take', userId);
        afterwards(() => this.#settle(intent));
      },
      forgetSecondFactor: (userId) => this.forgetSecondFactor(tenantId, userId),
      endSessions: (userId) => this.endSessions(tenantId, userId),
    };
  }

  /**
   * Takes the second factors of one of the tenant's people away and ends their sessions; safe to repeat.
   * @throws NOT_FOUND for a user of another tenant, whatever the tenant's own database says of them
   */
  async forgetSecondFactor(tenantId: string, userId: string): Promise<void> {
    if ((await this.#mappingOf(userId)) !== tenantId) throw notFound('sign-in');
    await this.#identities.removeFactors(userId);
    await this.#sessions.revokeAllUserSessions(userId, 'the second factor was taken away');
    await recordWith(this.#control.pool, {
      action: 'user.second_factor_removed',
      outcome: 'done',
      tenantId,
      subject: userId,
    });
  }

  /**
   * Ends all sessions of one of the tenant's people; safe to repeat.
   * @throws NOT_FOUND for a user of another tenant, whatever the tenant's own database says of them
   */
  async endSessions(tenantId: string, userId: string): Promise<void> {
    if ((await this.#mappingOf(userId)) !== tenantId) throw notFound('sign-in');
    await this.#sessions.revokeAllUserSessions(userId, 'signed out by the company');
  }

  /**
   * Makes sure that the person can sign in to this tenant; safe to repeat. `created` tells whether the user was made for
   * it. An employee must be linked within minutes: otherwise the sign-in is taken back.
   * @throws CONFLICT when the address belongs elsewhere.
   */
  async give(tenantId: string, person: Person): Promise<{ userId: string; created: boolean }> {
    return this.#give(await this.#intents.note(tenantId, 'give', person.email), person);
  }

  /** Whether the address has an account at the auth server, whoever made it. */
  async hasAccount(email: string): Promise<boolean> {
    return (await this.#identities.findByEmail(email)) !== undefined;
  }

  /** The users who may enter the tenant. */
  async usersOf(tenantId: string): Promise<Set<string>> {
    const { rows } = await this.#control.pool.query<{ user_id: string }>(
      'select user_id from user_mappings where tenant_id = $1',
      [tenantId],
    );
    return new Set(rows.map((row) => row.user_id));
  }

  /** Takes the way into the tenant away and ends the person's sessions; safe to repeat. */
  async take(tenantId: string, userId: string): Promise<void> {
    const { rowCount } = await this.#control.pool.query(
      'delete from user_mappings where user_id = $1 and tenant_id = $2',
      [userId, tenantId],
    );
    if (rowCount === 0 && (await this.#mappingOf(userId)) !== undefined) return;
    await this.#announce(userId);
    await this.#sessions.revokeAllUserSessions(userId, 'the sign-in was taken away');
    await recordWith(this.#control.pool, {
      action: 'user.unlinked',
      outcome: 'done',
      tenantId,
      subject: userId,
    });
    await this.#identities.setTenant(userId, null);
  }

  /** Undoes `give` for a user that was made for it, unless another tenant or the platform has taken the user in since. */
  async #remove(tenantId: string, userId: string): Promise<void> {
    const { rows } = await this.#control.pool.query<{ elsewhere: boolean }>(
      `with removed as (delete from user_mappings where user_id = $1 and tenant_id = $2)
       select exists (select 1 from user_mappings where user_id = $1 and tenant_id <> $2)
           or exists (select 1 from platform_operators where user_id = $1) as elsewhere`,
      [userId, tenantId],
    );
    if (rows[0]?.elsewhere !== false) return;
    await this.#announce(userId);
    await this.#sessions.revokeAllUserSessions(userId, 'the sign-in was taken back');
    await this.#identities.removeUser(userId);
  }

  /** Ends a person's way into a tenant that is deleted: whoever was made for it goes, others only leave it. */
  async dismiss(tenantId: string, userId: string): Promise<void> {
    if (await this.#identities.wasMadeHere(userId)) await this.#remove(tenantId, userId);
    else await this.take(tenantId, userId);
  }

  /** Settles everything noted for a tenant now: it is being undone, none of its employees is linked. */
  async settleTenant(tenantId: string): Promise<void> {
    for (const intent of await this.#intents.ofTenant(tenantId)) await this.#settle(intent);
  }

  /** Settles what killed servers left behind; one that fails is tried again at the next call. */
  async settleLeftBehind(onError: (error: unknown) => void): Promise<void> {
    for (const intent of await this.#intents.leftBehind()) {
      await this.#settle(intent).catch(onError);
    }
  }

  async #give(intent: SignInIntent, person: Person): Promise<{ userId: string; created: boolean }> {
    const { userId, madeFor } = await this.#identities.ensureUser(person, intent.id);
    await this.#enter(intent.tenant_id, userId, person.email);
    return { userId, created: madeFor === intent.id };
  }

  async #enter(tenantId: string, userId: string, email: string): Promise<void> {
    const { rows } = await this.#control.pool.query<{ tenant_id: string }>(
      `with added as (
         insert into user_mappings (user_id, tenant_id, email)
         select $1, $2, $3 where not exists (select 1 from platform_operators where user_id = $1)
         on conflict (user_id) do nothing returning tenant_id)
       select tenant_id from added union all select tenant_id from user_mappings where user_id = $1`,
      [userId, tenantId, email],
    );
    if (rows[0]?.tenant_id !== tenantId) {
      const message = 'This e-mail address cannot be used for a sign-in here: it is taken elsewhere.';
      throw new Problem('CONFLICT', message, { fields: [{ path: 'email', message }] });
    }
    await this.#identities.setTenant(userId, tenantId);
    await this.#announce(userId);
    await recordWith(this.#control.pool, {
      action: 'user.linked',
      outcome: 'done',
      tenantId,
      subject: userId,
      details: { email },
    });
  }

  #settle(intent: SignInIntent): Promise<void> {
    return this.#intents.settle(intent, () =>
      intent.kind === 'give' ? this.#settleGiven(intent) : this.#settleTaken(intent),
    );
  }

  async #settleGiven({ id, tenant_id: tenantId, subject: email }: SignInIntent): Promise<void> {
    const { rows } = await this.#control.pool.query<{ user_id: string }>(
      'select user_id from user_mappings where tenant_id = $1 and lower(email) = $2',
      [tenantId, email],
    );
    const mapped = rows[0]?.user_id;
    if (mapped !== undefined && (await this.#isLinked(tenantId, mapped))) return;
    const user = await this.#identities.findByEmail(email);
    if (!user) return;
    if (await this.#isLinked(tenantId, user.id)) await this.#enter(tenantId, user.id, email);
    else if (user.user_metadata.sign_in_intent === id) await this.#remove(tenantId, user.id);
    else if (mapped === user.id) await this.take(tenantId, user.id);
  }

  async #settleTaken({ tenant_id: tenantId, subject: userId }: SignInIntent): Promise<void> {
    if (!(await this.#isLinked(tenantId, userId))) await this.take(tenantId, userId);
  }

  async #mappingOf(userId: string): Promise<string | undefined> {
    const { rows } = await this.#control.pool.query<{ tenant_id: string }>(
      'select tenant_id from user_mappings where user_id = $1',
      [userId],
    );
    return rows[0]?.tenant_id;
  }

  async #announce(userId: string): Promise<void> {
    await this.#control.pool.query("insert into access_changes (scope, subject) values ('user', $1)", [
      userId,
    ]);
  }
}
