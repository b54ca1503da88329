import { t } from '@lingui/core/macro';
import { Input, Rating, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { vendorStatuses } from '../../../server/domains/vendors/vendors.contract.ts';
import { AddressFields } from '../../lib/address.tsx';
import { gstRegistrationOptions, recordStateOptions } from '../../lib/party-words.ts';
import { FieldCell, FormSection } from '../../ui/FormFrame.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import type { VendorValues } from './vendor-form-values.ts';

export function VendorFields({
  form,
  seesBank,
  isNew = false,
}: {
  form: UseFormReturnType<VendorValues>;
  seesBank: boolean;
  isNew?: boolean;
}) {
  return (
    <>
      <FormSection title={t`Vendor`}>
        <FieldCell span={2}>
          <TextInput
            label={t`Code`}
            required
            autoFocus={isNew}
            placeholder="V-0042"
            {...form.getInputProps('code')}
          />
        </FieldCell>
        <FieldCell span={4}>
          <TextInput label={t`Name`} required {...form.getInputProps('name')} />
        </FieldCell>
        <FieldCell span={2}>
          <Select
            label={t`Status`}
            data={recordStateOptions(vendorStatuses)}
            {...form.getInputProps('status')}
          />
        </FieldCell>
        <FieldCell span={4}>
          <Input.Wrapper label={t`Rating`} description={null}>
            <Rating
              mt={6}
              value={form.values.rating}
              onChange={(rating) => {
                form.setFieldValue('rating', rating === form.values.rating ? 0 : rating);
              }}
            />
          </Input.Wrapper>
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
        <AddressFields bind={(field) => form.getInputProps(`address.${field}`)} />
      </FormSection>
      <FormSection title={t`Tax`} help={t`Decides whether orders carry IGST, or CGST and SGST.`}>
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
        {seesBank ? (
          <FieldCell span={2}>
            <TextInput
              label="PAN"
              placeholder="ABCDE1234F"
              autoComplete="off"
              {...form.getInputProps('pan')}
            />
          </FieldCell>
        ) : null}
      </FormSection>
      <FormSection title={t`Terms`}>
        <FieldCell span={2}>
          <NumberField label={t`Payment terms`} suffix="days" {...form.getInputProps('paymentTermsDays')} />
        </FieldCell>
        <FieldCell span={2}>
          <NumberField label={t`Lead time`} suffix="days" {...form.getInputProps('leadTimeDays')} />
        </FieldCell>
      </FormSection>
      {seesBank ? (
        <FormSection
          title={t`Bank details`}
          help={t`Never kept in drafts on this computer. Leave all empty for none.`}
        >
          <FieldCell span={3}>
            <TextInput
              label={t`Account holder`}
              autoComplete="off"
              {...form.getInputProps('bankDetails.accountName')}
            />
          </FieldCell>
          <FieldCell span={3}>
            <TextInput
              label={t`Account number`}
              inputMode="numeric"
              autoComplete="off"
              {...form.getInputProps('bankDetails.accountNumber')}
            />
          </FieldCell>
          <FieldCell span={2}>
            <TextInput
              label="IFSC"
              placeholder="HDFC0001234"
              autoComplete="off"
              {...form.getInputProps('bankDetails.ifsc')}
            />
          </FieldCell>
          <FieldCell span={4}>
            <TextInput label={t`Bank`} {...form.getInputProps('bankDetails.bankName')} />
          </FieldCell>
        </FormSection>
      ) : null}
    </>
  );
}
