import { columnsOf, recordOf } from '../../db/record-columns.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Page } from '../../ground/list.contract.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import type { Address } from '../../ground/record.contract.ts';
import {
  registrationAfter,
  requireKnownState,
  requireSoundGst,
  settledRegistration,
  withStateOfGstin,
} from '../gst-party.ts';
import { alreadyUsed } from '../master-records.ts';
import { listOf, masterService } from '../master-service.ts';
import type { Change } from '../master-service.ts';
import { customerRowSchema, customerSchema } from './customers.contract.ts';
import type { CreateCustomer, Customer, CustomerRow, ListCustomers } from './customers.contract.ts';
import { customerKind } from './customers.kinds.contract.ts';
import {
  countCustomers,
  customerOrder,
  customerTable,
  customerUsingCode,
  listCustomers,
} from './customers.repo.ts';
import type { CustomerRecord } from './customers.repo.ts';

type Sent = Omit<CreateCustomer, 'id'>;
type Fields = Sent & Pick<Customer, 'gstRegistration'>;

/** Customers, each with a code of its own and GST details that agree. */
export const { get, create, update } = masterService({
  kind: customerKind,
  rows: customerTable,
  recordOf: (_scope, row: CustomerRecord) => customerOf(row),
  columnsOf: (_scope, given: Partial<Fields>) => columnsOf(given),
  labelOf: ({ code, name }: Customer) => `${code} ${name}`,
  completed,
  prepared,
});

export function list(scope: TenantScope, input: ListCustomers): Promise<Page<CustomerRow>> {
  return listOf(scope, input, {
    order: customerOrder,
    rows: listCustomers,
    count: countCustomers,
    itemOf: (row) => recordOf(customerRowSchema, row),
  });
}

/** Without a shipping address goods go to the billing address. */
function completed(sent: Sent): Fields {
  const billingAddress = withStateOfGstin(sent.billingAddress, sent.gstin);
  return {
    ...sent,
    billingAddress,
    shippingAddress: isEmpty(sent.shippingAddress) ? billingAddress : sent.shippingAddress,
    gstRegistration: settledRegistration({ ...sent, country: billingAddress.country }),
  };
}

async function prepared(
  scope: TenantScope,
  { id, given, before }: Change<Customer, Fields>,
): Promise<Partial<Fields>> {
  const kept = before ? { ...given, gstRegistration: registrationOf(before, given) } : given;
  requireSound({ ...before, ...kept } as Fields);
  if (kept.code !== undefined) await requireUnused(scope, id, kept.code);
  return kept;
}

function registrationOf(before: Customer, given: Partial<Fields>): Customer['gstRegistration'] {
  const { country } = given.billingAddress ?? before.billingAddress;
  return registrationAfter({ ...before, country: before.billingAddress.country }, { ...given, country });
}

/** The GSTIN is of the billing address's state; goods may go to any other. */
function requireSound(customer: Fields): void {
  requireSoundGst({ ...customer, pan: null, address: customer.billingAddress }, 'billingAddress');
  requireKnownState(customer.shippingAddress, 'shippingAddress');
}

async function requireUnused(scope: TenantScope, id: string, code: string): Promise<void> {
  const other = await customerUsingCode(scope.db, code, id);
  if (other !== undefined) throw alreadyUsed('code', code, other);
}

function isEmpty({ line1, line2, city, stateCode, pinCode }: Address): boolean {
  return [line1, line2, city, stateCode, pinCode].every((part) => part === null);
}

function customerOf(row: CustomerRecord): Customer {
  return {
    ...recordOf(customerSchema, row),
    billingAddress: addressSchema.parse(row.billing_address),
    shippingAddress: addressSchema.parse(row.shipping_address),
  };
}
