import { t } from '@lingui/core/macro';
import { customerStatuses, type Customer } from '../../../server/domains/customers/customers.contract.ts';
import {
  addressInput,
  addressLabels,
  addressValues,
  emptyAddress,
  type AddressValues,
} from '../../lib/address.tsx';
import { orNull } from '../../lib/form-errors.ts';

type CustomerStatus = (typeof customerStatuses)[number];

/** What a hand-typed address asks for and doesn't exist is left out. */
export function knownStates(asked: readonly string[] | undefined): CustomerStatus[] | undefined {
  const known = customerStatuses.filter((state) => asked?.includes(state));
  return known.length === 0 ? undefined : known;
}

/** A customer as the form shows it. `sameAddress`: goods go where the bill goes. */
export interface CustomerValues extends Record<string, unknown> {
  code: string;
  name: string;
  contactName: string;
  email: string;
  phone: string;
  gstRegistration: string;
  gstin: string;
  billingAddress: AddressValues;
  sameAddress: boolean;
  shippingAddress: AddressValues;
  paymentTermsDays: number | string;
  creditLimit: string;
  status: string;
}

export const emptyCustomer: CustomerValues = {
  code: '',
  name: '',
  contactName: '',
  email: '',
  phone: '',
  gstRegistration: 'unregistered',
  gstin: '',
  billingAddress: emptyAddress,
  sameAddress: true,
  shippingAddress: emptyAddress,
  paymentTermsDays: 30,
  creditLimit: '',
  status: 'active',
};

export function customerValues(customer: Customer): CustomerValues {
  const billing = addressValues(customer.billingAddress);
  const shipping = addressValues(customer.shippingAddress);
  return {
    code: customer.code,
    name: customer.name,
    contactName: customer.contactName ?? '',
    email: customer.email ?? '',
    phone: customer.phone ?? '',
    gstRegistration: customer.gstRegistration,
    gstin: customer.gstin ?? '',
    billingAddress: billing,
    sameAddress: JSON.stringify(billing) === JSON.stringify(shipping),
    shippingAddress: shipping,
    paymentTermsDays: customer.paymentTermsDays,
    creditLimit: customer.creditLimit ?? '',
    status: customer.status,
  };
}

export function customerInput(values: CustomerValues) {
  return {
    code: values.code,
    name: values.name,
    contactName: orNull(values.contactName),
    email: orNull(values.email.trim()),
    phone: orNull(values.phone),
    gstRegistration: values.gstRegistration,
    gstin: orNull(values.gstin),
    billingAddress: addressInput(values.billingAddress),
    shippingAddress: addressInput(values.sameAddress ? values.billingAddress : values.shippingAddress),
    paymentTermsDays: values.paymentTermsDays,
    creditLimit: orNull(values.creditLimit),
    status: values.status,
  };
}

export const customerLabels: Readonly<Record<string, string>> = {
  code: t`Code`,
  name: t`Name`,
  contactName: t`Contact`,
  email: t`E-mail`,
  phone: t`Phone`,
  gstRegistration: t`GST registration`,
  gstin: 'GSTIN',
  sameAddress: t`Ships to the billing address`,
  paymentTermsDays: t`Payment terms`,
  creditLimit: t`Credit limit`,
  status: t`Status`,
  ...addressLabels('billingAddress', t`Billing address`),
  ...addressLabels('shippingAddress', t`Shipping address`),
};
