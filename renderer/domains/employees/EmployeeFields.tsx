import { t } from '@lingui/core/macro';
import { Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { AddressFields } from '../../lib/address.tsx';
import { recordStateOptions } from '../../lib/party-words.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FieldCell, FormSection } from '../../ui/FormFrame.tsx';
import { RecordSelect } from '../../ui/RecordSelect.tsx';
import type { EmployeeValues } from './employee-form-values.ts';

export function EmployeeFields({
  form,
  known = null,
}: {
  form: UseFormReturnType<EmployeeValues>;
  /** What is already on file, masked; null for a new employee. */
  known?: { pan: string | null; aadhaar: string | null } | null;
}) {
  const { employees } = useRecordSources();
  const { can } = useAbility();
  return (
    <>
      <FormSection title={t`Person`}>
        <FieldCell span={4}>
          <TextInput label={t`Name`} required autoFocus={known === null} {...form.getInputProps('name')} />
        </FieldCell>
        <FieldCell span={2}>
          <TextInput
            label={t`Code`}
            placeholder={known === null ? t`Given by itself` : ''}
            required={known !== null}
            {...form.getInputProps('employeeCode')}
          />
        </FieldCell>
        <FieldCell span={3}>
          <TextInput label={t`E-mail`} type="email" required {...form.getInputProps('email')} />
        </FieldCell>
        <FieldCell span={3}>
          <TextInput label={t`Phone`} type="tel" {...form.getInputProps('phone')} />
        </FieldCell>
      </FormSection>
      <FormSection title={t`Work`}>
        <FieldCell span={3}>
          <TextInput label={t`Department`} {...form.getInputProps('department')} />
        </FieldCell>
        <FieldCell span={3}>
          <TextInput label={t`Designation`} {...form.getInputProps('designation')} />
        </FieldCell>
        <FieldCell span={3}>
          <RecordSelect
            label={t`Manager`}
            clearable
            source={employees}
            value={form.values.managerId === '' ? null : form.values.managerId}
            valueLabel={form.values.managerName}
            error={form.errors.managerId}
            onChange={(id, option) => {
              form.setFieldValue('managerId', id ?? '');
              form.setFieldValue('managerName', option?.label ?? '');
            }}
          />
        </FieldCell>
        <FieldCell span={2}>
          <DayField label={t`Joined`} direction="near" {...form.getInputProps('joinedOn')} />
        </FieldCell>
        <FieldCell span={2}>
          <Select
            label={t`Status`}
            data={recordStateOptions(['active', 'inactive'])}
            {...form.getInputProps('status')}
          />
        </FieldCell>
      </FormSection>
      <FormSection
        title={t`Identity`}
        help={t`PAN is kept encrypted. Of the Aadhaar number only the last four digits and a hash are kept. Neither is kept in drafts.`}
      >
        {can(employeeKind.rights.revealPii) && (
          <FieldCell span={3}>
            <TextInput
              label="PAN"
              autoComplete="off"
              placeholder={known?.pan ? t`${known.pan}, leave empty to keep` : 'ABCDE1234F'}
              {...form.getInputProps('pan')}
            />
          </FieldCell>
        )}
        <FieldCell span={3}>
          <TextInput
            label={t`Aadhaar`}
            autoComplete="off"
            inputMode="numeric"
            placeholder={
              known?.aadhaar ? t`•••• •••• ${known.aadhaar}, leave empty to keep` : t`Twelve digits`
            }
            {...form.getInputProps('aadhaar')}
          />
        </FieldCell>
      </FormSection>
      <FormSection title={t`Address`}>
        <AddressFields bind={(field) => form.getInputProps(`address.${field}`)} />
      </FormSection>
    </>
  );
}
