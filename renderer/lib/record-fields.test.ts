import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { createCustomerSchema, type Customer } from '../../server/domains/customers/customers.contract.ts';
import {
  createVendorSchema,
  updateVendorSchema,
  vendorSchema,
  type Vendor,
} from '../../server/domains/vendors/vendors.contract.ts';
import { employeeSchema } from '../../server/domains/employees/employees.contract.ts';
import { productSchema } from '../../server/domains/products/products.contract.ts';
import { requirementOf, seesField } from '../../server/permissions/visible-with.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import {
  customerFields,
  customerForm,
  customerList,
  customerPage,
  keptCustomer,
  settledCustomer,
} from '../domains/customers/customer-fields.tsx';
import {
  employeeFields,
  employeeForm,
  employeeList,
  employeePage,
} from '../domains/employees/employee-fields.tsx';
import { productFields, productForm, productList, productPage } from '../domains/products/product-fields.tsx';
import { vendorFields, vendorForm, vendorList, vendorPage } from '../domains/vendors/vendor-fields.tsx';
import {
  warehouseFields,
  warehouseForm,
  warehouseList,
  warehousePage,
} from '../domains/warehouses/warehouse-fields.tsx';
import type { ScreenAbility } from './ability.ts';
import {
  fieldLabels,
  initialValues,
  secretFields,
  seenFields,
  sentValues,
  shownValues,
  type ReadFields,
  type RecordField,
} from './record-fields.tsx';
import { recordColumns } from './record-reading.tsx';

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

const kinds = [
  ['vendor', vendorFields, vendorForm, vendorPage, vendorList],
  ['customer', customerFields, customerForm, customerPage, customerList],
  ['product', productFields, productForm, productPage, productList],
  ['warehouse', warehouseFields, warehouseForm, warehousePage, warehouseList],
  ['employee', employeeFields, employeeForm, employeePage, employeeList],
] as const;

test.each(kinds)(
  'every field of a %s stands in one part of its form, with a name',
  (_kind, fields, parts) => {
    const placed = parts.flatMap((part): string[] => [...part.fields]);
    expect(placed.toSorted()).toEqual(Object.keys(fields).toSorted());
    const labels = fieldLabels(fields);
    for (const name of Object.keys(fields)) {
      const own = Object.keys(labels).filter((path) => path === name || path.startsWith(`${name}.`));
      expect(own, name).not.toEqual([]);
    }
  },
);

test.each(kinds)(
  'a page of a %s reads what the server sends of one, each field once',
  (_kind, _f, _p, page) => {
    const read = [...page.main, ...page.side].flatMap((part): string[] => [...part.fields]);
    const { shape } = page.kind.schema;
    expect(read.filter((name) => !(name in shape))).toEqual([]);
    expect(new Set(read).size).toBe(read.length);
  },
);

test.each(kinds)(
  'a list of every %s has the columns that its reader may see',
  (_kind, _f, _p, _page, list) => {
    const columnsFor = (ability: ScreenAbility) =>
      recordColumns<{ id: string }, ReadFields>(list as never, ability).map(({ id }) => id);
    const all = columnsFor({ can: () => true, sees: () => true });
    expect(all).toEqual(Object.keys(list.columns));
    const fields = Object.entries<z.core.$ZodType>(list.row.shape);
    const hidden = fields.filter(([, field]) => requirementOf(field) !== undefined).map(([name]) => name);
    const open = all.filter((name) => !hidden.includes(name));
    expect(columnsFor(abilityWith())).toEqual(open);
  },
);

test('what a product has of stock is asked for and read of goods alone', () => {
  const ofStock = Object.entries<Partial<RecordField<unknown, unknown>>>(productFields)
    .filter(([, { when }]) => when?.({ kind: 'service' }) === false)
    .map(([name]) => name);
  expect(ofStock.toSorted()).toEqual(
    ['barcodes', 'receiptTolerancePercent', 'reorderLevel', 'reorderQuantity', 'tracksLots'].toSorted(),
  );
});

test('a purchase price is neither shown to nor sent by those who see no costs', () => {
  const values = initialValues(productFields);
  const sent = (ability: ScreenAbility) =>
    Object.keys(sentValues(seenFields(productFields, productSchema, ability), values));
  expect(sent(abilityWith('costs:read'))).toContain('purchasePrice');
  expect(sent(abilityWith('products:update'))).not.toContain('purchasePrice');
});

test('a PAN is asked for only from those who may see one', () => {
  const asked = (...granted: Permission[]) =>
    Object.keys(seenFields(employeeFields, employeeSchema, abilityWith(...granted)));
  expect(asked('employees:update', 'employees:reveal_pii')).toContain('pan');
  expect(asked('employees:update')).not.toContain('pan');
  expect(asked('employees:update')).toContain('aadhaar');
});
