import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createEmployeeSchema,
  updateEmployeeSchema,
  type Employee,
} from '../../../server/domains/employees/employees.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { EditMaster, NewMaster, type MasterForm } from '../../lib/MasterForms.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { employeeFields, employeeForm, keptEmployee } from './employee-fields.tsx';

const form: MasterForm<
  typeof employeeFields,
  Employee,
  typeof createEmployeeSchema,
  typeof updateEmployeeSchema
> = {
  kind: employeeKind,
  create: createEmployeeSchema,
  update: updateEmployeeSchema,
  words: {
    list: t`Employees`,
    new: t`New employee`,
    add: t`Add employee`,
    added: t`Employee added`,
    saved: t`Employee saved`,
  },
  fields: employeeFields,
  parts: employeeForm,
  codeOf: ({ employeeCode }) => employeeCode,
  kept: keptEmployee,
  addedNote: (employee) => t`${employee.employeeCode} ${employee.name}. Give them a sign-in and roles next.`,
};

export function NewEmployee() {
  const create = useMutation(useTRPC().employees.create.mutationOptions());
  return <NewMaster of={form} save={create.mutateAsync} />;
}

export function EditEmployee() {
  const trpc = useTRPC();
  const update = useMutation(trpc.employees.update.mutationOptions());
  const query = useQuery(trpc.employees.get.queryOptions({ id: useRecordId() }));
  return (
    <RecordGate query={query}>
      {(employee) => <EditMaster key={employee.id} of={form} record={employee} save={update.mutateAsync} />}
    </RecordGate>
  );
}
