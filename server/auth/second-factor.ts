import { Problem, problemAt } from '../ground/problem.ts';
import type { SessionIdentity } from './session-identity.ts';

/** The people whom a company asks for a second factor; `roles` counts for `whom: 'roles'` alone. */
export interface SecondFactorRule {
  whom: 'nobody' | 'roles' | 'everyone';
  roles: readonly string[];
}

/** The rule as a tenant's settings keep it; a schema from before the rule existed asks nobody. */
export function secondFactorOf(row: {
  second_factor?: SecondFactorRule['whom'];
  second_factor_roles?: string[];
}): SecondFactorRule {
  return { whom: row.second_factor ?? 'nobody', roles: row.second_factor_roles ?? [] };
}

/** Whether the rule asks somebody with these roles for a second factor. */
export function asksForSecondFactor(rule: SecondFactorRule, roles: readonly string[]): boolean {
  if (rule.whom === 'everyone') return true;
  return rule.whom === 'roles' && roles.some((role) => rule.roles.includes(role));
}

/** @throws FORBIDDEN for a session opened with the password alone where the company asks for more */
export function requireSecondFactor(asked: boolean, { assurance }: SessionIdentity): void {
  if (!asked || assurance === 'aal2') return;
  throw new Problem('FORBIDDEN', 'second_factor_required', { asks: 'company' });
}

/**
 * People who have set up a second factor must show it, whether or not their company asks for one: neither a password
 * nor a mailbox alone opens anything of theirs.
 * @throws FORBIDDEN
 */
export function requireShownFactor({ owesSecondFactor }: SessionIdentity): void {
  if (!owesSecondFactor) return;
  throw new Problem('FORBIDDEN', 'second_factor_required', { asks: 'yourself' });
}

/**
 * Nobody may lock themselves out: a person who makes a rule that asks them for a second factor must have one, and have
 * shown it in this very session.
 * @throws FORBIDDEN
 */
export function requireOwnSecondFactor(
  rule: SecondFactorRule,
  roles: readonly string[],
  { assurance }: Pick<SessionIdentity, 'assurance'>,
  path: string,
): void {
  if (assurance === 'aal2' || !asksForSecondFactor(rule, roles)) return;
  throw problemAt('FORBIDDEN', path, 'access.shuts_yourself_out');
}
