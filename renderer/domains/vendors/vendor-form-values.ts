import { t } from '@lingui/core/macro';
import { vendorStatuses, type Vendor } from '../../../server/domains/vendors/vendors.contract.ts';
import {
  addressInput,
  addressLabels,
  addressValues,
  emptyAddress,
  type AddressValues,
} from '../../lib/address.tsx';
import { orNull } from '../../lib/form-errors.ts';

type VendorStatus = (typeof vendorStatuses)[number];

/** What a hand-typed address asks for and doesn't exist is left out. */
export function knownStates(asked: readonly string[] | undefined): VendorStatus[] | undefined {
  const known = vendorStatuses.filter((state) => asked?.includes(state));
  return known.length === 0 ? undefined : known;
}

/** A vendor as the form shows it. */
export interface VendorValues extends Record<string, unknown> {
  code: string;
  name: string;
  contactName: string;
  email: string;
  phone: string;
  address: AddressValues;
  gstRegistration: string;
  gstin: string;
  pan: string;
  paymentTermsDays: number | string;
  leadTimeDays: number | string;
  rating: number;
  status: string;
  bankDetails: { accountName: string; accountNumber: string; ifsc: string; bankName: string };
}

export const emptyVendor: VendorValues = {
  code: '',
  name: '',
  contactName: '',
  email: '',
  phone: '',
  address: emptyAddress,
  gstRegistration: 'regular',
  gstin: '',
  pan: '',
  paymentTermsDays: 30,
  leadTimeDays: 7,
  rating: 0,
  status: 'active',
  bankDetails: { accountName: '', accountNumber: '', ifsc: '', bankName: '' },
};

export function vendorValues(vendor: Vendor): VendorValues {
  return {
    code: vendor.code,
    name: vendor.name,
    contactName: vendor.contactName ?? '',
    email: vendor.email ?? '',
    phone: vendor.phone ?? '',
    address: addressValues(vendor.address),
    gstRegistration: vendor.gstRegistration,
    gstin: vendor.gstin ?? '',
    pan: vendor.pan ?? '',
    paymentTermsDays: vendor.paymentTermsDays,
    leadTimeDays: vendor.leadTimeDays,
    rating: vendor.rating ?? 0,
    status: vendor.status,
    bankDetails: {
      accountName: vendor.bankDetails?.accountName ?? '',
      accountNumber: vendor.bankDetails?.accountNumber ?? '',
      ifsc: vendor.bankDetails?.ifsc ?? '',
      bankName: vendor.bankDetails?.bankName ?? '',
    },
  };
}

/**
 * The form as the contract wants it. Who may not see PAN and bank details doesn't send them either: left out, they stay
 * as they are.
 */
export function vendorInput(values: VendorValues, { seesBank }: { seesBank: boolean }) {
  const { accountName, accountNumber, ifsc, bankName } = values.bankDetails;
  const noBank = [accountName, accountNumber, ifsc, bankName].every((text) => text.trim() === '');
  return {
    code: values.code,
    name: values.name,
    contactName: orNull(values.contactName),
    email: orNull(values.email.trim()),
    phone: orNull(values.phone),
    address: addressInput(values.address),
    gstRegistration: values.gstRegistration,
    gstin: orNull(values.gstin),
    paymentTermsDays: values.paymentTermsDays,
    leadTimeDays: values.leadTimeDays,
    rating: values.rating === 0 ? null : values.rating,
    status: values.status,
    ...(seesBank
      ? {
          pan: orNull(values.pan),
          bankDetails: noBank ? null : { accountName, accountNumber, ifsc, bankName: orNull(bankName) },
        }
      : {}),
  };
}

export const vendorSecrets = ['pan', 'bankDetails'] as const;

export const vendorLabels: Readonly<Record<string, string>> = {
  code: t`Code`,
  name: t`Name`,
  contactName: t`Contact`,
  email: t`E-mail`,
  phone: t`Phone`,
  gstRegistration: t`GST registration`,
  gstin: 'GSTIN',
  pan: 'PAN',
  paymentTermsDays: t`Payment terms`,
  leadTimeDays: t`Lead time`,
  rating: t`Rating`,
  status: t`Status`,
  'bankDetails.accountName': t`Account holder`,
  'bankDetails.accountNumber': t`Account number`,
  'bankDetails.ifsc': 'IFSC',
  'bankDetails.bankName': t`Bank`,
  ...addressLabels('address', t`Address`),
};
