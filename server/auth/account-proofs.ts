import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { SessionIdentity } from './session-identity.ts';
import { Problem } from '../ground/problem.ts';
import { isOwnersAlone } from './account-giving.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import { passwordOfNobody } from './identity-provider.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { RevocationTrace } from './revocations.ts';
import type { SessionManager } from './session-manager.ts';
import type { IsLinked, TenantSignIns } from './sign-ins.ts';

interface ProofParts {
  control: ControlPlane;
  identities: IdentityProvider;
  sessions: Pick<SessionManager, 'revokeAllUserSessions'>;
  signIns: TenantSignIns;
  isLinked: IsLinked;
}

/** A session that proves the mailbox, with the token it came with and who asks. */
export interface Proof {
  identity: SessionIdentity;
  bearer: string;
  trace: RevocationTrace;
}

/** The company the user goes to after a proof; null: they stay where they are. */
export interface LetIn {
  goesTo: string | null;
}

interface Invitation {
  tenantId: string | null;
  email: string;
}

/**
 * The facts that the owner of an account proves by signing in: that they read its mailbox, and that its password is
 * their own.
 */
export class AccountProofs {
  readonly #parts: ProofParts;

  constructor(parts: ProofParts) {
    this.#parts = parts;
  }

  /**
   * Takes up the invitations that the session's proof of the mailbox answers; nothing when there are none. Where
   * somebody else may hold a credential of the account, its password goes and every other session ends first. A second
   * factor stays and is to be shown, unless `disowns`: its reader says that it isn't theirs. What it guarded stays shut
   * then, since it can't be known which of the two owns the account.
   */
  async takeUp(proof: Proof, disowns = false): Promise<LetIn | undefined> {
    const { userId, mailboxAt, assurance } = proof.identity;
    if (mailboxAt === null) return undefined;
    const { accounts, giving } = this.#parts.signIns;
    if ((await accounts.provedInvitations(userId, mailboxAt)).length === 0) return undefined;
    if (!(await this.#parts.identities.mailboxes.isProof())) return undefined;
    const email = (await this.#parts.identities.userById(userId))?.email;
    if (email === undefined) return undefined;
    return giving.alone(email, async (holding) => {
      await holding.user(userId);
      // Read again: an invitation may have been taken back or renewed meanwhile, a factor or another way in added.
      const answered = await this.#answered(userId, email, mailboxAt);
      const user = await this.#parts.identities.userById(userId);
      if (answered.length === 0 || user?.email !== email) return undefined;
      const isOwn = isOwnersAlone(await accounts.standing(userId), email);
      const owesFactor = user.hasSecondFactor && assurance !== 'aal2';
      if (owesFactor && (isOwn || !disowns)) return undefined;
      const held = owesFactor ? await accounts.hold(userId) : [];
      if (!isOwn && !(await this.#makeOwn(proof, email, { answered, held }))) return undefined;
      await this.#endOthers(proof);
      return this.#letIn(proof, answered);
    });
  }

  /** Whether the reader of the mailbox may say that the second factor isn't theirs: nobody has proved this account yet. */
  async mayDisown({ userId, mailboxAt }: SessionIdentity): Promise<boolean> {
    if (mailboxAt === null) return false;
    const { accounts } = this.#parts.signIns;
    const [invitation] = await accounts.provedInvitations(userId, mailboxAt);
    return invitation !== undefined && !isOwnersAlone(await accounts.standing(userId), invitation.email);
  }

  /**
   * Whether an administrator's password is still on the account. The person changes it at the auth server, which
   * doesn't report it: the old one is tried. One that can't be tried now counts as unchanged.
   */
  async noticeOwnPassword({ identity, trace }: Proof): Promise<boolean> {
    const { userId, mustChangePassword } = identity;
    if (!mustChangePassword) return false;
    const { accounts } = this.#parts.signIns;
    const given = await accounts.givenPassword(userId);
    if (given === undefined) return true;
    try {
      const user = await this.#parts.identities.userById(userId);
      if (!user || (await this.#parts.identities.opensWith(user.email, given))) return false;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
    await accounts.keepChanged(userId, given);
    await recordWith(this.#parts.control.pool, {
      ...trace,
      action: 'user.given_password_changed',
      outcome: 'done',
      tenantId: identity.tenantId,
      subject: userId,
    });
    return true;
  }

  /** The invitations of this address that the proof answers and that still stand. */
  async #answered(userId: string, email: string, mailboxAt: number): Promise<Invitation[]> {
    const { accounts } = this.#parts.signIns;
    const answered: Invitation[] = [];
    for (const invitation of await accounts.provedInvitations(userId, mailboxAt)) {
      if (invitation.email.toLowerCase() !== email.toLowerCase()) continue;
      const { tenantId } = invitation;
      if (tenantId === null || (await this.#parts.isLinked(tenantId, userId))) answered.push(invitation);
    }
    return answered;
  }

  /**
   * Gives the account to the reader of its mailbox alone: sets a random password in their own session, which the auth
   * server keeps while it ends all others. False where that isn't possible.
   * @throws SESSION_REVOKED when the auth server takes no password from this session: a new mail has gone out
   */
  async #makeOwn(
    { identity, bearer, trace }: Proof,
    email: string,
    { answered, held }: { answered: Invitation[]; held: (string | null)[] },
  ): Promise<boolean> {
    const { control, identities, sessions, signIns } = this.#parts;
    const { userId, assurance } = identity;
    // A person who shows the factor and reads the mailbox owns both; any other factor is somebody else's.
    const keepsFactors = assurance === 'aal2';
    if (!keepsFactors) await identities.removeFactors(userId);
    const password = passwordOfNobody();
    const isSet = await identities.setPasswordAs(bearer, password);
    if (!isSet) await identities.setPassword(userId, password);
    // Once more now that no session is left which could add one.
    if (!keepsFactors) await identities.removeFactors(userId);
    const user = await identities.userById(userId);
    const isShared = user === undefined || user.hasOtherWaysIn;
    await recordWith(control.pool, {
      ...trace,
      action: 'user.made_own',
      outcome: isShared ? 'refused' : 'done',
      subject: userId,
      details: {
        email,
        factorsKept: keepsFactors,
        for: answered.map(({ tenantId }) => nameOf(tenantId)),
        ...(held.length > 0 && { held: held.map(nameOf) }),
      },
    });
    if (isShared) return false;
    await signIns.accounts.keepOwn(userId, email, password);
    await signIns.accounts.forgetChoices(userId);
    if (isSet) return true;
    await sessions.revokeAllUserSessions(userId, 'the account waits for the proof of its mailbox', trace);
    await identities.askForProof(user, email);
    throw new Problem('SESSION_REVOKED', 'session.too_old_for_proof');
  }

  /** Before anybody is let in: a session of before must not come along. */
  async #endOthers({ identity, bearer, trace }: Proof): Promise<void> {
    const { userId, sessionKey, authSessionId: sessionId } = identity;
    const own = { token: bearer, userId, sessionId };
    await this.#parts.sessions.revokeAllUserSessions(
      userId,
      'the owner proved the mailbox',
      trace,
      sessionKey,
      { own },
    );
  }

  async #letIn({ identity, trace }: Proof, answered: readonly Invitation[]): Promise<LetIn> {
    const { signIns } = this.#parts;
    const { userId } = identity;
    let goesTo: string | null = null;
    for (const { tenantId, email } of answered) {
      if (tenantId === null) await this.#letOperatorIn(userId, email, trace);
      else if (await signIns.enter(tenantId, userId, email, trace)) goesTo = tenantId;
      await signIns.accounts.uninvite(userId, tenantId);
    }
    return { goesTo };
  }

  async #letOperatorIn(userId: string, email: string, trace: RevocationTrace): Promise<void> {
    const { rowCount: added } = await this.#parts.control.pool.query(
      'insert into platform_operators (user_id, email) values ($1, $2) on conflict (user_id) do nothing',
      [userId, email],
    );
    if (added === 0) return;
    await this.#parts.signIns.accounts.announce(userId);
    await recordWith(this.#parts.control.pool, {
      ...trace,
      action: 'operator.added',
      outcome: 'done',
      subject: email,
    });
  }
}

const nameOf = (tenantId: string | null) => tenantId ?? 'platform';
