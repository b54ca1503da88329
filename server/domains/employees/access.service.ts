import { requireOwnSecondFactor } from '../../auth/second-factor.ts';
import { notFound, Problem, refuseFields, refusedField } from '../../ground/problem.ts';
import type { RefusedField } from '../../ground/problem.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { holdRoles, permissionsOf, requireOwnPermissions, unknownRoles } from '../roles/roles.service.ts';
import { secondFactorRule } from '../settings/settings.service.ts';
import { labelOf } from './employee-record.ts';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type {
  AssignRoles,
  Employee,
  LinkedEmployee,
  LinkSignIn,
  signInStateSchema,
} from './employees.contract.ts';
import { employeeTable, findEmployee, keepLastSignIn } from './employees.repo.ts';
import { get, locked } from './employees.service.ts';
import { requireAnotherOwner, requireOwner } from './owners.ts';
import { employeeKind } from './employees.kinds.contract.ts';

/**
 * Gives roles and personal permissions in place of those the employee has; they hold from the next request on.
 * @throws FORBIDDEN for anything the actor doesn't have, for making an owner without being one, and for a role of one's own
 * that would ask for a second factor this session lacks; INVALID for unknown roles; NOT_ALLOWED_IN_STATE for taking the role
 * from the last owner
 */
export async function assignRoles(scope: TenantScope, input: AssignRoles): Promise<Employee> {
  await holdRoles(scope);
  const { before } = await locked(scope, input);
  const roles = [...new Set(input.roles)];
  const permissions = [...new Set(input.permissions)];
  await requireKnownRoles(scope, input.roles);
  const had = await permissionsOf(scope, before);
  const wanted = await permissionsOf(scope, { roles, permissions });
  requireOwnPermissions(
    scope,
    [...wanted].filter((permission) => !had.has(permission)),
    'roles',
  );
  if (!roles.includes('owner')) await requireAnotherOwner(scope, before);
  else if (!before.roles.includes('owner')) await requireOwner(scope);
  if (before.id === scope.actor.employeeId) {
    requireOwnSecondFactor(await secondFactorRule(scope), roles, scope, 'roles');
  }
  await employeeTable.update(scope.db, input.id, { roles, permissions, updated_by: scope.actor.name });
  const after = await get(scope, input.id);
  const label = labelOf(after);
  await recordChange(scope, {
    action: 'assign_roles',
    kind: employeeKind,
    id: input.id,
    label,
    before,
    after,
  });
  scope.signIns.permissionsChanged();
  return after;
}

/**
 * Gives the employee a sign-in with the rights of their roles, so the actor must have all of them; an owner's is given by
 * an owner.
 * @throws NOT_ALLOWED_IN_STATE for one who is inactive or has a sign-in, FORBIDDEN for rights the actor doesn't have,
 * CONFLICT when the address can't be used here
 */
export async function linkSignIn(scope: TenantScope, input: LinkSignIn): Promise<LinkedEmployee> {
  await holdRoles(scope);
  const { before } = await locked(scope, input);
  if (before.status !== 'active') {
    throw notInState('employee.inactive', before, 'inactive', 'update');
  }
  if (before.hasSignIn) {
    throw notInState('employee.has_sign_in', before, 'linked', 'unlinkSignIn');
  }
  if (before.roles.includes('owner')) await requireOwner(scope);
  requireOwnPermissions(scope, await permissionsOf(scope, before), 'id');
  const { userId, how } = await scope.signIns.give({
    email: before.email,
    name: before.name,
    password: input.password,
  });
  await employeeTable.update(scope.db, input.id, { auth_user_id: userId, updated_by: scope.actor.name });
  const after = await get(scope, input.id);
  const label = labelOf(after);
  await recordChange(scope, {
    action: 'link_sign_in',
    kind: employeeKind,
    id: input.id,
    label,
    before,
    after,
  });
  scope.signIns.permissionsChanged();
  return { ...after, signInGiven: how };
}

