import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { SessionIdentity } from './session-identity.ts';
import { notFound } from '../ground/problem.ts';
import type { AccountGiving } from './account-giving.ts';
import type { Accounts } from './accounts.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** A company that a person works for. */
export interface Company {
  id: string;
  slug: string;
  name: string;
  /** The one their session is in. */
  current: boolean;
}

interface CompaniesParts {
  control: ControlPlane;
  identities: Pick<IdentityProvider, 'setTenant'>;
  accounts: Pick<Accounts, 'announce' | 'standing'>;
  giving: Pick<AccountGiving, 'alone'>;
}

/** The companies one person works for, and which of them they are in. */
export class Companies {
  readonly #parts: CompaniesParts;

  constructor(parts: CompaniesParts) {
    this.#parts = parts;
  }

  /**
   * Puts right what the next token names: a choice that was overtaken by the end of a sign-in leaves a company there that is
   * the person's no more, which would keep them out of the others.
   */
  async correct(identity: SessionIdentity): Promise<void> {
    const { userId, tenantId, tenantClaim } = identity;
    if (tenantId === null || tenantClaim === tenantId) return;
    await this.#aloneWith(identity, async () => {
      const { tenants } = await this.#parts.accounts.standing(userId);
      if (tenants.includes(tenantId)) await this.#parts.identities.setTenant(userId, tenantId);
    });
  }

  /** Those that can be entered now, by name. */
  async of({ userId, tenantId }: SessionIdentity): Promise<{ items: Company[] }> {
    const { rows } = await this.#parts.control.pool.query<{ id: string; slug: string; name: string }>(
      `select t.id, t.slug, t.name from user_mappings m join tenant_metadata t on t.id = m.tenant_id
       where m.user_id = $1 and t.status not in ('suspended', 'deprovisioned') order by lower(t.name), t.id`,
      [userId],
    );
    return { items: rows.map((row) => ({ ...row, current: row.id === tenantId })) };
  }

  /** Goes to another company than the one the session is in, the one chosen last first; gives it, if there is one. */
  async leave(identity: SessionIdentity): Promise<string | undefined> {
    const { items } = await this.of(identity);
    const { tenants } = await this.#parts.accounts.standing(identity.userId);
    const next = tenants.find((id) => id !== identity.tenantId && items.some((item) => item.id === id));
    if (next !== undefined) await this.choose(identity, next);
    return next;
  }

  /**
   * Goes to another of one's companies: the next token names it, and the session is opened there with that.
   * @throws NOT_FOUND for a company that is not the person's, as for one that doesn't exist
   */
  async choose(identity: SessionIdentity, tenantId: string): Promise<void> {
    const { userId } = identity;
    await this.#aloneWith(identity, async () => {
      const { items } = await this.of(identity);
      if (!items.some(({ id }) => id === tenantId)) throw notFound('company');
      // Before the mark here: a killed server leaves the person where they were.
      await this.#parts.identities.setTenant(userId, tenantId);
      await this.#parts.control.pool.query(
        'update user_mappings set chosen_at = clock_timestamp() where user_id = $1 and tenant_id = $2',
        [userId, tenantId],
      );
      await this.#parts.accounts.announce(userId);
    });
  }

  /** While no company gives or takes the person's sign-in. */
  #aloneWith({ userId, email }: SessionIdentity, work: () => Promise<void>): Promise<void> {
    return this.#parts.giving.alone(email, async (holding) => {
      await holding.user(userId);
      await work();
    });
  }
}
