import { withClient } from '../db/databases.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { problemAt } from '../ground/problem.ts';
import type { Accounts, AccountStanding } from './accounts.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import type { Ending } from './endings.ts';
import type { AuthUser, IdentityProvider, Person } from './identity-provider.ts';
import type { RevocationTrace } from './revocations.ts';
import type { SessionManager } from './session-manager.ts';

/**
 * The outcome. `password`: they sign in with the given password and must change it; `invitation`: a mail lets them set
 * one; `standing`: nothing changed; `proof`: the account is somebody's already, who was asked by mail to prove it, and
 * the given password was not used.
 */
export type GivenHow = 'password' | 'invitation' | 'standing' | 'proof';

export interface Given {
  userId: string;
  how: GivenHow;
}

/** Keeps others from the account of a user as well, until the work is done. Always after the address, never before. */
export interface Holding {
  user(userId: string): Promise<void>;
}

/** The purpose of an account, and the tenant or (null) the platform it is for. */
export interface Purpose {
  intent: string;
  tenantId: string | null;
  trace: RevocationTrace;
}

/**
 * Finds or makes the account of an address. An account that was there before belongs to somebody: only the proof of the
 * mailbox opens it, and until then it stays as it is. Claims don't exclude each other: a tenant's people, the people of
 * others and the platform's operators may be the same, each by their own proof.
 */
export class AccountGiving {
  readonly #control: ControlPlane;
  readonly #accounts: Accounts;
  readonly #identities: IdentityProvider;
  readonly #sessions: Pick<SessionManager, 'revokeAllUserSessions'>;

  constructor(
    control: ControlPlane,
    accounts: Accounts,
    identities: IdentityProvider,
    sessions: Pick<SessionManager, 'revokeAllUserSessions'>,
  ) {
    this.#control = control;
    this.#accounts = accounts;
    this.#identities = identities;
    this.#sessions = sessions;
  }

