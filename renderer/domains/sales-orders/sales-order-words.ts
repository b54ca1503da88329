import type {
  SalesOrderStatus,
  Shipment,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import type { StatusTab } from '../../ui/StatusTabs.tsx';

const open: readonly SalesOrderStatus[] = ['confirmed', 'partially_shipped'];

/** Goods still have to leave. */
export function isOpen(status: SalesOrderStatus): boolean {
  return open.includes(status);
}

export const salesOrderTabs: readonly StatusTab[] = [
  { label: 'All', states: [] },
  { label: 'Drafts', states: ['draft'] },
  { label: 'To ship', states: open },
  { label: 'Shipped', states: ['shipped'] },
  { label: 'Delivered', states: ['delivered'] },
  { label: 'Closed', states: ['closed'] },
  { label: 'Cancelled', states: ['cancelled'] },
];

/** Promised before today and not all shipped. Days compare as text. */
export function isLate(
  order: { status: SalesOrderStatus; promisedDate: string | null },
  today: string,
): boolean {
  return isOpen(order.status) && order.promisedDate !== null && order.promisedDate < today;
}

export const shipmentModeWords: Readonly<Record<Shipment['mode'], string>> = {
  road: 'Road',
  rail: 'Rail',
  air: 'Air',
  sea: 'Sea',
  courier: 'Courier',
  pickup: 'Picked up by the customer',
};
