import { t } from '@lingui/core/macro';
import type { PurchaseOrderStatus } from '../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type {
  SalesOrderRow,
  SalesOrderStatus,
} from '../../server/domains/sales-orders/sales-orders.contract.ts';
import type { MovementKind } from '../../server/domains/inventory/inventory.contract.ts';
import type { Tone } from '../ui/StatusBadge.tsx';

/** A state as it is shown. */
export interface StateWords {
  label: string;
  tone: Tone;
}

/** States of documents in words, the same in every list that shows them. */
export const purchaseOrderStateWords: Readonly<Record<PurchaseOrderStatus, StateWords>> = {
  draft: { label: t`Draft`, tone: 'neutral' },
  pending_approval: { label: t`To approve`, tone: 'waiting' },
  confirmed: { label: t`Confirmed`, tone: 'progress' },
  partially_delivered: { label: t`Partly delivered`, tone: 'progress' },
  delivered: { label: t`Delivered`, tone: 'good' },
  closed: { label: t`Closed`, tone: 'neutral' },
  cancelled: { label: t`Cancelled`, tone: 'bad' },
};

export const salesOrderStateWords: Readonly<Record<SalesOrderStatus, StateWords>> = {
  draft: { label: t`Draft`, tone: 'neutral' },
  confirmed: { label: t`Confirmed`, tone: 'progress' },
  partially_shipped: { label: t`Partly shipped`, tone: 'progress' },
  shipped: { label: t`Shipped`, tone: 'good' },
  delivered: { label: t`Delivered`, tone: 'good' },
  closed: { label: t`Closed`, tone: 'neutral' },
  cancelled: { label: t`Cancelled`, tone: 'bad' },
};

export const paymentStateWords: Readonly<Record<SalesOrderRow['paymentStatus'], StateWords>> = {
  unpaid: { label: t`Unpaid`, tone: 'waiting' },
  partially_paid: { label: t`Partly paid`, tone: 'progress' },
  paid: { label: t`Paid`, tone: 'good' },
  overpaid: { label: t`Overpaid`, tone: 'bad' },
};

export const movementWords: Readonly<Record<MovementKind, string>> = {
  receipt: t`Receipt`,
  issue: t`Issue`,
  adjustment: t`Adjustment`,
  transfer_out: t`Transfer out`,
  transfer_in: t`Transfer in`,
  count: t`Count`,
  return_in: t`Return from customer`,
  return_out: t`Return to vendor`,
  reversal: t`Reversal`,
};
