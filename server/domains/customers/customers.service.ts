import { together } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { changedRegistration, requireSoundGst, settledRegistration, withStateOfGstin } from '../gst-party.ts';
import type { Page } from '../../ground/list.contract.ts';
import { alreadyUsed, changedMeanwhile, given, retried } from '../master-records.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import type { Address } from '../../ground/record.contract.ts';
import type {
  CreateCustomer,
  Customer,
  CustomerRow,
  ListCustomers,
  UpdateCustomer,
} from './customers.contract.ts';
import {
  countCustomers,
  customerOrder,
  customerUsingCode,
  findCustomer,
  insertCustomer,
  listCustomers,
  updateCustomer,
} from './customers.repo.ts';
import type { CustomerRecord } from './customers.repo.ts';
import { customerKind } from './customers.kinds.contract.ts';

export async function list(scope: TenantScope, input: ListCustomers): Promise<Page<CustomerRow>> {
  const page = customerOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listCustomers(scope.db, input, page),
    input.total ? countCustomers(scope.db, input) : undefined,
  ]);
  const found = page.page(rows, (row) => ({
    id: row.id,
    version: row.version,
    code: row.code,
    name: row.name,
    contactName: row.contact_name,
    email: row.email,
    phone: row.phone,
    city: row.city,
    stateCode: row.state_code,
    gstin: row.gstin,
    paymentTermsDays: row.payment_terms_days,
    creditLimit: row.credit_limit,
    outstanding: row.outstanding,
    status: row.status as CustomerRow['status'],
    updatedAt: row.updated_at,
  }));
  return { ...found, ...total };
}

/** @throws NOT_FOUND */
export async function get(scope: TenantScope, id: string): Promise<Customer> {
  const record = await findCustomer(scope.db, id);
  if (!record) throw notFound('customer');
  return customerOf(record);
}

/**
 * Creates a customer; without a shipping address goods go to the billing address. The same id with the same contents
 * again gives the customer that was made.
 * @throws INVALID for a code in use and for GST details that disagree, CONFLICT for an id in use.
 */
export async function create(scope: TenantScope, input: CreateCustomer): Promise<Customer> {
  const { id = uuidv7(), ...fields } = input;
  const billingAddress = withStateOfGstin(fields.billingAddress, fields.gstin);
  const customer = {
    ...fields,
    billingAddress,
    shippingAddress: isEmpty(fields.shippingAddress) ? billingAddress : fields.shippingAddress,
    gstRegistration: settledRegistration({ ...fields, country: billingAddress.country }),
  };
  const existing = await findCustomer(scope.db, id);
  if (existing) return retried('customer', customer, customerOf(existing), ['creditLimit']);
  requireSound(customer);
  await requireUnused(scope, id, customer.code);
  const record = await insertCustomer(scope.db, {
    id,
    ...columnsOf(customer),
    code: customer.code,
    name: customer.name,
    billing_address: JSON.stringify(customer.billingAddress),
    shipping_address: JSON.stringify(customer.shippingAddress),
    attributes: JSON.stringify(customer.attributes),
    created_by: scope.actor.name,
    updated_by: scope.actor.name,
  });
  if (!record) return retried('customer', customer, await get(scope, id), ['creditLimit']);
  const created = customerOf(record);
  await recordChange(scope, {
    action: 'create',
    kind: customerKind,
    id,
    label: labelOf(record),
    after: created,
  });
  return created;
}

/**
 * Changes what is given.
 * @throws NOT_FOUND, CONFLICT for an older version, INVALID as `create`.
 */
export async function update(scope: TenantScope, input: UpdateCustomer): Promise<Customer> {
  const { id, version, ...fields } = input;
  const patch = given(fields);
  const record = await findCustomer(scope.db, id, true);
  if (!record) throw notFound('customer');
  const before = customerOf(record);
  if (before.version !== version) throw changedMeanwhile('customer', before);
  const gst = { ...before, ...patch, country: (patch.billingAddress ?? before.billingAddress).country };
  patch.gstRegistration =
    patch.gstRegistration === undefined
      ? changedRegistration({ ...before, country: before.billingAddress.country }, gst)
      : settledRegistration(gst);
  requireSound({ ...before, ...patch });
  if (patch.code !== undefined) await requireUnused(scope, id, patch.code);
  const updated = await updateCustomer(scope.db, id, { ...columnsOf(patch), updated_by: scope.actor.name });
  const after = customerOf(updated);
  await recordChange(scope, {
    action: 'update',
    kind: customerKind,
    id,
    label: labelOf(updated),
    before,
    after,
  });
  return after;
}

/** The GSTIN is of the billing address's state; goods may go to any other. */
function requireSound(
  customer: Pick<Customer, 'gstRegistration' | 'gstin' | 'billingAddress' | 'shippingAddress'>,
): void {
  requireSoundGst({ ...customer, address: customer.billingAddress }, 'billingAddress');
  const address = customer.shippingAddress;
  requireSoundGst({ gstRegistration: 'unregistered', gstin: null, address }, 'shippingAddress');
}

async function requireUnused(scope: TenantScope, id: string, code: string): Promise<void> {
  const other = await customerUsingCode(scope.db, code, id);
  if (other !== undefined) throw alreadyUsed('code', code, other);
}

function isEmpty({ line1, line2, city, stateCode, pinCode }: Address): boolean {
  return [line1, line2, city, stateCode, pinCode].every((part) => part === null);
}

function columnsOf(fields: Partial<Omit<CreateCustomer, 'id'>>) {
  return given({
    code: fields.code,
    name: fields.name,
    contact_name: fields.contactName,
    email: fields.email,
    phone: fields.phone,
    gst_registration: fields.gstRegistration,
    gstin: fields.gstin,
    billing_address: fields.billingAddress && JSON.stringify(fields.billingAddress),
    shipping_address: fields.shippingAddress && JSON.stringify(fields.shippingAddress),
    payment_terms_days: fields.paymentTermsDays,
    credit_limit: fields.creditLimit,
    status: fields.status,
    attributes: fields.attributes && JSON.stringify(fields.attributes),
  });
}

function customerOf(row: CustomerRecord): Customer {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    code: row.code,
    name: row.name,
    contactName: row.contact_name,
    email: row.email,
    phone: row.phone,
    gstRegistration: row.gst_registration as Customer['gstRegistration'],
    gstin: row.gstin,
    billingAddress: addressSchema.parse(row.billing_address),
    shippingAddress: addressSchema.parse(row.shipping_address),
    paymentTermsDays: row.payment_terms_days,
    creditLimit: row.credit_limit,
    outstanding: row.outstanding,
    status: row.status as Customer['status'],
    attributes: row.attributes as Customer['attributes'],
  };
}

function labelOf(row: CustomerRecord): string {
  return `${row.code} ${row.name}`;
}
