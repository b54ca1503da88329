import { describe, expect, it } from 'vitest';
import {
  createEmployeeSchema,
  updateEmployeeSchema,
  type Employee,
} from '../../../server/domains/employees/employees.contract.ts';
import {
  fieldLabels,
  initialValues,
  secretFields,
  sentValues,
  shownValues,
  type FieldValues,
} from '../../lib/record-fields.tsx';
import { employeeFields, keptEmployee } from './employee-fields.tsx';

const id = '01890000-0000-7000-8000-000000000001';
const employee = {
  id,
  employeeCode: 'E-7',
  name: 'Bina Rao',
  email: 'bina@acme.test',
  phone: null,
  department: 'Stores',
  designation: null,
  manager: { id: '01890000-0000-7000-8000-000000000002', name: 'Arun Nair' },
  joinedOn: '2024-04-01',
  address: {
    line1: '4 Dock Road',
    line2: null,
    city: 'Pune',
    stateCode: '27',
    pinCode: '411001',
    country: 'IN',
  },
  panMasked: '••••••234F',
  aadhaarLastFour: '1234',
  status: 'active',
} as unknown as Employee;

const emptyEmployee = initialValues(employeeFields);
const employeeValues = (kept: Employee) => shownValues(employeeFields, keptEmployee(kept));
const employeeInput = (values: FieldValues<typeof employeeFields>) => sentValues(employeeFields, values);
const employeeSecrets = secretFields(employeeFields);
const employeeLabels = fieldLabels(employeeFields);

describe('the form of an employee', () => {
  it('is sent as it was read, when nothing was typed: PAN and Aadhaar stay what they are', () => {
    const input = employeeInput(employeeValues(employee));
    expect(updateEmployeeSchema.parse({ id, version: 3, ...input })).toMatchObject({
      name: 'Bina Rao',
      phone: null,
      department: 'Stores',
      managerId: '01890000-0000-7000-8000-000000000002',
      joinedOn: '2024-04-01',
      address: { line1: '4 Dock Road', city: 'Pune', stateCode: '27', pinCode: '411001' },
    });
    expect(input).not.toHaveProperty('pan');
    expect(input).not.toHaveProperty('aadhaar');
  });

  it('shows neither PAN nor Aadhaar, and keeps what is typed of them from the drafts of this computer', () => {
    const values = employeeValues(employee);
    expect(employeeSecrets.map((field) => values[field])).toEqual(['', '']);
    expect([...employeeSecrets]).toEqual(['pan', 'aadhaar']);
    expect(employeeInput({ ...values, pan: 'ABCDE1234F' })).toMatchObject({ pan: 'ABCDE1234F' });
  });

  it('lets the server number who has no code, and says what is missing', () => {
    expect(employeeInput(emptyEmployee)).not.toHaveProperty('employeeCode');
    const { error } = createEmployeeSchema.safeParse(employeeInput(emptyEmployee));
    expect(new Set(error?.issues.map(({ path }) => path.join('.')))).toEqual(new Set(['name', 'email']));
  });

  it('has a name for every field, where two versions are compared', () => {
    const { address, managerId, ...fields } = emptyEmployee;
    // The form has no field for the country: it stays as it is.
    const { country: _country, ...shown } = address;
    const paths = [
      ...Object.keys(fields),
      ...Object.keys(managerId).map((field) => `managerId.${field}`),
      ...Object.keys(shown).map((field) => `address.${field}`),
    ];
    expect(paths.filter((path) => !(path in employeeLabels))).toEqual([]);
  });
});
