import type { ControlPlane } from '../control-plane/control-plane.ts';
import { atMost } from '../ground/at-most.ts';
import type { SignInsInTransaction } from './sign-ins-in-transaction.ts';
import { notFound, Problem } from '../ground/problem.ts';
import { AccountGiving } from './account-giving.ts';
import type { Given } from './account-giving.ts';
import { Accounts } from './accounts.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import type { IdentityProvider, Person } from './identity-provider.ts';
import type { RevocationTrace } from './revocations.ts';
import type { SessionManager } from './session-manager.ts';
import { SignInIntents } from './sign-in-intents.ts';
import type { SignInIntent } from './sign-in-intents.ts';

/** Whether an employee of the tenant is linked to the user, as committed. */
export type IsLinked = (tenantId: string, userId: string) => Promise<boolean>;

/**
 * How long an answer waits for its settlement, in milliseconds. If the auth server hangs, settlement continues after
 * the answer; a failure there is settled like the leftovers of a killed server.
 */
const patience = 2000;

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
  readonly accounts: Accounts;
  readonly giving: AccountGiving;

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
    this.accounts = new Accounts(control);
    this.giving = new AccountGiving(control, this.accounts, identities, sessions);
  }

  /** The door of one tenant, for calls with a transaction: each hands over what settles it after its end. */
  of(tenantId: string): SignInsInTransaction {
    return {
      give: async (person, trace, afterwards) => {
        const intent = await this.#intents.note(tenantId, 'give', person.email, trace);
        afterwards(() => atMost(patience, this.#settle(intent)));
        return this.#give(intent, person);
      },
      take: async (userId, trace, afterwards) => {
        const intent = await this.#intents.note(tenantId, 'take', userId, trace);
        afterwards(() => atMost(patience, this.#settle(intent)));
      },
      forgetSecondFactor: (userId, trace) => this.forgetSecondFactor(tenantId, userId, trace),
      endSessions: (userId, trace) => this.endSessions(tenantId, userId, trace),
      waiting: (userIds) => this.accounts.invitedAmong(userIds, tenantId),
    };
  }

  /**
   * Takes the second factors of one of the tenant's people away and ends their sessions; safe to repeat.
   * @throws NOT_FOUND for a user of another tenant, whatever the tenant's own database says of them, FORBIDDEN for one who
   * works elsewhere as well, for another company or for the platform: the factor guards that too
   */
  async forgetSecondFactor(tenantId: string, userId: string, trace: RevocationTrace): Promise<void> {
    const { tenants, isOperator } = await this.accounts.standing(userId);
    if (!tenants.includes(tenantId)) throw notFound('sign_in');
    if (isOperator || tenants.some((id) => id !== tenantId)) {
      throw new Problem('FORBIDDEN', 'sign_in.used_elsewhere');
    }
    await this.#identities.removeFactors(userId);
    await this.#sessions.revokeAllUserSessions(userId, 'the second factor was taken away', trace);
    await recordWith(this.#control.pool, {
      ...trace,
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
  async endSessions(tenantId: string, userId: string, trace: RevocationTrace): Promise<void> {
    if (!(await this.accounts.standing(userId)).tenants.includes(tenantId)) throw notFound('sign_in');
    await this.#sessions.revokeAllUserSessions(userId, 'signed out by the company', trace);
  }

  /**
   * Gives the person a way into this tenant; safe to repeat. An employee must be linked within minutes: otherwise the
   * sign-in is taken back.
   * @throws CONFLICT when the address can't be used here.
   */
  async give(tenantId: string, person: Person, trace: RevocationTrace = {}): Promise<Given> {
    return this.#give(await this.#intents.note(tenantId, 'give', person.email, trace), person);
  }

  /** Whether the address has an account at the auth server, no matter who made it. */
  async hasAccount(email: string): Promise<boolean> {
    return (await this.#identities.findByEmail(email)) !== undefined;
  }

  /** The users who may enter the tenant, or may once they have answered the mail that asks for the proof. */
  async usersOf(tenantId: string): Promise<Set<string>> {
    const { rows } = await this.#control.pool.query<{ user_id: string }>(
      `select user_id from user_mappings where tenant_id = $1
       union select user_id from sign_in_invitations where tenant_id = $1`,
      [tenantId],
    );
    return new Set(rows.map((row) => row.user_id));
  }

  /**
   * Takes the way into the tenant away and ends the person's sessions; safe to repeat. An account that was made for the
   * tenant and that nobody else uses goes with it, and so does every credential that the tenant set.
   */
  async take(tenantId: string, userId: string, trace: RevocationTrace = {}): Promise<void> {
    const email = (await this.accounts.addressOf(userId)) ?? userId;
    await this.giving.alone(email, async (holding) => {
      await holding.user(userId);
      await this.#take(tenantId, userId, email, trace);
    });
  }

  /** Under the account's lock. `isMade`: the account is known to be made for what is taken back. */
  async #take(
    tenantId: string,
    userId: string,
    email: string,
    trace: RevocationTrace,
    isMade = false,
  ): Promise<void> {
    const { rowCount: mapped } = await this.#control.pool.query(
      'delete from user_mappings where user_id = $1 and tenant_id = $2',
      [userId, tenantId],
    );
    const invited = await this.accounts.uninvite(userId, tenantId);
    const { tenants, invitedBy } = await this.accounts.standing(userId);
    const isAnothers = tenants.length > 0 || invitedBy.length > 0;
    if (mapped === 0 && !invited && isAnothers) return;
    await this.accounts.announce(userId);
    const wasIn = mapped !== 0 || !(invited || isAnothers);
    if (wasIn) await this.#sessions.revokeAllUserSessions(userId, 'the sign-in was taken away', trace);
    await recordWith(this.#control.pool, {
      ...trace,
      action: 'user.unlinked',
      outcome: 'done',
      tenantId,
      subject: userId,
    });
    await this.giving.letGo({ userId, email }, { tenantId, trace }, { wasIn, isMade });
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

  #give(intent: SignInIntent, person: Person): Promise<Given> {
    const { id, tenant_id: tenantId, trace } = intent;
    return this.giving.alone(person.email, async (holding) => {
      const given = await this.giving.claim(person, { intent: id, tenantId, trace }, holding);
      if (given.how !== 'proof') await this.enter(tenantId, given.userId, person.email, trace);
      return given;
    });
  }

  /**
   * Lets the user into the tenant; the caller must know whether they may enter. A person who has chosen a company stays
   * in it until they choose again: any company may let in any address, and must not become the one somebody works in.
   * Returns whether the next token names this one.
   */
  async enter(tenantId: string, userId: string, email: string, trace: RevocationTrace): Promise<boolean> {
    await this.#control.pool.query(
      `insert into user_mappings (user_id, tenant_id, email, chosen_at)
       select $1, $2, $3,
              case when exists (select 1 from user_mappings m join tenant_metadata t on t.id = m.tenant_id
                                 where m.user_id = $1 and m.chosen_at > '-infinity'
                                   and t.status not in ('suspended', 'deprovisioned'))
                then '-infinity' else clock_timestamp() end
       on conflict (user_id, tenant_id) do nothing`,
      [userId, tenantId, email],
    );
    const isCurrent = (await this.accounts.standing(userId)).tenants[0] === tenantId;
    if (isCurrent) await this.#identities.setTenant(userId, tenantId);
    await this.accounts.announce(userId);
    await recordWith(this.#control.pool, {
      ...trace,
      action: 'user.linked',
      outcome: 'done',
      tenantId,
      subject: userId,
      details: { email },
    });
    return isCurrent;
  }

  #settle(intent: SignInIntent): Promise<void> {
    return this.#intents.settle(intent, () =>
      intent.kind === 'give' ? this.#settleGiven(intent) : this.#settleTaken(intent),
    );
  }

  async #settleGiven({ id, tenant_id: tenantId, subject: email, trace }: SignInIntent): Promise<void> {
    const { rows } = await this.#control.pool.query<{ user_id: string }>(
      `select user_id from user_mappings where tenant_id = $1 and lower(email) = $2
       union select user_id from sign_in_invitations where tenant_id = $1 and lower(email) = $2`,
      [tenantId, email],
    );
    for (const { user_id: userId } of rows) {
      if (!(await this.#isLinked(tenantId, userId))) await this.take(tenantId, userId, trace);
    }
    if (rows.length > 0) return;
    await this.giving.alone(email, async (holding) => {
      const user = await this.#identities.findByEmail(email);
      if (user?.madeFor !== id) return;
      await holding.user(user.id);
      if (await this.#isLinked(tenantId, user.id)) await this.enter(tenantId, user.id, email, trace);
      else await this.#take(tenantId, user.id, email, trace, true);
    });
  }

  async #settleTaken({ tenant_id: tenantId, subject: userId, trace }: SignInIntent): Promise<void> {
    if (!(await this.#isLinked(tenantId, userId))) await this.take(tenantId, userId, trace);
  }
}