  /**
   * Runs `work` while no other process gives or takes the account of this address, nor, once `work` has asked for it,
   * the one of a user: an account may have got another address at the auth server since we gave it.
   */
  async alone<T>(email: string, work: (holding: Holding) => Promise<T>): Promise<T> {
    // A connection of its own: `work` needs the pool, which must never wait for itself.
    return withClient(this.#control.url, async (client) => {
      const hold = async (name: string) => {
        await client.query(
          "select pg_advisory_xact_lock(hashtextextended('quartermaster account of ' || $1, 0))",
          [name],
        );
      };
      await client.query('begin');
      await hold(email.toLowerCase());
      const result = await work({ user: (userId) => hold(userId.toLowerCase()) });
      await client.query('commit');
      return result;
    });
  }

  /**
   * Under `alone`. The caller lets the account in, unless `how` is `proof`.
   * @throws CONFLICT for an account that can't be used here, RATE_LIMITED, UNAVAILABLE
   */
  async claim(given: Person, purpose: Purpose, holding: Holding): Promise<Given> {
    const person = { ...given, language: purpose.trace.language };
    if (person.password === undefined) await this.#identities.mailboxes.require();
    const installation = await this.#accounts.installation();
    const { user, made } = await this.#identities.make(person, { installation, madeFor: purpose.intent });
    await holding.user(user.id);
    if (made) return this.#keepMade(user, person, purpose);

    if (user.installation !== null && user.installation !== installation) {
      throw problemAt('CONFLICT', 'email', 'sign_in.other_installation');
    }
    const standing = await this.#accounts.standing(user.id);
    if (isStanding(standing, purpose)) return { userId: user.id, how: 'standing' };
    const isUnused = isNobodys(standing, purpose.tenantId);
    // Made by an attempt that was killed before anything was kept here.
    const isUnfinished = user.madeFor === purpose.intent && standing.email === null;
    const isOwn = purpose.tenantId !== null && (standing.madeBy === purpose.tenantId || isUnfinished);
    if (user.installation === installation && isUnused && (isOwn || !isOwnersAlone(standing, person.email))) {
      // Left over and ours alone: its password, its factors and every other way in go with it.
      await this.#identities.removeUser(user.id);
      await this.#sessions.revokeAllUserSessions(user.id, 'the account was made anew', purpose.trace);
      await this.#accounts.forget(user.id);
      const takesPassword = isOwn || purpose.tenantId === null;
      const anew = takesPassword ? person : { ...person, password: undefined };
      const again = await this.#identities.make(anew, { installation, madeFor: purpose.intent });
      if (!again.made) throw problemAt('CONFLICT', 'email', 'sign_in.given_elsewhere');
      return this.#keepMade(again.user, anew, purpose);
    }
    await this.#askForProof(user, person, standing, isUnused, purpose);
    return { userId: user.id, how: 'proof' };
  }

  /**
   * Under `alone`, after a claim on the account has ended: removes the credentials the claimant knows, and the account
   * itself where it was made for the claimant and nobody else uses it. `wasIn`: the claim had been proved, or needed no
   * proof. `isMade`: the account is known to be made for what is taken back. Safe to repeat.
   */
  async letGo(
    { userId, email }: { userId: string; email: string },
    { tenantId, trace }: Omit<Purpose, 'intent'>,
    { wasIn, isMade = false }: { wasIn: boolean; isMade?: boolean },
  ): Promise<void> {
    const standing = await this.#accounts.standing(userId);
    const { tenants, invitedBy, madeBy, ownersAlone } = standing;
    const wasMadeForIt =
      isMade || (tenantId === null ? await this.#isPlatforms(userId) : madeBy === tenantId);
    if (wasMadeForIt && isNobodys(standing, tenantId)) {
      await this.#identities.removeUser(userId);
      await this.#accounts.forget(userId);
      return;
    }
    if (!ownersAlone && (wasIn || wasMadeForIt))
      await this.#reset(userId, email, 'the sign-in was taken away', trace);
    await this.#identities.setTenant(userId, tenants[0] ?? invitedBy[0] ?? null);
  }

  /**
   * Takes every credential off an account, no matter who set it, and ends its sessions there and here. Safe to repeat.
   */
  async #reset(userId: string, email: string, why: Ending, trace: RevocationTrace): Promise<void> {
    await this.#identities.removeCredentials(userId);
    await this.#sessions.revokeAllUserSessions(userId, why, trace);
    await this.#accounts.keepReset(userId, email);
  }

  async #keepMade(user: AuthUser, person: Person, { tenantId }: Purpose): Promise<Given> {
    const { email, password } = person;
    await this.#accounts.keepMade({ userId: user.id, email, madeBy: tenantId, password });
    return { userId: user.id, how: password === undefined ? 'invitation' : 'password' };
  }

  /** Whether the account was made for the platform itself, by this installation. */
  async #isPlatforms(userId: string): Promise<boolean> {
    const { madeBy, email } = await this.#accounts.standing(userId);
    if (madeBy !== null || email === null) return false;
    const user = await this.#identities.userById(userId);
    return user?.installation === (await this.#accounts.installation());
  }

  async #askForProof(
    user: AuthUser,
    { email }: Person,
    standing: AccountStanding,
    isUnused: boolean,
    { tenantId, trace }: Purpose,
  ): Promise<void> {
    await this.#identities.mailboxes.require();
    if (user.hasOtherWaysIn && !isOwnersAlone(standing, email)) throw otherWaysIn();
    await recordWith(this.#control.pool, {
      ...trace,
      action: 'user.proof_asked',
      outcome: 'done',
      tenantId,
      subject: user.id,
      details: { email },
    });
    await this.#accounts.invite(user.id, tenantId, email);
    // The first token after the proof names the company already; the control plane doesn't let it in before.
    if (isUnused && tenantId !== null) await this.#identities.setTenant(user.id, tenantId);
    await this.#identities.askForProof(user, email, trace.language);
  }
}

function isStanding({ tenants, isOperator }: AccountStanding, { tenantId }: Purpose): boolean {
  return tenantId === null ? isOperator : tenants.includes(tenantId);
}

/** Whether only the tenant, or (null) only the platform, has a claim on the account. */
function isNobodys(standing: AccountStanding, tenantId: string | null): boolean {
  const { tenants, invitedBy, isOperator, isAwaitedByPlatform } = standing;
  return (
    [...tenants, ...invitedBy].every((id) => id === tenantId) &&
    (tenantId === null || !(isOperator || isAwaitedByPlatform))
  );
}

/** Whether only the reader of this mailbox can hold a credential of the account. */
export function isOwnersAlone({ ownersAlone, email }: AccountStanding, address: string): boolean {
  return ownersAlone && email?.toLowerCase() === address.toLowerCase();
}

const otherWaysIn = () => problemAt('CONFLICT', 'email', 'sign_in.other_ways_in');
