import { permissionSchema } from '../../permissions/permissions.contract.ts';
import { notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { changedMeanwhile } from '../master-records.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import type { Employee } from './employees.contract.ts';
import { findEmployee } from './employees.repo.ts';
import type { EmployeeRecord } from './employees.repo.ts';

/** `ABCDE••••F`: enough to recognise a PAN by, not enough to use it. */
export function maskedPan(pan: string): string {
  return `${pan.slice(0, 5)}••••${pan.slice(9)}`;
}

export function employeeOf(row: EmployeeRecord): Employee {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    employeeCode: row.employee_code,
    name: row.name,
    email: row.email,
    phone: row.phone,
    department: row.department,
    designation: row.designation,
    manager:
      row.manager_id === null
        ? null
        : { id: row.manager_id, name: row.manager_name ?? '', employeeCode: row.manager_code ?? '' },
    joinedOn: row.joined_on,
    address: addressSchema.parse(row.address),
    roles: row.roles,
    permissions: row.permissions.flatMap((name) => permissionSchema.safeParse(name).data ?? []),
    hasSignIn: row.auth_user_id !== null,
    lastSignInAt: row.last_sign_in_at,
    panMasked: row.pan_masked,
    aadhaarLastFour: row.aadhaar_last4,
    status: row.status as Employee['status'],
  };
}

/** The employee, locked for a change that was decided on `version`. @throws NOT_FOUND, CONFLICT */
export async function lockedEmployee(
  scope: TenantScope,
  { id, version }: { id: string; version: number },
): Promise<{ row: EmployeeRecord; before: Employee }> {
  const row = await findEmployee(scope.db, id, true);
  if (!row) throw notFound('employee');
  const before = employeeOf(row);
  if (before.version !== version) throw changedMeanwhile('employee', before);
  return { row, before };
}

/** @throws NOT_FOUND */
export async function currentEmployee(scope: TenantScope, id: string): Promise<Employee> {
  const row = await findEmployee(scope.db, id);
  if (!row) throw notFound('employee');
  return employeeOf(row);
}

export function labelOf(employee: Employee): string {
  return `${employee.employeeCode} ${employee.name}`;
}
