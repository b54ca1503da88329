import type { DocumentKind, NumberedPart } from '../../documents/document-kind.contract.ts';
import type { Permission } from '../../permissions/permissions.contract.ts';
import { vendorParty } from '../vendors/vendors.kinds.contract.ts';
import { goodsReceiptSchema, purchaseOrderSchema, purchaseOrderTrail } from './purchase-orders.contract.ts';
import type { PurchaseOrderCommand, PurchaseOrderStatus } from './purchase-orders.contract.ts';

/** The overrides of its commands. */
export const purchaseOrderRights = {
  overReceive: 'purchase_orders:over_receive',
  backdate: 'purchase_orders:backdate',
} as const satisfies Record<string, Permission>;

export const purchaseOrderKind: DocumentKind<PurchaseOrderStatus, PurchaseOrderCommand, 'purchase_order'> = {
  name: 'purchase_order',
  readWith: 'purchase_orders:read',
  createWith: 'purchase_orders:create',
  schema: purchaseOrderSchema,
  trail: purchaseOrderTrail,
  actions: ['reprice'],
  path: '/purchase-orders',
  searched: true,
  rights: purchaseOrderRights,
  series: 'PO',
  numberField: 'poNumber',
  party: vendorParty,
  commands: {
    update: { from: ['draft'], permission: 'purchase_orders:update' },
    submit: { from: ['draft'], permission: 'purchase_orders:submit', goesOn: true, issues: true },
    approve: {
      from: ['pending_approval'],
      permission: 'purchase_orders:approve',
      goesOn: true,
      bySomeoneElse: true,
    },
    reject: {
      from: ['pending_approval'],
      permission: 'purchase_orders:approve',
      bySomeoneElse: true,
      reason: 'required',
    },
    receive: {
      from: ['confirmed', 'partially_delivered'],
      permission: 'purchase_orders:receive',
      goesOn: true,
    },
    reverseReceipt: {
      from: ['partially_delivered', 'delivered', 'closed'],
      permission: 'purchase_orders:receive',
      reason: 'required',
    },
    revise: {
      from: ['confirmed', 'partially_delivered'],
      permission: 'purchase_orders:update',
      reason: 'required',
    },
    closeLine: {
      from: ['confirmed', 'partially_delivered'],
      permission: 'purchase_orders:close',
      reason: 'optional',
    },
    close: {
      from: ['confirmed', 'partially_delivered', 'delivered'],
      permission: 'purchase_orders:close',
      reason: 'optional',
    },
    cancel: {
      from: ['draft', 'pending_approval', 'confirmed'],
      permission: 'purchase_orders:cancel',
      reason: 'optional',
    },
  },
};

export const goodsReceiptKind = {
  name: 'goods_receipt',
  readWith: 'purchase_orders:read',
  schema: goodsReceiptSchema,
  path: null,
  series: 'GRN',
  numberField: 'receiptNumber',
  partOf: 'purchase_order',
} as const satisfies NumberedPart;
