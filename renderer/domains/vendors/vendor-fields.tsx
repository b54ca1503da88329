import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import {
  vendorRowSchema,
  vendorSorts,
  type Vendor,
  type VendorRow,
} from '../../../server/domains/vendors/vendors.contract.ts';
import { partyStatuses } from '../../../server/domains/party.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import {
  addressField,
  choiceField,
  fieldsOfEveryRecord,
  placeInList,
  readText,
  statusField,
  textField,
} from '../../lib/field-kinds.tsx';
import { daysField, ratingField, readMoney } from '../../lib/figure-fields.tsx';
import { orNull } from '../../lib/form-errors.ts';
import type { RecordPage } from '../../lib/MasterPage.tsx';
import { gstRegistrationOptions, paymentTermsWords } from '../../lib/party-words.ts';
import type { FormPart, RecordField } from '../../lib/record-fields.tsx';
import type { RecordList } from '../../lib/record-reading.tsx';
import { Code } from '../../ui/Figures.tsx';
import { FieldCell } from '../../ui/FormFrame.tsx';
import { formatCount } from '../../ui/formats.ts';

type BankDetails = NonNullable<Vendor['bankDetails']>;
type BankValues = Record<'accountName' | 'accountNumber' | 'ifsc' | 'bankName', string>;

const bankField: RecordField<BankDetails | null, BankValues> = {
  label: t`Bank details`,
  read: (kept) => kept?.accountNumber ?? null,
  facts: (kept) =>
    kept
      ? [
          { label: t`Holder`, value: kept.accountName },
          { label: t`Account`, value: <Code>{kept.accountNumber}</Code> },
          { label: 'IFSC', value: <Code>{kept.ifsc}</Code> },
          { label: t`Bank`, value: kept.bankName },
        ]
      : [{ label: t`Account`, value: t`None on file` }],
  initial: { accountName: '', accountNumber: '', ifsc: '', bankName: '' },
  shown: (kept) => ({
    accountName: kept?.accountName ?? '',
    accountNumber: kept?.accountNumber ?? '',
    ifsc: kept?.ifsc ?? '',
    bankName: kept?.bankName ?? '',
  }),
  sent: ({ accountName, accountNumber, ifsc, bankName }) => {
    const none = [accountName, accountNumber, ifsc, bankName].every((text) => text.trim() === '');
    return none ? null : { accountName, accountNumber, ifsc, bankName: orNull(bankName) };
  },
  labels: {
    accountName: t`Account holder`,
    accountNumber: t`Account number`,
    ifsc: 'IFSC',
    bankName: t`Bank`,
  },
  cells: (bind) => (
    <>
      <FieldCell span={3}>
        <TextInput label={t`Account holder`} autoComplete="off" {...bind('accountName')} />
      </FieldCell>
      <FieldCell span={3}>
        <TextInput
          label={t`Account number`}
          inputMode="numeric"
          autoComplete="off"
          {...bind('accountNumber')}
        />
      </FieldCell>
      <FieldCell span={2}>
        <TextInput label="IFSC" placeholder="HDFC0001234" autoComplete="off" {...bind('ifsc')} />
      </FieldCell>
      <FieldCell span={4}>
        <TextInput label={t`Bank`} {...bind('bankName')} />
      </FieldCell>
    </>
  ),
  secret: true,
};

/** What people fill in of a vendor. A new field is one line here, and its name in the lists below. */
export const vendorFields = {
  code: textField({ label: t`Code`, placeholder: 'V-0042', required: true, first: true, code: true }),
  name: textField({ label: t`Name`, span: 4, required: true }),
  status: statusField(partyStatuses),
  rating: ratingField({ label: t`Rating` }),
  contactName: textField({ label: t`Contact person` }),
  email: textField({ label: t`E-mail`, type: 'email' }),
  phone: textField({ label: t`Phone`, type: 'tel' }),
  address: addressField({ label: t`Address`, wide: true }),
  gstRegistration: choiceField({
    label: t`GST registration`,
    initial: 'regular',
    options: gstRegistrationOptions,
  }),
  gstin: textField({ label: 'GSTIN', placeholder: '29ABCDE1234F1Z5', code: true }),
  pan: textField({ label: 'PAN', placeholder: 'ABCDE1234F', secret: true, code: true }),
  paymentTermsDays: daysField({ label: t`Payment terms`, initial: 30, words: paymentTermsWords }),
  leadTimeDays: daysField({ label: t`Lead time`, initial: 7, figure: true }),
  bankDetails: bankField,
};

/** What is read of a vendor: those, and what the server keeps by itself. */
const vendorRead = {
  ...vendorFields,
  ...placeInList,
  ...fieldsOfEveryRecord,
  currency: readText(t`Currency`),
  totalOrders: { label: t`Orders`, figure: true as const, read: (count: number) => formatCount(count) },
  totalSpent: readMoney(t`Spent`),
};

export const vendorForm: readonly FormPart<keyof typeof vendorFields>[] = [
  { title: t`Vendor`, fields: ['code', 'name', 'status', 'rating'] },
  { title: t`Contact`, fields: ['contactName', 'email', 'phone', 'address'] },
  {
    title: t`Tax`,
    help: t`Decides whether orders carry IGST, or CGST and SGST.`,
    fields: ['gstRegistration', 'gstin', 'pan'],
  },
  { title: t`Terms`, fields: ['paymentTermsDays', 'leadTimeDays'] },
  {
    title: t`Bank details`,
    help: t`Never kept in drafts on this computer. Leave all empty for none.`,
    fields: ['bankDetails'],
  },
];

export const vendorPage: RecordPage<Vendor['status'], typeof vendorRead> = {
  kind: vendorKind,
  fields: vendorRead,
  list: t`Vendors`,
  states: partyStatuses,
  main: [
    {
      title: t`About`,
      fields: ['contactName', 'gstRegistration', 'email', 'gstin', 'phone', 'pan', 'address', 'attributes'],
    },
  ],
  side: [
    { title: t`Terms`, figures: true, fields: ['paymentTermsDays', 'leadTimeDays', 'currency', 'rating'] },
    { title: t`So far`, figures: true, fields: ['totalOrders', 'totalSpent'] },
    { title: t`Bank details`, narrow: true, fields: ['bankDetails'] },
  ],
};

export const vendorList: RecordList<VendorRow, typeof vendorRead> = {
  kind: vendorKind,
  row: vendorRowSchema,
  fields: vendorRead,
  sorts: vendorSorts,
  columns: {
    code: { width: '100px', key: true },
    name: { width: 'minmax(190px, 2.4fr)' },
    contactName: { header: t`Contact`, width: 'minmax(120px, 1.1fr)', hidden: true },
    email: { width: 'minmax(160px, 1.4fr)', hidden: true },
    phone: { width: '140px', hidden: true },
    city: { width: 'minmax(90px, 1fr)' },
    stateCode: { width: 'minmax(100px, 1fr)' },
    gstin: { width: '156px' },
    paymentTermsDays: { header: t`Terms`, width: '92px', hidden: true },
    leadTimeDays: { width: '92px', hidden: true },
    totalOrders: { width: '76px' },
    totalSpent: { width: '136px' },
    status: { width: '116px' },
    updatedAt: { width: '124px', hidden: true },
  },
};
