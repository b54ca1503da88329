import type { SessionIdentity } from './session-identity.ts';
import { Problem } from '../ground/problem.ts';

/**
 * Whoever was given a first password works with one of their own: somebody else knows the first.
 * @throws FORBIDDEN with the reason `password_change_required`
 */
export function requireOwnPassword({ mustChangePassword }: SessionIdentity): void {
  if (!mustChangePassword) return;
  throw new Problem('FORBIDDEN', 'password_change_required');
}
