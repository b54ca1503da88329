import { v7 as uuidv7 } from 'uuid';
import type { GivenHow } from '../../auth/account-giving.ts';
import type { Person } from '../../auth/identity-provider.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import { addOperator, listOperators, removeOperator } from './operators.repo.ts';
import type { Operator } from './operators.repo.ts';

/** Operators are added and removed on the command line only, so that no window can make one. */
export class OperatorCommands {
  readonly #tenancy: Pick<Tenancy, 'control' | 'signIns' | 'sessions'>;

  constructor(tenancy: Pick<Tenancy, 'control' | 'signIns' | 'sessions'>) {
    this.#tenancy = tenancy;
  }

  list(): Promise<Operator[]> {
    return listOperators(this.#tenancy.control.pool);
  }

  /**
   * Makes the person an operator, with an account when there is none (invited by e-mail without a password). One who has
   * an account is asked by mail to prove it and is an operator from that proof on. Safe to repeat.
   * @throws CONFLICT when the address can't be used here
   */
  async add(person: Person, trace: RevocationTrace): Promise<{ added: boolean; how: GivenHow }> {
    const { control, signIns } = this.#tenancy;
    return signIns.giving.alone(person.email, async (holding) => {
      const purpose = { intent: uuidv7(), tenantId: null, trace };
      const { userId, how } = await signIns.giving.claim(person, purpose, holding);
      if (how === 'proof') return { added: false, how };
      return { added: await addOperator(control.pool, userId, person.email, trace), how };
    });
  }

  /**
   * Signs the operator out everywhere and takes the right away, also from one who has yet to prove the mailbox;
   * undefined when there is no such operator.
   */
  async remove(email: string, trace: RevocationTrace): Promise<{ revoked: number } | undefined> {
    const { control, sessions, signIns } = this.#tenancy;
    return signIns.giving.alone(email, async (holding) => {
      const wasAwaited = await signIns.accounts.uninviteOperator(email);
      const wanted = email.toLowerCase();
      // An account that was deleted at the auth server and made again has the same address and another id.
      const operators = (await this.list()).filter((one) => one.email.toLowerCase() === wanted);
      if (operators.length === 0) return wasAwaited ? { revoked: 0 } : undefined;
      let revoked = 0;
      for (const operator of operators) {
        await holding.user(operator.userId);
        await removeOperator(control.pool, operator, trace);
        revoked += await sessions.revokeAllUserSessions(operator.userId, 'no operator any more', trace);
        await signIns.giving.letGo(operator, { tenantId: null, trace }, { wasIn: true });
      }
      return { revoked };
    });
  }
}
