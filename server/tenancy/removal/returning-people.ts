import type pg from 'pg';
import type { TenantSignIns } from '../../auth/sign-ins.ts';
import { Problem } from '../../ground/problem.ts';

/** Somebody who could sign in when the export was taken, and can't yet. */
interface Returning {
  id: string;
  name: string;
  email: string;
}

export interface Returned {
  /** People who can sign in again; those without an account were invited by e-mail. */
  signIns: number;
  /** People whose address now belongs elsewhere, with the reason. */
  withoutSignIn: { email: string; reason: string }[];
  /** People yet to be invited: the auth server limits mails per hour. */
  waiting: string[];
}

/** Called after each person. */
export type ReturnProgress = (done: number, all: number) => void;

/**
 * Lets the people of a restored tenant in again. Each link is committed by itself, and links to accounts that aren't
 * the tenant's are what remains to be done: after any interruption the work continues from there.
 */
export class ReturningPeople {
  readonly #signIns: TenantSignIns;
  readonly #client: pg.Client;
  readonly #tenantId: string;
  readonly #progress: ReturnProgress;
  #all = 0;
  #done = 0;
  readonly #withoutSignIn: Returned['withoutSignIn'] = [];

  constructor(
    signIns: TenantSignIns,
    tenant: { id: string; client: pg.Client },
    progress: ReturnProgress = () => {},
  ) {
    this.#signIns = signIns;
    this.#client = tenant.client;
    this.#tenantId = tenant.id;
    this.#progress = progress;
  }

  /**
   * People who have an account elsewhere don't wait for the others' invitations. A mail asks them for the proof; those
   * whom the mail limit leaves out are left to `invite`.
   */
  async letInWithAccount(): Promise<void> {
    for (const person of await this.#missing()) {
      if (!(await this.#signIns.hasAccount(person.email))) continue;
      try {
        await this.#letIn(person);
      } catch (error) {
        if (error instanceof Problem && error.code === 'RATE_LIMITED') return;
        throw error;
      }
    }
  }

  /** Invites the others, as far as the auth server's limit of mails reaches. */
  async invite(): Promise<Returned> {
    let waiting: Returning[] = await this.#missing();
    while (waiting[0]) {
      try {
        await this.#letIn(waiting[0]);
      } catch (error) {
        if (error instanceof Problem && error.code === 'RATE_LIMITED') break;
        throw error;
      }
      waiting = waiting.slice(1);
    }
    const signIns = this.#all - waiting.length - this.#withoutSignIn.length;
    return { signIns, withoutSignIn: this.#withoutSignIn, waiting: waiting.map(({ email }) => email) };
  }

  /** Whether somebody is still to be let in. */
  async isOver(): Promise<boolean> {
    return (await this.#missing()).length === 0;
  }

  async #missing(): Promise<Returning[]> {
    const linked = await this.#client.query<Returning & { user_id: string }>(
      `select id, name, email, auth_user_id as user_id from employees
        where auth_user_id is not null and status = 'active' order by email`,
    );
    const here = await this.#signIns.usersOf(this.#tenantId);
    this.#all = linked.rows.length + this.#withoutSignIn.length;
    const missing = linked.rows.filter(({ user_id: userId }) => !here.has(userId));
    this.#done = this.#all - missing.length;
    return missing;
  }

  async #letIn({ id, name, email }: Returning): Promise<void> {
    try {
      const { userId } = await this.#signIns.give(this.#tenantId, { email, name });
      await this.#client.query('update employees set auth_user_id = $2 where id = $1', [id, userId]);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'CONFLICT') throw error;
      await this.#client.query('update employees set auth_user_id = null where id = $1', [id]);
      this.#withoutSignIn.push({ email, reason: error.message });
    }
    this.#done += 1;
    this.#progress(this.#done, this.#all);
  }
}
