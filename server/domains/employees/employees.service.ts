import { together } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { invalidField, notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { requireSoundGst } from '../gst-party.ts';
import type { Page } from '../../ground/list.contract.ts';
import { alreadyUsed, given, retried } from '../master-records.ts';
import type { Address } from '../../ground/record.contract.ts';
import { enteringAadhaar, noteComparison } from './aadhaar.ts';
import { currentEmployee, employeeOf, labelOf, lockedEmployee, maskedPan } from './employee-record.ts';
import type {
  CreateEmployee,
  Employee,
  EmployeeRow,
  ListEmployees,
  UpdateEmployee,
} from './employees.contract.ts';
import {
  chainOfCommand,
  countEmployees,
  employeeOrder,
  employeesUsing,
  findEmployee,
  insertEmployee,
  listEmployees,
  nextEmployeeCode,
  updateEmployee,
} from './employees.repo.ts';
import type { EmployeeRecord } from './employees.repo.ts';
import { holdRoles, permissionsOf, requireOwnPermissions } from '../roles/roles.service.ts';
import { requireAnotherOwner } from './owners.ts';
import { employeeKind } from './employees.kinds.contract.ts';

export async function list(scope: TenantScope, input: ListEmployees): Promise<Page<EmployeeRow>> {
  const page = employeeOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listEmployees(scope.db, input, page),
    input.total ? countEmployees(scope.db, input) : undefined,
  ]);
  const found = page.page(rows, (row) => ({
    id: row.id,
    version: row.version,
    employeeCode: row.employee_code,
    name: row.name,
    email: row.email,
    phone: row.phone,
    department: row.department,
    designation: row.designation,
    roles: row.roles,
    hasSignIn: row.auth_user_id !== null,
    lastSignInAt: row.last_sign_in_at,
    status: row.status as EmployeeRow['status'],
    updatedAt: row.updated_at,
  }));
  return { ...found, ...total };
}

/** @throws NOT_FOUND */
export function get(scope: TenantScope, id: string): Promise<Employee> {
  return currentEmployee(scope, id);
}

/**
 * Adds an employee, without roles and without a sign-in; the code is the next one when none is given. The same id with
 * the same contents again gives the employee that was made.
 * @throws INVALID for a code, e-mail address or Aadhaar in use and for an unknown manager, CONFLICT for an id in use,
 * RATE_LIMITED for too many Aadhaar numbers
 */
export async function create(scope: TenantScope, input: CreateEmployee): Promise<Employee> {
  const { id = uuidv7(), ...employee } = input;
  const existing = await findEmployee(scope.db, id);
  if (existing) return sameAgain(scope, employee, existing);
  await requireSound(scope, id, employee);
  const code = employee.employeeCode ?? (await nextEmployeeCode(scope.db));
  const entered = { id, label: `${code} ${employee.name}`, aadhaar: employee.aadhaar };
  const made = await enteringAadhaar(scope, entered, () =>
    insertEmployee(scope.db, {
      id,
      ...columnsOf(scope, employee),
      employee_code: code,
      name: employee.name,
      email: employee.email,
      address: JSON.stringify(employee.address),
      preferences: '{}',
      created_by: scope.actor.name,
      updated_by: scope.actor.name,
    }),
  );
  const created = await currentEmployee(scope, id);
  if (!made) {
    const other = await findEmployee(scope.db, id);
    return other ? sameAgain(scope, employee, other) : created;
  }
  await recordChange(scope, {
    action: 'create',
    kind: employeeKind,
    id,
    label: labelOf(created),
    after: created,
  });
  return created;
}

/**
 * Changes what is given. Who becomes inactive is signed out and let in no more, from the next request on; who becomes active again and has
 * a sign-in is given the rights of their roles, so the actor must have all of them.
 * @throws NOT_FOUND, CONFLICT for an older version, INVALID as `create` and for the address of a sign-in,
 * NOT_ALLOWED_IN_STATE for the last owner, FORBIDDEN for rights the actor doesn't have
 */
