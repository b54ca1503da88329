import { recordOf } from '../../db/record-columns.ts';
import { invalidField, notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { requireKnownState } from '../gst-party.ts';
import type { Page } from '../../ground/list.contract.ts';
import { alreadyUsed, retried } from '../master-records.ts';
import { listOf, masterService } from '../master-service.ts';
import type { Change, Identified } from '../master-service.ts';
import { enteringAadhaar, noteComparison } from './aadhaar.ts';
import { employeeColumns, employeeOf, labelOf } from './employee-record.ts';
import type { EmployeeFields } from './employee-record.ts';
import { employeeRowSchema } from './employees.contract.ts';
import type { Employee, EmployeeRow, ListEmployees } from './employees.contract.ts';
import {
  chainOfCommand,
  countEmployees,
  employeeOrder,
  employeesUsing,
  employeeTable,
  findEmployee,
  listEmployees,
  nextEmployeeCode,
} from './employees.repo.ts';
import type { EmployeeRecord } from './employees.repo.ts';
import { holdRoles, permissionsOf, requireOwnPermissions } from '../roles/roles.service.ts';
import { requireAnotherOwner } from './owners.ts';
import { employeeKind } from './employees.kinds.contract.ts';

type Fields = Partial<EmployeeFields>;
type EmployeeChange = Change<Employee, EmployeeFields>;

/** Employees, each with a code, an e-mail address and an Aadhaar number that no other has. */
const employees = masterService({
  kind: employeeKind,
  rows: employeeTable,
  recordOf: (_scope, row: EmployeeRecord) => employeeOf(row),
  columnsOf: employeeColumns,
  labelOf,
  completed: (sent: EmployeeFields) => sent,
  sentAgain,
  prepared,
  writing: (scope, { id, given, before }, write) => {
    const label = before ? labelOf(before) : `${given.employeeCode ?? ''} ${given.name ?? ''}`;
    return enteringAadhaar(scope, { id, label, aadhaar: given.aadhaar }, write);
  },
  follow,
});

/**
 * A new employee has neither roles nor a sign-in, and the next code when none is given. @throws as every kind, RATE_LIMITED
 * for too many Aadhaar numbers
 */
export const { get, locked, create } = employees;

/**
 * Changes the given fields. An employee made inactive is signed out and locked out from the next request on; one made
 * active again who has a sign-in gets the rights of their roles, so the actor must have all of them.
 * @throws as every kind, INVALID for the address of a sign-in, NOT_ALLOWED_IN_STATE for the last owner, FORBIDDEN for
 * rights the actor doesn't have, RATE_LIMITED for too many Aadhaar numbers
 */
export async function update(scope: TenantScope, input: Fields & Identified): Promise<Employee> {
  if (input.status !== undefined) await holdRoles(scope);
  return employees.update(scope, input);
}

export function list(scope: TenantScope, input: ListEmployees): Promise<Page<EmployeeRow>> {
  return listOf(scope, input, {
    order: employeeOrder,
    rows: listEmployees,
    count: countEmployees,
    itemOf: (row) => recordOf(employeeRowSchema, row),
  });
}

async function prepared(scope: TenantScope, { id, given, before }: EmployeeChange): Promise<Fields> {
  if (before) await requireFitting(scope, before, given);
  if (given.address) requireKnownState(given.address);
  await requireUnused(scope, id, given);
  await requireManager(scope, id, given);
  if (before || given.employeeCode !== undefined) return given;
  return { ...given, employeeCode: await nextEmployeeCode(scope.db) };
}

/** Refuses changes that a sign-in, the roles or the last owner rule out. */
async function requireFitting(scope: TenantScope, before: Employee, given: Fields): Promise<void> {
  if (given.email !== undefined && given.email !== before.email && before.hasSignIn) {
    throw invalidField('email', 'employee.email_of_sign_in');
  }
  if (!isOtherStanding(before, given)) return;
  await requireAnotherOwner(scope, before);
  if (given.status === 'active' && before.hasSignIn) {
    requireOwnPermissions(scope, await permissionsOf(scope, before), 'status');
  }
}

function isOtherStanding(before: Employee, { status }: Fields): boolean {
  return status !== undefined && status !== before.status;
}

async function follow(scope: TenantScope, { id, given, before }: EmployeeChange): Promise<void> {
  if (!before) return;
  const standing = isOtherStanding(before, given);
  if (standing && before.hasSignIn) await endSessions(scope, id);
  // The name is shown with a person's actions, so the nodes read it again as well.
  const renamed = given.name !== undefined && given.name !== before.name;
  if (standing || renamed) scope.signIns.permissionsChanged();
}

/** In both directions: sessions opened before a person was made inactive don't come back with them. */
async function endSessions(scope: TenantScope, id: string): Promise<void> {
  const userId = (await findEmployee(scope.db, id))?.auth_user_id;
  if (!userId) return;
  await scope.signIns.endSessions(userId);
  // Once more for sessions opened before the change is seen.
  scope.afterCommit(() => scope.signIns.endSessions(userId));
}

/**
 * Shows the PAN in full, and records who looked and why.
 * @throws NOT_FOUND, INVALID when none is kept
 */
export async function revealPii(
  scope: TenantScope,
  { id, field, reason }: { id: string; field: 'pan'; reason: string },
): Promise<{ id: string; field: 'pan'; value: string }> {
  const row = await findEmployee(scope.db, id);
  if (!row) throw notFound('employee');
  if (row.pan_encrypted === null) throw invalidField('field', 'employee.no_pan');
  const label = labelOf(employeeOf(row));
  await recordChange(scope, {
    action: 'reveal_pii',
    kind: employeeKind,
    id,
    label,
    after: { field, reason },
  });
  return { id, field, value: scope.secrets.open(row.pan_encrypted) };
}

/** PAN and Aadhaar are compared whole, by their stored forms: too many share the same mask. */
async function sentAgain(
  scope: TenantScope,
  { aadhaar, ...plain }: EmployeeFields,
  row: EmployeeRecord,
): Promise<Employee> {
  const existing = employeeOf(row);
  if (aadhaar) await noteComparison(scope, { id: row.id, label: labelOf(existing) });
  const fingerprint = aadhaar ? scope.secrets.fingerprint(aadhaar) : aadhaar;
  return retried(employeeKind, { ...plain, aadhaar: fingerprint }, existing, {
    ...existing,
    managerId: existing.manager?.id ?? null,
    pan: row.pan_encrypted === null ? null : scope.secrets.open(row.pan_encrypted),
    aadhaar: row.aadhaar_hash,
  });
}

async function requireManager(scope: TenantScope, id: string, { managerId }: Fields): Promise<void> {
  if (!managerId) return;
  const chain = await chainOfCommand(scope.db, managerId);
  if (chain.length === 0) throw invalidField('managerId', 'record.not_found', { kind: 'employee' });
  if (chain.includes(id)) throw invalidField('managerId', 'employee.own_manager');
}

async function requireUnused(
  scope: TenantScope,
  id: string,
  { employeeCode: code, email }: Fields,
): Promise<void> {
  if (code === undefined && email === undefined) return;
  for (const other of await employeesUsing(scope.db, { code, email }, id)) {
    const who = `${other.name} (${other.employee_code})`;
    if (code !== undefined && other.employee_code.toUpperCase() === code.toUpperCase()) {
      throw alreadyUsed('employeeCode', code, other.name);
    }
    if (other.email === email) throw alreadyUsed('email', email, who);
  }
}
