import { describe, expect, it } from 'vitest';
import {
  createCustomerSchema,
  updateCustomerSchema,
  type Customer,
} from '../../../server/domains/customers/customers.contract.ts';
import { initialValues, sentValues, shownValues } from '../../lib/record-fields.tsx';
import { customerFields, keptCustomer, settledCustomer } from './customer-fields.tsx';

const pune = {
  line1: '4 Dock Road',
  line2: null,
  city: 'Pune',
  stateCode: '27',
  pinCode: '411001',
  country: 'IN',
};
const customer = {
  id: '01890000-0000-7000-8000-000000000001',
  version: 3,
  code: 'C-7',
  name: 'Patel Hospitals',
  status: 'active',
  contactName: null,
  email: 'buy@patel.test',
  phone: null,
  gstRegistration: 'unregistered',
  gstin: null,
  billingAddress: pune,
  shippingAddress: { ...pune, city: 'Nashik', pinCode: '422001' },
  paymentTermsDays: 45,
  creditLimit: '700000.00',
} as unknown as Customer;

const valuesOf = (kept: Customer) => shownValues(customerFields, keptCustomer(kept));
const inputOf = (values: ReturnType<typeof valuesOf>) => sentValues(customerFields, settledCustomer(values));

describe('the form of a customer', () => {
  it('is sent as it was read when nothing was typed', () => {
    const { id, version } = customer;
    expect(updateCustomerSchema.parse({ id, version, ...inputOf(valuesOf(customer)) })).toMatchObject({
      code: 'C-7',
      contactName: null,
      email: 'buy@patel.test',
      billingAddress: { city: 'Pune' },
      shippingAddress: { city: 'Nashik', pinCode: '422001' },
      paymentTermsDays: 45,
      creditLimit: '700000',
    });
  });

  it('ticks one address for both only if they are the same in every part', () => {
    expect(valuesOf(customer).sameAddress).toBe(false);
    expect(valuesOf({ ...customer, shippingAddress: pune }).sameAddress).toBe(true);
    expect(valuesOf({ ...customer, shippingAddress: { ...pune, line2: 'Gate 2' } }).sameAddress).toBe(false);
  });

  it('sends the billing address as the shipping address while the tick is set, and never the tick itself', () => {
    const input = inputOf({ ...valuesOf(customer), sameAddress: true });
    expect(input.shippingAddress).toEqual(input.billingAddress);
    expect(input).not.toHaveProperty('sameAddress');
  });

  it('shows the fields of the shipping address only without the tick', () => {
    const { when } = customerFields.shippingAddress;
    expect([when({ sameAddress: true }), when({ sameAddress: false })]).toEqual([false, true]);
  });

  it('takes an empty credit limit for no limit, which is not a limit of zero', () => {
    const values = valuesOf(customer);
    expect(inputOf({ ...values, creditLimit: '' }).creditLimit).toBeNull();
    expect(inputOf({ ...values, creditLimit: '0' }).creditLimit).toBe('0');
  });

  it('asks a new customer for a code and a name alone', () => {
    const { error } = createCustomerSchema.safeParse(inputOf(initialValues(customerFields)));
    expect(new Set(error?.issues.map(({ path }) => path.join('.')))).toEqual(new Set(['code', 'name']));
  });
});
