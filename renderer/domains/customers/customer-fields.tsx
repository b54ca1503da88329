import { t } from '@lingui/core/macro';
import { Checkbox } from '@mantine/core';
import { customerStatuses, type Customer } from '../../../server/domains/customers/customers.contract.ts';
import { gstRegistrationOptions, recordStateOptions } from '../../lib/party-words.ts';
import {
  addressField,
  amountField,
  choiceField,
  daysField,
  sentValues,
  shownValues,
  textField,
  type FieldValues,
  type FormPart,
  type RecordField,
} from '../../lib/record-fields.tsx';
import { FieldCell } from '../../ui/FormFrame.tsx';

/** Goods go where the bill goes. No field of a customer: two addresses that are one. */
const sameAddress: RecordField<undefined, boolean> = {
  initial: true,
  shown: () => true,
  sent: () => undefined,
  labels: { '': t`Ships to the billing address` },
  cells: (bind) => {
    const { value, ...input } = bind() as { value: boolean };
    return (
      <FieldCell span={6}>
        <Checkbox label={t`The same as the billing address`} checked={value} {...input} />
      </FieldCell>
    );
  },
};

const fields = {
  code: textField({ label: t`Code`, placeholder: 'C-0042', required: true, first: true }),
  name: textField({ label: t`Name`, span: 4, required: true }),
  status: choiceField({
    label: t`Status`,
    initial: 'active',
    options: recordStateOptions(customerStatuses),
  }),
  contactName: textField({ label: t`Contact person` }),
  email: textField({ label: t`E-mail`, type: 'email' }),
  phone: textField({ label: t`Phone`, type: 'tel' }),
  gstRegistration: choiceField({
    label: t`GST registration`,
    initial: 'unregistered',
    options: gstRegistrationOptions,
  }),
  gstin: textField({ label: 'GSTIN', placeholder: '29ABCDE1234F1Z5' }),
  billingAddress: addressField({ label: t`Billing address` }),
  shippingAddress: addressField({ label: t`Shipping address` }),
  paymentTermsDays: daysField({ label: t`Payment terms`, initial: 30 }),
  creditLimit: amountField({ label: t`Credit limit`, placeholder: t`No limit` }),
};

/** The fields of a customer's form; a field more is a line above and its place in a part below. */
export const customerFields = { ...fields, sameAddress };

export const customerParts: readonly FormPart<keyof typeof customerFields>[] = [
  { title: t`Customer`, fields: ['code', 'name', 'status'] },
  { title: t`Contact`, fields: ['contactName', 'email', 'phone'] },
  {
    title: t`Tax`,
    help: t`Decides whether invoices carry IGST, or CGST and SGST.`,
    fields: ['gstRegistration', 'gstin'],
  },
  { title: t`Billing address`, fields: ['billingAddress'] },
  {
    title: t`Shipping address`,
    help: t`Decides the place of supply.`,
    fields: ['sameAddress', 'shippingAddress'],
  },
  {
    title: t`Terms`,
    help: t`The credit limit covers what is owed and what is on order together. Empty is no limit.`,
    fields: ['paymentTermsDays', 'creditLimit'],
  },
];

export type CustomerValues = FieldValues<typeof customerFields>;

export function customerValues(customer: Customer): CustomerValues {
  const shown = shownValues(fields, customer);
  const isSame = JSON.stringify(shown.billingAddress) === JSON.stringify(shown.shippingAddress);
  return { ...shown, sameAddress: isSame };
}

export function customerInput(values: CustomerValues) {
  const shippingAddress = values.sameAddress ? values.billingAddress : values.shippingAddress;
  return sentValues(fields, { ...values, shippingAddress });
}
