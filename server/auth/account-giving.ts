import { withClient } from '../db/databases.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { Problem } from '../ground/problem.ts';
import type { Accounts, AccountStanding } from './accounts.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import type { AuthUser, IdentityProvider, Person } from './identity-provider.ts';
import type { RevocationTrace } from './revocations.ts';
import type { SessionManager } from './session-manager.ts';

/**
 * What became of it. `password`: they sign in with the password given and must change it; `invitation`: a mail lets them
 * set one; `standing`: nothing changed; `proof`: the account is somebody's already, who was asked by mail to prove it, and
 * a password given was not taken.
 */
export type GivenHow = 'password' | 'invitation' | 'standing' | 'proof';

export interface Given {
  userId: string;
  how: GivenHow;
}

/** Whom an account is for: what it is made for, and the tenant or (null) the platform. */
export interface Purpose {
  intent: string;
  tenantId: string | null;
  trace: RevocationTrace;
}

/** Taking the credentials off somebody else's account disturbs them: a tenant may do so this often a day. */
const resetsPerDay = 20;

/**
 * Finds or makes the account of an address. Whatever was there before is somebody's: it is entered by the proof of the
 * mailbox alone, and no credential of unknown hands survives the way there.
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

  /** Runs `work` while nobody else gives or takes the account of this address. */
  async alone<T>(email: string, work: () => Promise<T>): Promise<T> {
    // A connection of its own: `work` needs the pool, which must never wait for itself.
    return withClient(this.#control.url, async (client) => {
      await client.query('begin');
      await client.query(
        "select pg_advisory_xact_lock(hashtextextended('quartermaster account of ' || $1, 0))",
        [email.toLowerCase()],
      );
      const result = await work();
      await client.query('commit');
      return result;
    });
  }

  /**
   * Under `alone`. The caller lets the account in, unless `how` is `proof`.
   * @throws CONFLICT for an account that can't be used here, RATE_LIMITED, UNAVAILABLE
   */
  async claim(person: Person, purpose: Purpose): Promise<Given> {
    const installation = await this.#accounts.installation();
    const { user, made } = await this.#identities.make(person, { installation, madeFor: purpose.intent });
    if (made) return this.#keepMade(user, person, purpose);

    if (user.installation !== null && user.installation !== installation) {
      throw conflict('This e-mail address belongs to another installation that shares the sign-in service.');
    }
    const standing = await this.#accounts.standing(user.id);
    if (isStanding(standing, purpose)) return { userId: user.id, how: 'standing' };
    requireOneSide(standing, purpose);

    const ownersAlone = standing.ownersAlone && standing.email?.toLowerCase() === person.email.toLowerCase();
    const isUnused =
      standing.tenants.length === 0 && !standing.invitedBy.some((id) => id !== purpose.tenantId);
    // Made by an attempt that was killed before anything was kept here.
    const isUnfinished = user.madeFor === purpose.intent && standing.email === null;
    const isOwn = purpose.tenantId !== null && (standing.madeBy === purpose.tenantId || isUnfinished);
    if (user.installation === installation && isUnused && (isOwn || !ownersAlone)) {
      // Left over, and nobody's but ours: with it go its password, its factors and every other way in.
      await this.#identities.removeUser(user.id);
      await this.#sessions.revokeAllUserSessions(user.id, 'the account was made anew', purpose.trace);
      await this.#accounts.forget(user.id);
      const takesPassword = isOwn || purpose.tenantId === null;
      const anew = takesPassword ? person : { ...person, password: undefined };
      const again = await this.#identities.make(anew, { installation, madeFor: purpose.intent });
      if (!again.made) throw conflict('This e-mail address is being given a sign-in elsewhere. Try again.');
      return this.#keepMade(again.user, anew, purpose);
    }
    await this.#askForProof(user, person, ownersAlone, isUnused, purpose);
    return { userId: user.id, how: 'proof' };
  }

  /** Takes every credential off an account, whoever set it, and ends its sessions there and here. Safe to repeat. */
  async reset(userId: string, email: string, why: string, trace: RevocationTrace): Promise<void> {
    await this.#identities.removeCredentials(userId);
    await this.#sessions.revokeAllUserSessions(userId, why, trace);
    await this.#accounts.keepReset(userId, email);
  }

  async #keepMade(user: AuthUser, person: Person, { tenantId }: Purpose): Promise<Given> {
    const { email, password } = person;
    await this.#accounts.keepMade({ userId: user.id, email, madeBy: tenantId, password });
    return { userId: user.id, how: password === undefined ? 'invitation' : 'password' };
  }

  async #askForProof(
    user: AuthUser,
    { email }: Person,
    ownersAlone: boolean,
    isUnused: boolean,
    { tenantId, trace }: Purpose,
  ): Promise<void> {
    if (tenantId !== null && !ownersAlone && (await this.#accounts.resetsOfToday(tenantId)) >= resetsPerDay) {
      throw new Problem(
        'RATE_LIMITED',
        'Too many people with an account elsewhere were invited today. Go on tomorrow.',
        { retryAfterSeconds: 3600 },
      );
    }
    if (!ownersAlone && user.hasOtherWaysIn) throw otherWaysIn();
    await recordWith(this.#control.pool, {
      ...trace,
      action: 'user.proof_asked',
      outcome: 'done',
      tenantId,
      subject: user.id,
      details: { email, credentialsRemoved: !ownersAlone },
    });
    await this.#accounts.invite(user.id, tenantId, email);
    if (!ownersAlone) {
      await this.reset(user.id, email, 'the account waits for the proof of its mailbox', trace);
      await this.#accounts.forgetChoices(user.id);
      // Looked at again now that no session is left which could add one.
      if ((await this.#identities.userById(user.id))?.hasOtherWaysIn === true) {
        await this.#accounts.uninvite(user.id, tenantId);
        throw otherWaysIn();
      }
    }
    // The first token after the proof names the company already; the control plane doesn't let it in before.
    if (isUnused && tenantId !== null) await this.#identities.setTenant(user.id, tenantId);
    await this.#identities.askForProof(user, email, ownersAlone);
  }
}

function isStanding({ tenants, isOperator }: AccountStanding, { tenantId }: Purpose): boolean {
  return tenantId === null ? isOperator : tenants.includes(tenantId);
}

/** An operator is no tenant's person, and no tenant's person an operator. */
function requireOneSide(standing: AccountStanding, { tenantId }: Purpose): void {
  const { isOperator, isAwaitedByPlatform, tenants, invitedBy } = standing;
  const isPlatforms = isOperator || isAwaitedByPlatform;
  if (tenantId === null ? tenants.length === 0 && invitedBy.length === 0 : !isPlatforms) return;
  throw conflict(
    tenantId === null
      ? 'This e-mail address belongs to a tenant and cannot be an operator as well. Use another address.'
      : 'This e-mail address cannot be used for a sign-in here: it is taken elsewhere.',
  );
}

const otherWaysIn = () =>
  conflict(
    'This e-mail address has an account that is also opened by a telephone or another service. Use another address.',
  );

function conflict(message: string): Problem {
  return new Problem('CONFLICT', message, { fields: [{ path: 'email', message }] });
}
