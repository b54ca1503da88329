import type { SessionIdentity } from './session-identity.ts';
import { Problem } from '../ground/problem.ts';

/**
 * People don't work with a first password they were given, because somebody else knows it.
 * @throws FORBIDDEN with the reason `password_change_required`
 */
export function requireOwnPassword({ mustChangePassword }: SessionIdentity): void {
  if (!mustChangePassword) return;
  throw new Problem('FORBIDDEN', 'password_change_required');
}
