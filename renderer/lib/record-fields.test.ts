import { describe, expect, test } from 'vitest';
import { createCustomerSchema, type Customer } from '../../server/domains/customers/customers.contract.ts';
import {
  createVendorSchema,
  updateVendorSchema,
  vendorSchema,
  type Vendor,
} from '../../server/domains/vendors/vendors.contract.ts';
import { seesField } from '../../server/permissions/visible-with.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import {
  customerFields,
  customerForm,
  keptCustomer,
  settledCustomer,
} from '../domains/customers/customer-fields.tsx';
import { vendorFields, vendorForm } from '../domains/vendors/vendor-fields.tsx';
import type { ScreenAbility } from './ability.ts';
import {
  fieldLabels,
  initialValues,
  secretFields,
  seenFields,
  sentValues,
  shownValues,
} from './record-fields.tsx';

const address = {
  line1: '4 MIDC',
  line2: null,
  city: 'Nagpur',
  stateCode: '27',
  pinCode: '440001',
  country: 'IN',
};
const record = {
  id: '0199b2f0-0000-7000-8000-000000000001',
  version: 3,
  createdAt: '2026-04-01T10:00:00Z',
  createdBy: null,
  updatedAt: '2026-04-01T10:00:00Z',
  updatedBy: null,
  name: 'Bharat Steel',
  contactName: null,
  email: 'sales@bharat.example',
  phone: null,
  gstRegistration: 'regular' as const,
  gstin: null,
  paymentTermsDays: 0,
  status: 'active' as const,
  attributes: {},
};
const vendor: Vendor = {
  ...record,
  code: 'V-1',
  address,
  pan: 'ABCPN1234F',
  leadTimeDays: 12,
  currency: 'INR',
  bankDetails: {
    accountName: 'Bharat Steel',
    accountNumber: '123456789',
    ifsc: 'HDFC0001234',
    bankName: null,
  },
  rating: null,
  totalOrders: 4,
  totalSpent: '10.00',
};
const customer: Customer = {
  ...record,
  code: 'C-1',
  billingAddress: address,
  shippingAddress: address,
  creditLimit: null,
  outstanding: '0.00',
};

const abilityWith = (...granted: Permission[]): ScreenAbility => {
  const can = (permission: Permission) => granted.includes(permission);
  return { can, sees: (shape, field) => seesField(shape, field, can) };
};
const sentBy = (ability: ScreenAbility, values: Readonly<Record<string, unknown>>) =>
  sentValues(seenFields(vendorFields, vendorSchema, ability), values);

describe('the form of a vendor', () => {
  test('shows what is kept and sends it back unchanged', () => {
    const sent = sentBy(abilityWith('vendors:read_bank'), shownValues(vendorFields, vendor));
    for (const [name, value] of Object.entries(sent))
      expect([name, value]).toEqual([name, vendor[name as keyof Vendor]]);
    expect(updateVendorSchema.safeParse({ id: vendor.id, version: 3, ...sent }).success).toBe(true);
  });

  test('neither shows nor sends the PAN and bank details to those who may not see them', () => {
    const sent = sentBy(
      abilityWith('vendors:update'),
      shownValues(vendorFields, { ...vendor, pan: null, bankDetails: null }),
    );
    expect(Object.keys(sent)).not.toContain('pan');
    expect(Object.keys(sent)).not.toContain('bankDetails');
    expect(sent.leadTimeDays).toBe(12);
  });

  test('takes emptied fields for nothing, bank details too when all of them are', () => {
    const values = {
      ...initialValues(vendorFields),
      code: 'V-2',
      name: 'Deccan',
      contactName: ' ',
      email: ' a@b.example ',
    };
    const sent = sentBy(abilityWith('vendors:read_bank'), values);
    expect(sent).toMatchObject({
      contactName: null,
      email: 'a@b.example',
      bankDetails: null,
      rating: null,
      gstin: null,
    });
    expect(createVendorSchema.safeParse(sent).success).toBe(true);
  });

  test('keeps the PAN and bank details out of drafts', () => {
    expect(secretFields(vendorFields)).toEqual(['pan', 'bankDetails']);
  });
});

const sentOfCustomer = (values: ReturnType<typeof initialValues<typeof customerFields>>) =>
  sentValues(customerFields, settledCustomer(values));

describe('the form of a customer', () => {
  test('says by one tick that goods go where the bill goes', () => {
    const values = shownValues(customerFields, keptCustomer(customer));
    expect(values.sameAddress).toBe(true);
    const moved = { ...values, billingAddress: { ...values.billingAddress, city: 'Pune' } };
    expect(sentOfCustomer(moved)).toMatchObject({
      shippingAddress: { city: 'Pune' },
      billingAddress: { city: 'Pune' },
    });
    expect(sentOfCustomer({ ...moved, sameAddress: false })).toMatchObject({
      shippingAddress: { city: 'Nagpur' },
    });
    expect(sentOfCustomer(values)).not.toHaveProperty('sameAddress');
    expect(createCustomerSchema.safeParse(sentOfCustomer(values)).success).toBe(true);
  });
});

test.each([
  ['vendor', vendorFields, vendorForm],
  ['customer', customerFields, customerForm],
] as const)('every field of a %s stands in one part of its form, with a name', (_kind, fields, parts) => {
  const placed = parts.flatMap((part) => [...part.fields]);
  expect(placed.toSorted()).toEqual(Object.keys(fields).toSorted());
  const labels = fieldLabels(fields);
  for (const name of Object.keys(fields)) {
    const own = Object.keys(labels).filter((path) => path === name || path.startsWith(`${name}.`));
    expect(own, name).not.toEqual([]);
  }
});
