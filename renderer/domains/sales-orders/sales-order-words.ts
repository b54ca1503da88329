import { t } from '@lingui/core/macro';
import type {
  SalesOrderRow,
  SalesOrderStatus,
  Shipment,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import type { StateWords } from '../../ui/StatusBadge.tsx';
import type { StatusTab } from '../../ui/StatusTabs.tsx';

/** The states of a sales order, and of what is paid on it, the same wherever they are shown. */
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

const open: readonly SalesOrderStatus[] = ['confirmed', 'partially_shipped'];

/** Goods still have to leave. */
export function isOpen(status: SalesOrderStatus): boolean {
  return open.includes(status);
}

export const salesOrderTabs: readonly StatusTab[] = [
  { label: t`All`, states: [] },
  { label: t`Drafts`, states: ['draft'] },
  { label: t`To ship`, states: open },
  { label: t`Shipped`, states: ['shipped'] },
  { label: t`Delivered`, states: ['delivered'] },
  { label: t`Closed`, states: ['closed'] },
  { label: t`Cancelled`, states: ['cancelled'] },
];

/** Nothing comes of it any more. */
export function hasEnded(status: SalesOrderStatus): boolean {
  return status === 'closed' || status === 'cancelled';
}

/** Promised before today and not all shipped. Days compare as text. */
export function isLate(
  order: { status: SalesOrderStatus; promisedDate: string | null },
  today: string,
): boolean {
  return isOpen(order.status) && order.promisedDate !== null && order.promisedDate < today;
}

export const shipmentModeWords: Readonly<Record<Shipment['mode'], string>> = {
  road: t`Road`,
  rail: t`Rail`,
  air: t`Air`,
  sea: t`Sea`,
  courier: t`Courier`,
  pickup: t`Picked up by the customer`,
};
