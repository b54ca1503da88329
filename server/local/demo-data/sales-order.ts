import { sum, zero } from '../../ground/decimals.contract.ts';
import type { LineAmounts } from '../../documents/amounts.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import type { Reservation } from '../../domains/inventory/ledger.service.ts';
import type { DemoCustomer, DemoProduct, DemoWarehouse } from './masters.ts';

export interface DemoSalesLine {
  id: string;
  product: DemoProduct;
  ordered: Amount;
  reserved: Reservation[];
  /** Services are reserved without a place. */
  reservedService: Amount;
  backordered: Amount;
  shipped: Amount;
  cancelled: Amount;
  cost: Amount;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  amounts: LineAmounts;
}

export interface DemoSalesOrder {
  id: string;
  number: string;
  status: string;
  customer: DemoCustomer;
  warehouse: DemoWarehouse;
  day: number;
  interState: boolean;
  shipping: string;
  total: Amount;
  cancelledValue: Amount;
  paid: Amount;
  lines: DemoSalesLine[];
  header: object;
  confirmedAt: string | null;
  reason: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
}

export interface DemoShipment {
  id: string;
  number: string;
  order: DemoSalesOrder;
  at: string;
  mode: string;
  carrier: string | null;
  trackingNumber: string | null;
  lines: object[];
}

export interface DemoPayment {
  id: string;
  order: DemoSalesOrder;
  amount: Amount;
  day: number;
  reference: string;
}

export function reservedOf(line: DemoSalesLine): Amount {
  return sum(line.reserved.map((part) => part.quantity)).plus(line.reservedService);
}

/** What is still to be paid of an order that counts. */
export function owedOn(order: DemoSalesOrder): Amount {
  if (order.confirmedAt === null || order.status === 'cancelled') return zero;
  const open = order.total.minus(order.cancelledValue).minus(order.paid);
  return open.isNegative() ? zero : open;
}
