import type { DocumentParty } from '../../documents/document-kind.contract.ts';
import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { customerSchema } from './customers.contract.ts';

export const customerKind = {
  name: 'customer',
  readWith: 'customers:read',
  createWith: 'customers:create',
  updateWith: 'customers:update',
  schema: customerSchema,
  path: '/customers',
  joined: ['id', 'code', 'name', 'status', 'gstRegistration', 'gstin', 'billingAddress', 'shippingAddress'],
  searched: true,
} as const satisfies MasterKind;

/** A customer as sales documents name it. */
export const customerParty = {
  kind: 'customer',
  field: 'customerId',
  address: 'billingAddress',
  shipTo: 'shippingAddress',
} as const satisfies DocumentParty;
