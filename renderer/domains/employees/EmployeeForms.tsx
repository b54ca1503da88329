import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createEmployeeSchema,
  updateEmployeeSchema,
  type Employee,
} from '../../../server/domains/employees/employees.contract.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordForm } from '../../lib/record-form.ts';
import { RecordFormFrame } from '../../lib/RecordFormFrame.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import {
  emptyEmployee,
  employeeInput,
  employeeLabels,
  employeeSecrets,
  employeeValues,
  type EmployeeValues,
} from './employee-form-values.ts';
import { EmployeeFields } from './EmployeeFields.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

export function NewEmployee() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const [id] = useState(newId);
  const create = useMutation(trpc.employees.create.mutationOptions());
  const recordForm = useRecordForm<EmployeeValues, typeof createEmployeeSchema, Employee>({
    name: 'employee:new',
    schema: createEmployeeSchema,
    initial: emptyEmployee,
    secret: employeeSecrets,
    toInput: (values) => ({ id, ...employeeInput(values) }),
    save: (input) => create.mutateAsync(input),
    onSaved: (employee) => {
      notifyDone(
        t`Employee added`,
        t`${employee.employeeCode} ${employee.name}. Give them a sign-in and roles next.`,
      );
      history.replace(paths.employee(employee.id));
    },
  });
  return (
    <Page
      header={<PageHeader title={t`New employee`} parent={{ label: t`Employees`, to: paths.employees }} />}
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Add employee`}
        back={paths.employees}
        labels={employeeLabels}
      >
        <EmployeeFields form={recordForm.form} />
      </RecordFormFrame>
    </Page>
  );
}

export function EditEmployee() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.employees.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>
      {(employee) => <EditEmployeeForm key={employee.id} employee={employee} />}
    </RecordGate>
  );
}

function EditEmployeeForm({ employee: loaded }: { employee: Employee }) {
  // The form stands on what was loaded first: a refresh behind it must not move what is being typed on.
  const [employee] = useState(loaded);
  const trpc = useTRPC();
  const history = useAppHistory();
  const update = useMutation(trpc.employees.update.mutationOptions());
  usePageTitle(t`Edit ${employee.name}`);
  const recordForm = useRecordForm<EmployeeValues, typeof updateEmployeeSchema, Employee>({
    name: `employee:${employee.id}`,
    schema: updateEmployeeSchema,
    initial: employeeValues(employee),
    version: employee.version,
    secret: employeeSecrets,
    toInput: (values, version) => ({ id: employee.id, version, ...employeeInput(values) }),
    save: (input) => update.mutateAsync(input),
    fromCurrent: (current: Employee) => ({ values: employeeValues(current), version: current.version }),
    onSaved: (saved) => {
      notifyDone(t`Employee saved`, `${saved.employeeCode} ${saved.name}`);
      history.replace(paths.employee(saved.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={t`Edit ${employee.name}`}
          parent={{ label: employee.employeeCode, to: paths.employee(employee.id) }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save changes`}
        back={paths.employee(employee.id)}
        labels={employeeLabels}
      >
        <EmployeeFields
          form={recordForm.form}
          known={{ pan: employee.panMasked, aadhaar: employee.aadhaarLastFour }}
        />
      </RecordFormFrame>
    </Page>
  );
}
