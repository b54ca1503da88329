import { t } from '@lingui/core/macro';
import type { PurchaseOrderStatus } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { StateWords } from '../../ui/StatusBadge.tsx';
import type { StatusTab } from '../../ui/StatusTabs.tsx';

/** The states of a purchase order, the same wherever they are shown. */
export const purchaseOrderStateWords: Readonly<Record<PurchaseOrderStatus, StateWords>> = {
  draft: { label: t`Draft`, tone: 'neutral' },
  pending_approval: { label: t`To approve`, tone: 'waiting' },
  confirmed: { label: t`Confirmed`, tone: 'progress' },
  partially_delivered: { label: t`Partly delivered`, tone: 'progress' },
  delivered: { label: t`Delivered`, tone: 'good' },
  closed: { label: t`Closed`, tone: 'neutral' },
  cancelled: { label: t`Cancelled`, tone: 'bad' },
};

const open: readonly PurchaseOrderStatus[] = ['confirmed', 'partially_delivered'];

/** Goods are still on their way. */
export function isOpen(status: PurchaseOrderStatus): boolean {
  return open.includes(status);
}

export const purchaseOrderTabs: readonly StatusTab[] = [
  { label: t`All`, states: [] },
  { label: t`Drafts`, states: ['draft'] },
  { label: t`To approve`, states: ['pending_approval'] },
  { label: t`To receive`, states: open },
  { label: t`Delivered`, states: ['delivered'] },
  { label: t`Closed`, states: ['closed'] },
  { label: t`Cancelled`, states: ['cancelled'] },
];

/** Nothing comes of it any more. */
export function hasEnded(status: PurchaseOrderStatus): boolean {
  return status === 'closed' || status === 'cancelled';
}

/** Expected before today and still open. Days compare as text. */
export function isOverdue(
  order: { status: PurchaseOrderStatus; expectedDate: string | null },
  today: string,
): boolean {
  return isOpen(order.status) && order.expectedDate !== null && order.expectedDate < today;
}
