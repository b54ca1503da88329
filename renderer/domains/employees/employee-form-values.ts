import { t } from '@lingui/core/macro';
import type { Employee } from '../../../server/domains/employees/employees.contract.ts';
import {
  addressInput,
  addressLabels,
  addressValues,
  emptyAddress,
  type AddressValues,
} from '../../lib/address.tsx';
import { orNull } from '../../lib/form-errors.ts';

/** An employee as the form shows it. PAN and Aadhaar are only ever typed in, never shown back. */
export interface EmployeeValues extends Record<string, unknown> {
  employeeCode: string;
  name: string;
  email: string;
  phone: string;
  department: string;
  designation: string;
  managerId: string;
  managerName: string;
  joinedOn: string;
  address: AddressValues;
  pan: string;
  aadhaar: string;
  status: string;
}

export const emptyEmployee: EmployeeValues = {
  employeeCode: '',
  name: '',
  email: '',
  phone: '',
  department: '',
  designation: '',
  managerId: '',
  managerName: '',
  joinedOn: '',
  address: emptyAddress,
  pan: '',
  aadhaar: '',
  status: 'active',
};

export function employeeValues(employee: Employee): EmployeeValues {
  return {
    employeeCode: employee.employeeCode,
    name: employee.name,
    email: employee.email,
    phone: employee.phone ?? '',
    department: employee.department ?? '',
    designation: employee.designation ?? '',
    managerId: employee.manager?.id ?? '',
    managerName: employee.manager?.name ?? '',
    joinedOn: employee.joinedOn ?? '',
    address: addressValues(employee.address),
    pan: '',
    aadhaar: '',
    status: employee.status,
  };
}

/**
 * PAN and Aadhaar are sent only when typed: left out, they stay as they are. No code lets the server number on. The PAN
 * is asked for only from those who may see one.
 */
export function employeeInput(values: EmployeeValues) {
  return {
    ...(values.employeeCode.trim() === '' ? {} : { employeeCode: values.employeeCode }),
    name: values.name,
    email: values.email.trim(),
    phone: orNull(values.phone),
    department: orNull(values.department),
    designation: orNull(values.designation),
    managerId: orNull(values.managerId),
    joinedOn: orNull(values.joinedOn),
    address: addressInput(values.address),
    ...(values.pan.trim() === '' ? {} : { pan: values.pan }),
    ...(values.aadhaar.trim() === '' ? {} : { aadhaar: values.aadhaar }),
    status: values.status,
  };
}

export const employeeSecrets = ['pan', 'aadhaar'] as const;

export const employeeLabels: Readonly<Record<string, string>> = {
  employeeCode: t`Code`,
  name: t`Name`,
  email: t`E-mail`,
  phone: t`Phone`,
  department: t`Department`,
  designation: t`Designation`,
  managerId: t`Manager`,
  managerName: t`Manager’s name`,
  joinedOn: t`Joined`,
  pan: 'PAN',
  aadhaar: t`Aadhaar`,
  status: t`Status`,
  ...addressLabels('address', t`Address`),
};
