import { t } from '@lingui/core/macro';
import {
  employeeRowSchema,
  employeeSorts,
  employeeStatusSchema,
  type Employee,
  type EmployeeRow,
} from '../../../server/domains/employees/employees.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { addressField, readText, sealedField, statusField, textField } from '../../lib/field-kinds.tsx';
import type { RecordPage } from '../../lib/MasterPage.tsx';
import { paths } from '../../lib/paths.ts';
import type { FormPart, RecordField } from '../../lib/record-fields.tsx';
import type { RecordList } from '../../lib/record-reading.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { Ago, Code } from '../../ui/Figures.tsx';
import { FieldCell } from '../../ui/FormFrame.tsx';
import { nothing } from '../../ui/formats.ts';
import { formatDay } from '../../ui/moments.ts';
import { ManagerChoice, type ManagerValue } from './ManagerChoice.tsx';
import { RevealPan } from './RevealPan.tsx';
import { RoleNames } from './RoleNames.tsx';

const manager: RecordField<Employee['manager'], ManagerValue> = {
  label: t`Manager`,
  read: (kept) => (kept ? <AppLink to={paths.employee(kept.id)}>{kept.name}</AppLink> : null),
  initial: { id: '', name: '' },
  shown: (kept) => ({ id: kept?.id ?? '', name: kept?.name ?? '' }),
  sent: ({ id }) => (id === '' ? null : id),
  labels: { id: t`Manager`, name: t`Manager’s name` },
  cells: (bind) => (
    <FieldCell span={3}>
      <ManagerChoice bind={bind} />
    </FieldCell>
  ),
};

const joinedOn: RecordField<string | null, string> = {
  ...textField({ label: t`Joined` }),
  read: (kept) => (kept ? formatDay(kept) : null),
  cells: (bind) => (
    <FieldCell span={2}>
      <DayField label={t`Joined`} direction="near" {...bind()} />
    </FieldCell>
  ),
};

/** What people fill in of an employee. A new field is one line here, and its name in the lists below. */
export const employeeFields = {
  name: textField({ label: t`Name`, span: 4, required: true, first: true }),
  employeeCode: textField({ label: t`Code`, required: true, given: t`Given by itself`, code: true }),
  email: textField({ label: t`E-mail`, span: 3, type: 'email', required: true }),
  phone: textField({ label: t`Phone`, span: 3, type: 'tel' }),
  department: textField({ label: t`Department`, span: 3 }),
  designation: textField({ label: t`Designation`, span: 3 }),
  managerId: manager,
  joinedOn,
  status: statusField(employeeStatusSchema.options),
  pan: sealedField({
    label: 'PAN',
    placeholder: 'ABCDE1234F',
    keep: (known) => t`${known.mask}, leave empty to keep`,
    asks: employeeKind.rights.revealPii,
  }),
  aadhaar: sealedField({
    label: t`Aadhaar`,
    placeholder: t`Twelve digits`,
    inputMode: 'numeric',
    keep: (known) => t`•••• •••• ${known.mask}, leave empty to keep`,
  }),
  address: addressField({ label: t`Address` }),
};

/** An employee by the names of the fields; of PAN and Aadhaar what is shown of them. */
export const keptEmployee = (employee: Employee) => ({
  ...employee,
  managerId: employee.manager,
  pan: employee.panMasked,
  aadhaar: employee.aadhaarLastFour,
});

export const employeeForm: readonly FormPart<keyof typeof employeeFields>[] = [
  { title: t`Person`, fields: ['name', 'employeeCode', 'email', 'phone'] },
  { title: t`Work`, fields: ['department', 'designation', 'managerId', 'joinedOn', 'status'] },
  {
    title: t`Identity`,
    help: t`PAN is kept encrypted. Of the Aadhaar number only the last four digits and a hash are kept. Neither is kept in drafts.`,
    fields: ['pan', 'aadhaar'],
  },
  { title: t`Address`, fields: ['address'] },
];

const { managerId: _managerId, pan: _pan, aadhaar: _aadhaar, ...plain } = employeeFields;

/** What is read of an employee: PAN and Aadhaar by what is shown of them, and what the server keeps by itself. */
const employeeRead = {
  ...plain,
  manager,
  panMasked: {
    label: 'PAN',
    read: (_kept: string | null, record: object) => <RevealPan employee={record as Employee} />,
  },
  aadhaarLastFour: {
    ...readText(t`Aadhaar`),
    read: (kept: string | null) => (kept ? <Code>•••• •••• {kept}</Code> : null),
  },
  roles: {
    label: t`Roles`,
    read: (keys: readonly string[]) => (keys.length > 0 ? <RoleNames keys={keys} /> : nothing),
  },
  lastSignInAt: {
    label: t`Last sign-in`,
    read: (at: string | null, row: object) => {
      if (!(row as EmployeeRow).hasSignIn) return t`No sign-in`;
      return at ? <Ago at={at} /> : t`Not yet`;
    },
  },
};

export const employeePage: RecordPage<Employee['status'], typeof employeeRead> = {
  kind: employeeKind,
  fields: employeeRead,
  list: t`Employees`,
  states: employeeStatusSchema.options,
  main: [
    {
      title: t`Person`,
      fields: [
        'email',
        'department',
        'phone',
        'manager',
        'panMasked',
        'joinedOn',
        'aadhaarLastFour',
        'address',
      ],
    },
  ],
  side: [],
};

export const employeeList: RecordList<EmployeeRow, typeof employeeRead> = {
  kind: employeeKind,
  row: employeeRowSchema,
  fields: employeeRead,
  sorts: employeeSorts,
  columns: {
    employeeCode: { width: '110px', key: true },
    name: { width: 'minmax(160px, 1.6fr)' },
    email: { width: 'minmax(190px, 1.8fr)' },
    phone: { width: '140px', hidden: true },
    department: { width: 'minmax(110px, 1fr)' },
    designation: { width: 'minmax(130px, 1.2fr)' },
    roles: { width: 'minmax(120px, 1fr)' },
    lastSignInAt: { width: '130px' },
    status: { width: '110px' },
  },
};
