import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../auth/identity-provider.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import { Problem } from '../../trpc/problem.ts';
import { addOperator, listOperators, removeOperator } from './operators.repo.ts';
import type { Operator } from './operators.repo.ts';

/** Who may work for the platform: comes and goes by the command line alone, so that no window can make one. */
export class OperatorCommands {
  readonly #tenancy: Pick<Tenancy, 'control' | 'identities' | 'sessions'>;

  constructor(tenancy: Pick<Tenancy, 'control' | 'identities' | 'sessions'>) {
    this.#tenancy = tenancy;
  }

  list(): Promise<Operator[]> {
    return listOperators(this.#tenancy.control.pool);
  }

  /**
   * Makes the person an operator, with a sign-in when there is none (invited by e-mail without a password). `userMade`
   * is false for someone who could sign in before: the password stays what it was. Safe to repeat.
   * @throws CONFLICT when the address belongs to a tenant.
   */
  async add(person: Person, trace: RevocationTrace): Promise<{ added: boolean; userMade: boolean }> {
    const intent = uuidv7();
    const { userId, madeFor } = await this.#tenancy.identities.ensureUser(person, intent);
    const outcome = await addOperator(this.#tenancy.control.pool, userId, person.email, trace);
    if (outcome === 'tenant') {
      const message = `${person.email} belongs to a tenant and cannot be an operator as well. Use another address.`;
      throw new Problem('CONFLICT', message, { fields: [{ path: 'email', message }] });
    }
    return { added: outcome === 'added', userMade: madeFor === intent };
  }

  /** Signs the operator out everywhere and takes the right away; undefined when there is none. */
  async remove(email: string, trace: RevocationTrace): Promise<{ revoked: number } | undefined> {
    const wanted = email.toLowerCase();
    const operator = (await this.list()).find((one) => one.email.toLowerCase() === wanted);
    if (!operator) return undefined;
    const { control, sessions } = this.#tenancy;
    const revoked = await sessions.revokeAllUserSessions(operator.userId, 'no operator any more', trace);
    await removeOperator(control.pool, operator, trace);
    return { revoked };
  }
}
