import type { ControlPlane } from '../control-plane/control-plane.ts';
import type pg from 'pg';

/** The known facts of an account before it is given to anybody. */
export interface AccountStanding {
  /** The tenants it opens, the one chosen last first. */
  tenants: string[];
  /** The tenants that wait for the proof of its mailbox. */
  invitedBy: string[];
  isOperator: boolean;
  /** An operator once its mailbox is proved. */
  isAwaitedByPlatform: boolean;
  /** The tenant it was made for; null for an account of the platform's or of unknown origin. */
  madeBy: string | null;
  /** The address it had when we gave it. */
  email: string | null;
  /** Only the reader of its mailbox can hold its credentials. */
  ownersAlone: boolean;
}

/**
 * The step that users' sign-ins wait for. `proof`: that its owner proves the mailbox; `held`: that the company takes
 * the sign-in away and gives it again, since the reader of the mailbox has removed the second factor with which it was
 * used.
 */
export type Waiting = ReadonlyMap<string, 'proof' | 'held'>;

/** The control plane's own knowledge of accounts. The auth server's is in IdentityProvider. */
export class Accounts {
  readonly #control: ControlPlane;
  #installation: Promise<string> | undefined;

  constructor(control: ControlPlane) {
    this.#control = control;
  }

  get #pool(): pg.Pool {
    return this.#control.pool;
  }

  /** The mark of this installation's accounts, among those of others in the same Supabase project. */
  installation(): Promise<string> {
    this.#installation ??= this.#pool.query<{ id: string }>('select id from installation').then(
      ({ rows }) => {
        if (!rows[0]) throw new Error('The control plane has no id.');
        return rows[0].id;
      },
      (error: unknown) => {
        this.#installation = undefined;
        throw error;
      },
    );
    return this.#installation;
  }

  async standing(userId: string): Promise<AccountStanding> {
    const { rows } = await this.#pool.query<AccountStanding>(
      `select array(select tenant_id::text from user_mappings where user_id = $1 order by chosen_at desc) as tenants,
              array(select tenant_id::text from sign_in_invitations where user_id = $1 and tenant_id is not null
                    order by since) as "invitedBy",
              exists (select 1 from platform_operators where user_id = $1) as "isOperator",
              exists (select 1 from sign_in_invitations where user_id = $1 and tenant_id is null)
                as "isAwaitedByPlatform",
              a.made_by as "madeBy", a.email, coalesce(a.owners_alone, false) as "ownersAlone"
       from (select 1) as asked left join accounts a on a.user_id = $1`,
      [userId],
    );
    if (!rows[0]) throw new Error('The control plane did not answer.');
    return rows[0];
  }

  /** The address an account was given with. */
  async addressOf(userId: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ email: string }>(
      `select email from accounts where user_id = $1
       union all select email from user_mappings where user_id = $1
       union all select email from sign_in_invitations where user_id = $1 limit 1`,
      [userId],
    );
    return rows[0]?.email;
  }

  /** Keeps an account that was just made: invited by mail, or with the password an administrator gave. */
  async keepMade(account: {
    userId: string;
    email: string;
    madeBy: string | null;
    password: string | undefined;
  }): Promise<void> {
    const { userId, email, madeBy, password } = account;
    await this.#pool.query(
      `insert into accounts (user_id, email, made_by, owners_alone, given_secret) values ($1, $2, $3, $4, $5)
       on conflict (user_id) do update set email = excluded.email, made_by = excluded.made_by,
         owners_alone = excluded.owners_alone, given_secret = excluded.given_secret`,
      [
        userId,
        email,
        madeBy,
        password === undefined,
        password === undefined ? null : this.#control.box.seal(password),
      ],
    );
  }

  /** Records that no credential opens the account any more. */
  async keepReset(userId: string, email: string): Promise<void> {
    await this.#pool.query(
      `insert into accounts (user_id, email, owners_alone) values ($1, $2, true)
       on conflict (user_id) do update set email = excluded.email, owners_alone = true, given_secret = null`,
      [userId, email],
    );
    await this.announce(userId);
  }

  /** The company was perhaps not chosen by the owner: the proof decides where they go. */
  async forgetChoices(userId: string): Promise<void> {
    await this.#pool.query("update user_mappings set chosen_at = '-infinity' where user_id = $1", [userId]);
  }

  /** The account is gone, and with it every invitation of it. */
  async forget(userId: string): Promise<void> {
    await this.#pool.query(
      'with uninvited as (delete from sign_in_invitations where user_id = $1) delete from accounts where user_id = $1',
      [userId],
    );
  }

  /**
   * Records that the account belongs to the reader of its mailbox alone from now on. Its password is random: they
   * choose their own before anything else.
   */
  async keepOwn(userId: string, email: string, password: string): Promise<void> {
    await this.#pool.query(
      `insert into accounts (user_id, email, owners_alone, given_secret) values ($1, $2, true, $3)
       on conflict (user_id) do update set email = excluded.email, owners_alone = true,
         given_secret = excluded.given_secret`,
      [userId, email, this.#control.box.seal(password)],
    );
    await this.announce(userId);
  }

  /** The password an administrator gave, while it has not been changed as far as we know. */
  async givenPassword(userId: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ given_secret: string | null }>(
      'select given_secret from accounts where user_id = $1',
      [userId],
    );
    const sealed = rows[0]?.given_secret;
    return sealed === undefined || sealed === null ? undefined : this.#control.box.open(sealed);
  }

  /** The given password was changed by the person; nothing is kept if another was given meanwhile. */
  async keepChanged(userId: string, given: string): Promise<void> {
    const { rows } = await this.#pool.query<{ given_secret: string }>(
      'select given_secret from accounts where user_id = $1 and given_secret is not null',
      [userId],
    );
    const sealed = rows[0]?.given_secret;
    if (sealed !== undefined && this.#control.box.open(sealed) === given) {
      await this.#pool.query(
        'update accounts set given_secret = null where user_id = $1 and given_secret = $2',
        [userId, sealed],
      );
    }
    await this.announce(userId);
  }

  /** Makes every node read again what the control plane says of the user. */
  async announce(userId: string): Promise<void> {
    await this.#pool.query("insert into access_changes (scope, subject) values ('user', $1)", [userId]);
  }

  /** Lets the account in, into the tenant or (null) to the platform, once its mailbox is proved from now on. */
  async invite(userId: string, tenantId: string | null, email: string): Promise<void> {
    await this.#pool.query(
      `insert into sign_in_invitations (user_id, tenant_id, email) values ($1, $2, $3)
       on conflict (user_id, tenant_id) do update set email = excluded.email, since = clock_timestamp(), held = false`,
      [userId, tenantId, email],
    );
  }

  /**
   * Shuts the companies and the platform to the account: those who let it in before it was proved decide again. Gives
   * the companies, and null for the platform.
   */
  async hold(userId: string): Promise<(string | null)[]> {
    const { rows } = await this.#pool.query<{ tenantId: string | null }>(
      `with mapped as (delete from user_mappings where user_id = $1 returning tenant_id, email),
            operator as (delete from platform_operators where user_id = $1 returning null::uuid as tenant_id, email),
            held as (insert into sign_in_invitations (user_id, tenant_id, email, held)
                     select $1, tenant_id, email, true from (table mapped union all table operator) as shut
                     on conflict (user_id, tenant_id) do nothing)
       select tenant_id as "tenantId" from (table mapped union all table operator) as shut`,
      [userId],
    );
    await this.announce(userId);
    return rows.map(({ tenantId }) => tenantId);
  }

  async uninvite(userId: string, tenantId: string | null): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'delete from sign_in_invitations where user_id = $1 and tenant_id is not distinct from $2',
      [userId, tenantId],
    );
    return rowCount === 1;
  }

  /** Takes back the claim that makes the prover of this mailbox an operator. */
  async uninviteOperator(email: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'delete from sign_in_invitations where tenant_id is null and lower(email) = lower($1)',
      [email],
    );
    return (rowCount ?? 0) > 0;
  }

  /** Those of the users whom the tenant doesn't let in yet, and why. */
  async invitedAmong(userIds: readonly string[], tenantId: string): Promise<Waiting> {
    const { rows } = await this.#pool.query<{ user_id: string; held: boolean }>(
      'select user_id, held from sign_in_invitations where tenant_id = $1 and user_id = any ($2)',
      [tenantId, userIds],
    );
    return new Map(rows.map((row) => [row.user_id, row.held ? 'held' : 'proof']));
  }

  /** The invitations that a mailbox proved at `provedAt` (seconds since the epoch) takes up. */
  async provedInvitations(
    userId: string,
    provedAt: number,
  ): Promise<{ tenantId: string | null; email: string }[]> {
    // Tokens tell whole seconds.
    const { rows } = await this.#pool.query<{ tenantId: string | null; email: string }>(
      `select tenant_id as "tenantId", email from sign_in_invitations
       where user_id = $1 and not held and date_trunc('second', since) <= to_timestamp($2) order by since`,
      [userId, provedAt],
    );
    return rows;
  }
}
