import { t } from '@lingui/core/macro';
import { Checkbox, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { customerStatuses } from '../../../server/domains/customers/customers.contract.ts';
import { AddressFields } from '../../lib/address.tsx';
import { gstRegistrationOptions, recordStateOptions } from '../../lib/party-words.ts';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { FieldCell, FormSection } from '../../ui/FormFrame.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import type { CustomerValues } from './customer-form-values.ts';

export function CustomerFields({
  form,
  isNew = false,
}: {
  form: UseFormReturnType<CustomerValues>;
  isNew?: boolean;
}) {
  return (
    <>
      <FormSection title={t`Customer`}>
        <FieldCell span={2}>
          <TextInput
            label={t`Code`}
            required
            autoFocus={isNew}
            placeholder="C-0042"
            {...form.getInputProps('code')}
          />
        </FieldCell>
        <FieldCell span={4}>
          <TextInput label={t`Name`} required {...form.getInputProps('name')} />
        </FieldCell>
        <FieldCell span={2}>
          <Select
            label={t`Status`}
            data={recordStateOptions(customerStatuses)}
            {...form.getInputProps('status')}
          />
        </FieldCell>
      </FormSection>
      <FormSection title={t`Contact`}>
        <FieldCell span={2}>
          <TextInput label={t`Contact person`} {...form.getInputProps('contactName')} />
        </FieldCell>
        <FieldCell span={2}>
          <TextInput label={t`E-mail`} type="email" {...form.getInputProps('email')} />
        </FieldCell>
        <FieldCell span={2}>
          <TextInput label={t`Phone`} type="tel" {...form.getInputProps('phone')} />
        </FieldCell>
      </FormSection>
      <FormSection title={t`Tax`} help={t`Decides whether invoices carry IGST, or CGST and SGST.`}>
        <FieldCell span={2}>
          <Select
            label={t`GST registration`}
            data={gstRegistrationOptions}
            {...form.getInputProps('gstRegistration')}
          />
        </FieldCell>
        <FieldCell span={2}>
          <TextInput label="GSTIN" placeholder="29ABCDE1234F1Z5" {...form.getInputProps('gstin')} />
        </FieldCell>
      </FormSection>
      <FormSection title={t`Billing address`}>
        <AddressFields bind={(field) => form.getInputProps(`billingAddress.${field}`)} />
      </FormSection>
      <FormSection title={t`Shipping address`} help={t`Decides the place of supply.`}>
        <FieldCell span={6}>
          <Checkbox
            label={t`The same as the billing address`}
            {...form.getInputProps('sameAddress', { type: 'checkbox' })}
          />
        </FieldCell>
        {form.values.sameAddress ? null : (
          <AddressFields bind={(field) => form.getInputProps(`shippingAddress.${field}`)} />
        )}
      </FormSection>
      <FormSection
        title={t`Terms`}
        help={t`The credit limit covers what is owed and what is on order together. Empty is no limit.`}
      >
        <FieldCell span={2}>
          <NumberField label={t`Payment terms`} suffix="days" {...form.getInputProps('paymentTermsDays')} />
        </FieldCell>
        <FieldCell span={2}>
          <DecimalField
            label={t`Credit limit`}
            places={2}
            prefix="₹"
            placeholder={t`No limit`}
            {...form.getInputProps('creditLimit')}
          />
        </FieldCell>
      </FormSection>
    </>
  );
}