/** Whether the employee's sign-in opens anything yet. */
export async function signInState(
  scope: TenantScope,
  id: string,
): Promise<z.output<typeof signInStateSchema>> {
  const row = await findEmployee(scope.db, id);
  if (!row) throw notFound('employee');
  if (row.auth_user_id === null) return { state: 'none' };
  const waiting = await scope.signIns.waiting([row.auth_user_id]);
  return { state: waiting.get(row.auth_user_id) ?? 'given' };
}

/**
 * Takes the sign-in away and ends the person's sessions.
 * @throws NOT_ALLOWED_IN_STATE for one without a sign-in and for the last owner
 */
export async function unlinkSignIn(
  scope: TenantScope,
  input: { id: string; version: number },
): Promise<Employee> {
  await holdRoles(scope);
  const { row, before } = await locked(scope, input);
  if (row.auth_user_id === null) throw withoutSignIn(before);
  await requireAnotherOwner(scope, before);
  await employeeTable.update(scope.db, input.id, { auth_user_id: null, updated_by: scope.actor.name });
  const after = await get(scope, input.id);
  const label = labelOf(after);
  await recordChange(scope, {
    action: 'unlink_sign_in',
    kind: employeeKind,
    id: input.id,
    label,
    before,
    after,
  });
  await scope.signIns.take(row.auth_user_id);
  scope.signIns.permissionsChanged();
  return after;
}

/**
 * Removes the second factor of a person who lost their phone, and ends their sessions. Their password alone opens a
 * session then, so the actor must have all of their rights; people change their own factor under their own sign-in.
 * @throws FORBIDDEN for rights the actor doesn't have and for one's own, NOT_ALLOWED_IN_STATE for one without a sign-in
 */
export async function resetSecondFactor(
  scope: TenantScope,
  input: { id: string; version: number },
): Promise<Employee> {
  await holdRoles(scope);
  const { row, before } = await locked(scope, input);
  if (row.auth_user_id === null) throw withoutSignIn(before);
  if (before.id === scope.actor.employeeId) {
    throw new Problem('FORBIDDEN', 'employee.own_second_factor');
  }
  if (before.roles.includes('owner')) await requireOwner(scope);
  requireOwnPermissions(scope, await permissionsOf(scope, before), 'id');
  const label = labelOf(before);
  await recordChange(scope, { action: 'reset_second_factor', kind: employeeKind, id: input.id, label });
  await scope.signIns.forgetSecondFactor(row.auth_user_id);
  return before;
}

/**
 * Ends all sessions of a person, on every server at once; they can sign in again.
 * @throws NOT_ALLOWED_IN_STATE for one without a sign-in
 */
export async function signOutEverywhere(
  scope: TenantScope,
  input: { id: string; version: number },
): Promise<Employee> {
  const { row, before } = await locked(scope, input);
  if (row.auth_user_id === null) throw withoutSignIn(before);
  await recordChange(scope, { action: 'sign_out', kind: employeeKind, id: input.id, label: labelOf(before) });
  await scope.signIns.endSessions(row.auth_user_id);
  return before;
}

/** Stores an employee's last sign-in. `signedInAt` is an instant of ISO 8601. */
export function noteSignIn(
  db: Kysely<TenantDatabase>,
  employeeId: string,
  signedInAt: string,
): Promise<void> {
  return keepLastSignIn(db, employeeId, signedInAt);
}

function withoutSignIn(employee: Employee): Problem {
  return notInState('employee.no_sign_in', employee, 'unlinked', 'linkSignIn');
}

function notInState(
  reason: `employee.${'inactive' | 'has_sign_in' | 'no_sign_in'}`,
  { name }: Employee,
  state: string,
  possible: string,
): Problem {
  return new Problem('NOT_ALLOWED_IN_STATE', reason, { name }, { state, possible: [possible] });
}

async function requireKnownRoles(scope: TenantScope, roles: readonly string[]): Promise<void> {
  const unknown = await unknownRoles(scope, roles);
  const fields: RefusedField[] = roles.flatMap((role, index) =>
    unknown.has(role) ? [refusedField(`roles.${String(index)}`, 'role.not_found', { role })] : [],
  );
  refuseFields(fields);
}
