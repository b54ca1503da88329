import type { PurchaseOrderStatus } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { StatusTab } from '../../ui/StatusTabs.tsx';

const open: readonly PurchaseOrderStatus[] = ['confirmed', 'partially_delivered'];

/** Goods are still on their way. */
export function isOpen(status: PurchaseOrderStatus): boolean {
  return open.includes(status);
}

export const purchaseOrderTabs: readonly StatusTab[] = [
  { label: 'All', states: [] },
  { label: 'Drafts', states: ['draft'] },
  { label: 'To approve', states: ['pending_approval'] },
  { label: 'To receive', states: open },
  { label: 'Delivered', states: ['delivered'] },
  { label: 'Closed', states: ['closed'] },
  { label: 'Cancelled', states: ['cancelled'] },
];

/** Expected before today and still open. Days compare as text. */
export function isOverdue(
  order: { status: PurchaseOrderStatus; expectedDate: string | null },
  today: string,
): boolean {
  return isOpen(order.status) && order.expectedDate !== null && order.expectedDate < today;
}
