import '../../renderer/words/testing/english.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  customerFields,
  keptCustomer,
  settledCustomer,
} from '../../renderer/domains/customers/customer-fields.tsx';
import { employeeFields, keptEmployee } from '../../renderer/domains/employees/employee-fields.tsx';
import { productFields } from '../../renderer/domains/products/product-fields.tsx';
import { vendorFields } from '../../renderer/domains/vendors/vendor-fields.tsx';
import { warehouseFields } from '../../renderer/domains/warehouses/warehouse-fields.tsx';
import {
  initialValues,
  secretFields,
  sentValues,
  shownValues,
  type RecordFields,
} from '../../renderer/lib/record-fields.tsx';
import { tradingTenant } from '../fixtures/trading.ts';
import type { TradingTenant } from '../fixtures/trading.ts';

/** What is typed into a form, sent, kept by the database and shown in the form again is what was typed. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('typed');
});
afterAll(() => trade.close());

type Values = Record<string, unknown>;
interface Form {
  fields: RecordFields;
  typed: Values;
  changed: Values;
  of: {
    create: (input: never) => Promise<{ id: string; version: number }>;
    update: (input: never) => Promise<unknown>;
    get: (input: { id: string }) => Promise<object>;
  };
  kept?: (record: never) => object;
  settled?: (values: never) => object;
}

const address = {
  line1: '4 MIDC',
  line2: '',
  city: 'Nagpur',
  stateCode: '27',
  pinCode: '440001',
  country: 'IN',
};

const forms: Readonly<Record<string, () => Form>> = {
  vendor: () => ({
    of: trade.owner.vendors,
    fields: vendorFields,
    typed: {
      ...initialValues(vendorFields),
      code: 'V-77',
      name: 'Bharat Steel',
      email: 'sales@bharat.example',
      rating: 4,
      address,
      gstin: '27AAPFU0939F1ZV',
      pan: 'AAPFU0939F',
      paymentTermsDays: 45,
      bankDetails: { accountName: 'Bharat', accountNumber: '123456789', ifsc: 'HDFC0001234', bankName: '' },
    },
    changed: { name: 'Bharat Steels', email: '', rating: 0 },
  }),
  customer: () => ({
    of: trade.owner.customers,
    fields: customerFields,
    typed: {
      ...initialValues(customerFields),
      code: 'C-77',
      name: 'Deccan Stores',
      billingAddress: address,
      sameAddress: false,
      shippingAddress: { ...address, city: 'Pune', pinCode: '411001' },
      gstRegistration: 'unregistered',
      creditLimit: '5000',
    },
    changed: { name: 'Deccan Store', phone: '9822012345', creditLimit: '' },
    kept: keptCustomer,
    settled: settledCustomer,
  }),
  product: () => ({
    of: trade.owner.products,
    fields: productFields,
    typed: {
      ...initialValues(productFields),
      sku: 'BOLT-M8',
      name: 'Bolt M8',
      category: 'Bolts',
      description: 'galvanised',
      hsnCode: '731815',
      taxClass: 'GST18',
      purchasePrice: '12.5',
      salePrice: '20',
      reorderLevel: '5',
      reorderQuantity: '10',
      receiptTolerancePercent: '2.5',
      tracksLots: true,
    },
    changed: { name: 'Bolt M8, galvanised', receiptTolerancePercent: '', description: '' },
  }),
  warehouse: () => ({
    of: trade.owner.warehouses,
    fields: warehouseFields,
    typed: { ...initialValues(warehouseFields), code: 'NGP', name: 'Nagpur', address },
    changed: { name: 'Nagpur North', address: { ...address, line2: 'Gate 2' } },
  }),
  employee: () => ({
    of: trade.owner.employees,
    fields: employeeFields,
    typed: {
      ...initialValues(employeeFields),
      employeeCode: 'E-77',
      name: 'Bina Rao',
      email: 'bina@acme.example',
      department: 'Stores',
      joinedOn: '2024-04-01',
      address,
      pan: 'ABCPR1234F',
    },
    changed: { department: '', designation: 'Keeper', joinedOn: '' },
    kept: keptEmployee,
  }),
};

test.each(Object.keys(forms))(
  'the form of a %s shows again what was typed, and what was changed',
  async (name) => {
    const { fields, typed, changed, of, kept = (record: object) => record, settled } = forms[name]!();
    const sent = (values: Values) => sentValues(fields, (settled?.(values as never) ?? values) as never);
    const secret = new Set<string>(secretFields(fields));
    const shown = async (id: string) => {
      const values = shownValues(fields, kept((await of.get({ id })) as never) as never);
      return Object.fromEntries(Object.entries(values).filter(([field]) => !secret.has(field)));
    };
    const open = (values: Values) =>
      Object.fromEntries(Object.entries(values).filter(([field]) => !secret.has(field)));

    const { id, version } = await of.create(sent(typed) as never);
    expect(await shown(id)).toEqual(open(typed));
    await of.update({ id, version, ...sent({ ...typed, ...changed }) } as never);
    expect(await shown(id)).toEqual(open({ ...typed, ...changed }));
  },
);
