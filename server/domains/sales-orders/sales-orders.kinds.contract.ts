import type { DocumentKind, NumberedPart } from '../../documents/document-kind.contract.ts';
import type { RecordKind } from '../../documents/record-kind.contract.ts';
import type { Permission } from '../../permissions/permissions.contract.ts';
import { customerParty } from '../customers/customers.kinds.contract.ts';
import { paymentSchema, salesOrderSchema, salesOrderTrail, shipmentSchema } from './sales-orders.contract.ts';
import type { SalesOrderCommand, SalesOrderStatus } from './sales-orders.contract.ts';

/** The overrides of its commands. */
export const salesOrderRights = {
  exceedCredit: 'sales_orders:exceed_credit',
  backdate: 'sales_orders:backdate',
} as const satisfies Record<string, Permission>;

export const salesOrderKind: DocumentKind<SalesOrderStatus, SalesOrderCommand, 'sales_order'> = {
  name: 'sales_order',
  readWith: 'sales_orders:read',
  createWith: 'sales_orders:create',
  schema: salesOrderSchema,
  trail: salesOrderTrail,
  actions: ['fill_backorder', 'give_up_reservation'],
  path: '/sales-orders',
  searched: true,
  rights: salesOrderRights,
  series: 'SO',
  numberField: 'soNumber',
  party: customerParty,
  commands: {
    update: { from: ['draft'], permission: 'sales_orders:update' },
    confirm: { from: ['draft'], permission: 'sales_orders:confirm', goesOn: true, issues: true },
    reserve: { from: ['confirmed', 'partially_shipped'], permission: 'sales_orders:confirm', goesOn: true },
    ship: { from: ['confirmed', 'partially_shipped'], permission: 'sales_orders:ship', goesOn: true },
    revise: {
      from: ['confirmed', 'partially_shipped'],
      permission: 'sales_orders:revise',
      reason: 'required',
    },
    deliver: { from: ['shipped'], permission: 'sales_orders:ship' },
    recordPayment: {
      from: ['confirmed', 'partially_shipped', 'shipped', 'delivered', 'closed'],
      permission: 'sales_orders:record_payments',
    },
    reversePayment: {
      from: ['confirmed', 'partially_shipped', 'shipped', 'delivered', 'closed', 'cancelled'],
      permission: 'sales_orders:record_payments',
      reason: 'required',
    },
    closeLine: {
      from: ['confirmed', 'partially_shipped'],
      permission: 'sales_orders:close',
      reason: 'optional',
    },
    close: {
      from: ['confirmed', 'partially_shipped', 'shipped', 'delivered'],
      permission: 'sales_orders:close',
      reason: 'optional',
    },
    cancel: { from: ['draft', 'confirmed'], permission: 'sales_orders:cancel', reason: 'optional' },
  },
};

export const shipmentKind = {
  name: 'shipment',
  readWith: 'sales_orders:read',
  schema: shipmentSchema,
  path: null,
  series: 'SHP',
  numberField: 'shipmentNumber',
  partOf: 'sales_order',
} as const satisfies NumberedPart;

export const paymentKind = {
  name: 'payment',
  readWith: 'sales_orders:read',
  schema: paymentSchema,
  path: null,
} as const satisfies RecordKind;
