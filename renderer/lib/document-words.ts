import type { PurchaseOrderStatus } from '../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { SalesOrderStatus } from '../../server/domains/sales-orders/sales-orders.contract.ts';
import type { MovementKind } from '../../server/domains/inventory/inventory.contract.ts';
import type { Tone } from '../ui/StatusBadge.tsx';

interface StateWords {
  label: string;
  tone: Tone;
}

/** States of documents in words, the same in every list that shows them. */
export const purchaseOrderStateWords: Readonly<Record<PurchaseOrderStatus, StateWords>> = {
  draft: { label: 'Draft', tone: 'neutral' },
  pending_approval: { label: 'To approve', tone: 'waiting' },
  confirmed: { label: 'Confirmed', tone: 'progress' },
  partially_delivered: { label: 'Partly delivered', tone: 'progress' },
  delivered: { label: 'Delivered', tone: 'good' },
  closed: { label: 'Closed', tone: 'neutral' },
  cancelled: { label: 'Cancelled', tone: 'bad' },
};

export const salesOrderStateWords: Readonly<Record<SalesOrderStatus, StateWords>> = {
  draft: { label: 'Draft', tone: 'neutral' },
  confirmed: { label: 'Confirmed', tone: 'progress' },
  partially_shipped: { label: 'Partly shipped', tone: 'progress' },
  shipped: { label: 'Shipped', tone: 'good' },
  delivered: { label: 'Delivered', tone: 'good' },
  closed: { label: 'Closed', tone: 'neutral' },
  cancelled: { label: 'Cancelled', tone: 'bad' },
};

export const paymentStateWords: Readonly<Record<'unpaid' | 'partially_paid' | 'paid', StateWords>> = {
  unpaid: { label: 'Unpaid', tone: 'waiting' },
  partially_paid: { label: 'Partly paid', tone: 'progress' },
  paid: { label: 'Paid', tone: 'good' },
};

export const movementWords: Readonly<Record<MovementKind, string>> = {
  receipt: 'Receipt',
  issue: 'Issue',
  adjustment: 'Adjustment',
  transfer_out: 'Transfer out',
  transfer_in: 'Transfer in',
  count: 'Count',
  return_in: 'Return from customer',
  return_out: 'Return to vendor',
  reversal: 'Reversal',
};
