import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { employeeRights, employeeSchema, employeeTrail } from './employees.contract.ts';

export const employeeKind = {
  name: 'employee',
  readWith: 'employees:read',
  createWith: 'employees:create',
  updateWith: 'employees:update',
  schema: employeeSchema,
  trail: employeeTrail,
  actions: [
    'assign_roles',
    'link_sign_in',
    'unlink_sign_in',
    'sign_out',
    'reset_second_factor',
    'reveal_pii',
    'aadhaar_in_use',
    'compare_aadhaar',
  ],
  path: '/employees',
  joined: ['id', 'employeeCode', 'name', 'status', 'designation'],
  searched: true,
  rights: employeeRights,
  secrets: ['pan', 'panMasked', 'aadhaar', 'aadhaarLastFour', 'password'],
} as const satisfies MasterKind;
