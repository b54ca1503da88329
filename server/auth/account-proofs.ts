import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { SessionIdentity } from './session-identity.ts';
import { Problem } from '../ground/problem.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { RevocationTrace } from './revocations.ts';
import type { IsLinked, TenantSignIns } from './sign-ins.ts';

interface ProofParts {
  control: ControlPlane;
  identities: IdentityProvider;
  signIns: TenantSignIns;
  isLinked: IsLinked;
}

/** What the owner of an account proves by signing in: that they read its mailbox, and that its password is their own. */
export class AccountProofs {
  readonly #parts: ProofParts;

  constructor(parts: ProofParts) {
    this.#parts = parts;
  }

  /**
   * Takes up the invitations that the session's proof of the mailbox answers. Says to which company the user goes with that
   * (null: they stay where they are), or nothing where there were none.
   */
  async takeUp(
    { userId, mailboxAt }: SessionIdentity,
    trace: RevocationTrace,
  ): Promise<{ goesTo: string | null } | undefined> {
    if (mailboxAt === null) return undefined;
    const { accounts, giving } = this.#parts.signIns;
    const invitations = await accounts.provedInvitations(userId, mailboxAt);
    if (invitations.length === 0) return undefined;
    const user = await this.#parts.identities.userById(userId);
    if (!user) return undefined;
    return giving.alone(user.email, async () => {
      let goesTo: string | null = null;
      let letIn: { goesTo: string | null } | undefined;
      // Read again: an invitation may have been taken back or renewed meanwhile.
      for (const { tenantId, email } of await accounts.provedInvitations(userId, mailboxAt)) {
        if (email.toLowerCase() !== user.email.toLowerCase()) continue;
        if (tenantId === null) await this.#letOperatorIn(userId, email, trace);
        else if (await this.#parts.isLinked(tenantId, userId)) {
          const goes = await this.#parts.signIns.enter(tenantId, userId, email, trace);
          if (goes) goesTo = tenantId;
        } else continue;
        await accounts.uninvite(userId, tenantId);
        letIn = { goesTo };
      }
      return letIn;
    });
  }

  /**
   * Whether an administrator's password is still on the account. The person changes it at the auth server, which tells
   * nobody: the old one is tried. One that can't be tried now counts as unchanged.
   */
  async noticeOwnPassword({ userId, mustChangePassword }: SessionIdentity): Promise<boolean> {
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
    await accounts.keepChanged(userId);
    return true;
  }

  async #letOperatorIn(userId: string, email: string, trace: RevocationTrace): Promise<void> {
    const { rowCount: added } = await this.#parts.control.pool.query(
      `insert into platform_operators (user_id, email)
       select $1, $2 where not exists (select 1 from user_mappings where user_id = $1) on conflict (user_id) do nothing`,
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
