import { Problem } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { holdRoles } from '../roles/roles.service.ts';
import type { Employee } from './employees.contract.ts';
import { findEmployee, ownersWithSignIn } from './employees.repo.ts';

/**
 * Before an owner loses the role, the sign-in or the job: only another owner decides about that, and an owner who can
 * sign in must remain, or the company would be locked out for good.
 * @throws FORBIDDEN, NOT_ALLOWED_IN_STATE
 */
export async function requireAnotherOwner(scope: TenantScope, employee: Employee): Promise<void> {
  if (!employee.roles.includes('owner')) return;
  await holdRoles(scope);
  await requireOwner(scope);
  const owners = await ownersWithSignIn(scope.db);
  // An owner who has not proved the mailbox yet can't let anybody in.
  const waiting = await scope.signIns.waiting(owners.map(({ userId }) => userId));
  const acting = owners.filter(({ userId }) => !waiting.has(userId)).map(({ id }) => id);
  if (acting.includes(employee.id) && acting.length === 1) {
    const { name } = employee;
    throw new Problem(
      'NOT_ALLOWED_IN_STATE',
      'employee.last_owner',
      { name },
      { state: 'last_owner', possible: [] },
    );
  }
}

/**
 * Only an owner decides about owners, including making one, even if others have the same permissions.
 * @throws FORBIDDEN
 */
export async function requireOwner(scope: TenantScope): Promise<void> {
  const actor = await findEmployee(scope.db, scope.actor.employeeId);
  if (actor?.roles.includes('owner')) return;
  throw new Problem('FORBIDDEN', 'employee.owner_only');
}
