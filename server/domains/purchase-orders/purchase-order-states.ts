import type { StateTable } from '../../documents/states.ts';
import type { PurchaseOrderCommand, PurchaseOrderStatus } from './purchase-orders.contract.ts';

/** What can be done with a purchase order in each of its states. */
export const purchaseOrderStates: StateTable<PurchaseOrderStatus, PurchaseOrderCommand> = {
  draft: ['update', 'submit', 'cancel'],
  pending_approval: ['approve', 'reject', 'cancel'],
  confirmed: ['receive', 'revise', 'closeLine', 'close', 'cancel'],
  partially_delivered: ['receive', 'reverseReceipt', 'revise', 'closeLine', 'close'],
  delivered: ['reverseReceipt', 'close'],
  closed: ['reverseReceipt'],
  cancelled: [],
};
