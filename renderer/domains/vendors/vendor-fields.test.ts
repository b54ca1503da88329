import { describe, expect, it } from 'vitest';
import {
  createVendorSchema,
  updateVendorSchema,
  type Vendor,
} from '../../../server/domains/vendors/vendors.contract.ts';
import {
  fieldLabels,
  initialValues,
  secretFields,
  sentValues,
  shownValues,
} from '../../lib/record-fields.tsx';
import { vendorFields } from './vendor-fields.tsx';

const bankDetails = {
  accountName: 'Sai Krupa LLP',
  accountNumber: '40422986411432',
  ifsc: 'HDFC0505165',
  bankName: null,
};
const vendor = {
  code: 'V-1',
  name: 'Sai Krupa LLP',
  status: 'active',
  rating: null,
  contactName: 'Jaya Pillai',
  email: null,
  phone: null,
  address: { line1: null, line2: null, city: 'Pune', stateCode: '27', pinCode: null, country: 'IN' },
  gstRegistration: 'regular',
  gstin: '27AAACS1234A1Z6',
  pan: 'AAACS1234A',
  paymentTermsDays: 30,
  leadTimeDays: 6,
  bankDetails,
} as unknown as Vendor;

const values = shownValues(vendorFields, vendor);
const inputOf = (changes: Partial<typeof values> = {}) => sentValues(vendorFields, { ...values, ...changes });

/** The fields of a change that the contract refuses. */
function refused(input: object): string[] {
  const { error } = updateVendorSchema.safeParse({
    id: '01890000-0000-7000-8000-000000000001',
    version: 3,
    ...input,
  });
  return error?.issues.map(({ path }) => path.join('.')) ?? [];
}

describe('the form of a vendor', () => {
  it('sends what was read when nothing was typed: no rating stays none', () => {
    expect(inputOf()).toEqual({ ...vendor, address: { ...vendor.address } });
    expect(inputOf({ rating: 4 }).rating).toBe(4);
  });

  it('sends no bank details when all of them are empty, and has a half-filled account refused at its field', () => {
    const empty = { accountName: ' ', accountNumber: '', ifsc: '', bankName: '' };
    expect(inputOf({ bankDetails: empty }).bankDetails).toBeNull();
    const half = inputOf({ bankDetails: { ...empty, bankName: 'HDFC Bank' } });
    expect(refused(half)).toEqual(
      expect.arrayContaining(['bankDetails.accountName', 'bankDetails.accountNumber', 'bankDetails.ifsc']),
    );
  });

  it('shows a vendor without bank details as empty fields', () => {
    const shown = shownValues(vendorFields, { ...vendor, bankDetails: null });
    expect(shown.bankDetails).toEqual({ accountName: '', accountNumber: '', ifsc: '', bankName: '' });
  });

  it('keeps PAN and bank details from the drafts of this computer', () => {
    expect(secretFields(vendorFields)).toEqual(['pan', 'bankDetails']);
  });

  it('asks a new vendor for a code and a name alone', () => {
    const { error } = createVendorSchema.safeParse(sentValues(vendorFields, initialValues(vendorFields)));
    expect(new Set(error?.issues.map(({ path }) => path.join('.')))).toEqual(new Set(['code', 'name']));
  });

  it('has a name for every bank field, where two versions are compared', () => {
    const labels = fieldLabels(vendorFields);
    expect(Object.keys(bankDetails).filter((part) => !labels[`bankDetails.${part}`])).toEqual([]);
  });
});