export async function update(scope: TenantScope, input: UpdateEmployee): Promise<Employee> {
  const { id, version, ...fields } = input;
  const patch = given(fields);
  if (patch.status !== undefined) await holdRoles(scope);
  const { row, before } = await lockedEmployee(scope, { id, version });
  if (patch.email !== undefined && patch.email !== before.email && before.hasSignIn) {
    throw invalidField('email', 'employee.email_of_sign_in');
  }
  const standing = patch.status !== undefined && patch.status !== before.status;
  if (standing) await requireAnotherOwner(scope, before);
  if (standing && patch.status === 'active' && before.hasSignIn) {
    requireOwnPermissions(scope, await permissionsOf(scope, before), 'status');
  }
  await requireSound(scope, id, patch);
  await enteringAadhaar(scope, { id, label: labelOf(before), aadhaar: patch.aadhaar }, () =>
    updateEmployee(scope.db, id, { ...columnsOf(scope, patch), updated_by: scope.actor.name }),
  );
  const after = await currentEmployee(scope, id);
  await recordChange(scope, {
    action: 'update',
    kind: employeeKind,
    id,
    label: labelOf(after),
    before,
    after,
  });
  // Both ways: what was opened before someone was put out of work doesn't come back with them.
  const userId = row.auth_user_id;
  if (standing && userId !== null) {
    await scope.signIns.endSessions(userId);
    // Once more what is opened before the change is seen.
    scope.afterCommit(() => scope.signIns.endSessions(userId));
  }
  // The name is shown with what a person does, so the nodes read it again as well.
  if (standing || after.name !== before.name) scope.signIns.permissionsChanged();
  return after;
}

/**
 * Shows the PAN in full, and writes down who looked and why.
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

type Fields = Partial<Omit<CreateEmployee, 'id'>>;

/** PAN and Aadhaar are compared whole, by what is kept of them: their masks are alike for too many. */
async function sameAgain(
  scope: TenantScope,
  { aadhaar, ...plain }: Fields,
  row: EmployeeRecord,
): Promise<Employee> {
  const existing = employeeOf(row);
  if (aadhaar) await noteComparison(scope, { id: row.id, label: labelOf(existing) });
  const fingerprint = aadhaar ? scope.secrets.fingerprint(aadhaar) : aadhaar;
  return retried('employee', { ...plain, aadhaar: fingerprint }, existing, [], {
    ...existing,
    managerId: existing.manager?.id ?? null,
    pan: row.pan_encrypted === null ? null : scope.secrets.open(row.pan_encrypted),
    aadhaar: row.aadhaar_hash,
  });
}

async function requireSound(scope: TenantScope, id: string, fields: Fields): Promise<void> {
  if (fields.address) requireKnownState(fields.address);
  await requireUnused(scope, id, fields);
  if (!fields.managerId) return;
  const chain = await chainOfCommand(scope.db, fields.managerId);
  if (chain.length === 0) throw invalidField('managerId', 'record.not_found', { kind: 'employee' });
  if (chain.includes(id)) throw invalidField('managerId', 'employee.own_manager');
}

function requireKnownState(address: Address): void {
  requireSoundGst({ gstRegistration: 'unregistered', gstin: null, address });
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

/** Of an Aadhaar number nothing is kept but its last four digits and a keyed hash (Aadhaar Act 2016, section 29). */
function columnsOf(scope: TenantScope, fields: Fields) {
  const { pan, aadhaar } = fields;
  return given({
    employee_code: fields.employeeCode,
    name: fields.name,
    email: fields.email,
    phone: fields.phone,
    department: fields.department,
    designation: fields.designation,
    manager_id: fields.managerId,
    joined_on: fields.joinedOn,
    address: fields.address && JSON.stringify(fields.address),
    pan_encrypted: pan ? scope.secrets.seal(pan) : pan,
    pan_masked: pan ? maskedPan(pan) : pan,
    aadhaar_last4: aadhaar ? aadhaar.slice(8) : aadhaar,
    aadhaar_hash: aadhaar ? scope.secrets.fingerprint(aadhaar) : aadhaar,
    status: fields.status,
  });
}
