import { t } from '@lingui/core/macro';
import { Checkbox } from '@mantine/core';
import {
  customerRowSchema,
  customerSorts,
  type Customer,
  type CustomerRow,
} from '../../../server/domains/customers/customers.contract.ts';
import { partyStatuses } from '../../../server/domains/party.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import {
  addressField,
  choiceField,
  fieldsOfEveryRecord,
  placeInList,
  statusField,
  textField,
} from '../../lib/field-kinds.tsx';
import { daysField, limitField, readMoney } from '../../lib/figure-fields.tsx';
import type { RecordPage } from '../../lib/MasterPage.tsx';
import { gstRegistrationOptions, paymentTermsWords } from '../../lib/party-words.ts';
import type { FieldValues, FormPart, RecordField } from '../../lib/record-fields.tsx';
import type { RecordList } from '../../lib/record-reading.tsx';
import { Money } from '../../ui/Figures.tsx';
import { FieldCell } from '../../ui/FormFrame.tsx';

/** Goods go where the bill goes. No field of a customer: two addresses that are one. */
const sameAddress: RecordField<boolean, boolean> = {
  label: t`Ships to the billing address`,
  read: () => null,
  initial: true,
  shown: (kept) => kept,
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

/** The fields of a customer that people fill in. A new field is one line here, and its name in the lists below. */
export const customerFields = {
  code: textField({ label: t`Code`, placeholder: 'C-0042', required: true, first: true, code: true }),
  name: textField({ label: t`Name`, span: 4, required: true }),
  status: statusField(partyStatuses),
  contactName: textField({ label: t`Contact person` }),
  email: textField({ label: t`E-mail`, type: 'email' }),
  phone: textField({ label: t`Phone`, type: 'tel', wide: true }),
  gstRegistration: choiceField({
    label: t`GST registration`,
    initial: 'unregistered',
    options: gstRegistrationOptions,
  }),
  gstin: textField({ label: 'GSTIN', placeholder: '29ABCDE1234F1Z5', code: true }),
  billingAddress: addressField({ label: t`Billing address` }),
  sameAddress,
  shippingAddress: {
    ...addressField({ label: t`Shipping address` }),
    when: ({ sameAddress: isSame }: { sameAddress?: unknown }) => isSame !== true,
  },
  paymentTermsDays: daysField({ label: t`Payment terms`, initial: 30, words: paymentTermsWords }),
  creditLimit: limitField({
    label: t`Credit limit`,
    places: 2,
    prefix: '₹',
    none: t`No limit`,
    read: (kept) => <Money value={kept} />,
  }),
};

/** The fields that are shown of a customer: those, and the ones that the server keeps by itself. */
const customerRead = {
  ...customerFields,
  ...placeInList,
  ...fieldsOfEveryRecord,
  outstanding: readMoney(t`Outstanding`),
};

export const customerForm: readonly FormPart<keyof typeof customerFields>[] = [
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

export const customerPage: RecordPage<Customer['status'], typeof customerRead> = {
  kind: customerKind,
  fields: customerRead,
  list: t`Customers`,
  states: partyStatuses,
  main: [
    {
      title: t`About`,
      fields: [
        'contactName',
        'gstRegistration',
        'email',
        'gstin',
        'phone',
        'billingAddress',
        'shippingAddress',
        'attributes',
      ],
    },
  ],
  side: [{ title: t`Terms`, figures: true, fields: ['paymentTermsDays', 'creditLimit', 'outstanding'] }],
};

export const customerList: RecordList<CustomerRow, typeof customerRead> = {
  kind: customerKind,
  row: customerRowSchema,
  fields: customerRead,
  sorts: customerSorts,
  columns: {
    code: { width: '110px', key: true },
    name: { width: 'minmax(200px, 2.4fr)' },
    contactName: { header: t`Contact`, width: 'minmax(120px, 1.1fr)' },
    email: { width: 'minmax(160px, 1.4fr)', hidden: true },
    phone: { width: '140px', hidden: true },
    city: { width: 'minmax(100px, 1fr)' },
    stateCode: { width: 'minmax(110px, 1fr)' },
    gstin: { width: '168px' },
    paymentTermsDays: { header: t`Terms`, width: '92px', hidden: true },
    creditLimit: { width: '136px' },
    outstanding: { width: '136px' },
    status: { width: '116px' },
    updatedAt: { width: '124px', hidden: true },
  },
};

/** A customer by the names of the fields: with one address for both where they are the same. */
export function keptCustomer(customer: Customer) {
  const { billingAddress, shippingAddress } = customer;
  return { ...customer, sameAddress: JSON.stringify(billingAddress) === JSON.stringify(shippingAddress) };
}

type CustomerValues = FieldValues<typeof customerFields>;

export function settledCustomer(values: CustomerValues): CustomerValues {
  return values.sameAddress ? { ...values, shippingAddress: values.billingAddress } : values;
}
