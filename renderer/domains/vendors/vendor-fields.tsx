import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import { vendorStatuses, type Vendor } from '../../../server/domains/vendors/vendors.contract.ts';
import { orNull } from '../../lib/form-errors.ts';
import { gstRegistrationOptions, recordStateOptions } from '../../lib/party-words.ts';
import {
  addressField,
  choiceField,
  daysField,
  ratingField,
  textField,
  type FormPart,
  type RecordField,
} from '../../lib/record-fields.tsx';
import { FieldCell } from '../../ui/FormFrame.tsx';

type BankDetails = NonNullable<Vendor['bankDetails']>;
type BankValues = Record<'accountName' | 'accountNumber' | 'ifsc' | 'bankName', string>;

const bankField: RecordField<BankDetails | null, BankValues> = {
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

/** The fields of a vendor's form; a field more is a line here and its place in a part below. */
export const vendorFields = {
  code: textField({ label: t`Code`, placeholder: 'V-0042', required: true, first: true }),
  name: textField({ label: t`Name`, span: 4, required: true }),
  status: choiceField({
    label: t`Status`,
    initial: 'active',
    options: recordStateOptions(vendorStatuses),
  }),
  rating: ratingField({ label: t`Rating` }),
  contactName: textField({ label: t`Contact person` }),
  email: textField({ label: t`E-mail`, type: 'email' }),
  phone: textField({ label: t`Phone`, type: 'tel' }),
  address: addressField({ label: t`Address` }),
  gstRegistration: choiceField({
    label: t`GST registration`,
    initial: 'regular',
    options: gstRegistrationOptions,
  }),
  gstin: textField({ label: 'GSTIN', placeholder: '29ABCDE1234F1Z5' }),
  pan: textField({ label: 'PAN', placeholder: 'ABCDE1234F', secret: true }),
  paymentTermsDays: daysField({ label: t`Payment terms`, initial: 30 }),
  leadTimeDays: daysField({ label: t`Lead time`, initial: 7 }),
  bankDetails: bankField,
};

export const vendorParts: readonly FormPart<keyof typeof vendorFields>[] = [
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
