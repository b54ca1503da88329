import { columnsOf, recordOf } from '../../db/record-columns.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { permissionSchema } from '../../permissions/permissions.contract.ts';
import { employeeSchema } from './employees.contract.ts';
import type { CreateEmployee, Employee } from './employees.contract.ts';
import type { EmployeeRecord } from './employees.repo.ts';

/** The fields of an employee on creation and change. */
export type EmployeeFields = Omit<CreateEmployee, 'id'>;

export function employeeOf(row: EmployeeRecord): Employee {
  return {
    ...recordOf(employeeSchema, row),
    manager:
      row.manager_id === null
        ? null
        : { id: row.manager_id, name: row.manager_name ?? '', employeeCode: row.manager_code ?? '' },
    address: addressSchema.parse(row.address),
    permissions: row.permissions.flatMap((name) => permissionSchema.safeParse(name).data ?? []),
    hasSignIn: row.auth_user_id !== null,
    aadhaarLastFour: row.aadhaar_last4,
  };
}

/** Only the last four digits of an Aadhaar number and a keyed hash are kept (Aadhaar Act 2016, section 29). */
export function employeeColumns(
  { secrets }: TenantScope,
  { pan, aadhaar, ...plain }: Partial<EmployeeFields>,
) {
  return {
    ...columnsOf(plain),
    ...(pan !== undefined && { pan_encrypted: pan && secrets.seal(pan), pan_masked: pan && maskedPan(pan) }),
    ...(aadhaar !== undefined && {
      aadhaar_last4: aadhaar && aadhaar.slice(8),
      aadhaar_hash: aadhaar && secrets.fingerprint(aadhaar),
    }),
  };
}

/** `ABCDE••••F`: enough to recognise a PAN by, not enough to use it. */
function maskedPan(pan: string): string {
  return `${pan.slice(0, 5)}••••${pan.slice(9)}`;
}

export function labelOf({ employeeCode, name }: Employee): string {
  return `${employeeCode} ${name}`;
}
