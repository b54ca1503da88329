import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { employeeRights, employeeSchema } from './employees.contract.ts';

export const employeeKind = {
  name: 'employee',
  readWith: 'employees:read',
  createWith: 'employees:create',
  updateWith: 'employees:update',
  schema: employeeSchema,
  path: '/employees',
  searched: true,
  rights: employeeRights,
  secrets: ['pan', 'panMasked', 'aadhaar', 'aadhaarLastFour', 'password'],
} as const satisfies MasterKind;
