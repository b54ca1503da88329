import type { DocumentParty } from '../../documents/document-kind.contract.ts';
import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { vendorSchema } from './vendors.contract.ts';

export const vendorKind = {
  name: 'vendor',
  readWith: 'vendors:read',
  createWith: 'vendors:create',
  updateWith: 'vendors:update',
  schema: vendorSchema,
  path: '/vendors',
  joined: ['id', 'code', 'name', 'status', 'gstRegistration', 'gstin', 'address'],
  searched: true,
} as const satisfies MasterKind;

/** A vendor as purchasing documents name it. */
export const vendorParty = {
  kind: 'vendor',
  field: 'vendorId',
  address: 'address',
  shipTo: null,
} as const satisfies DocumentParty;
