import type { StateTable } from '../../documents/states.ts';
import type { SalesOrderCommand, SalesOrderStatus } from './sales-orders.contract.ts';

/** What can be done with a sales order in each of its states. */
export const salesOrderStates: StateTable<SalesOrderStatus, SalesOrderCommand> = {
  draft: ['update', 'confirm', 'cancel'],
  confirmed: ['reserve', 'ship', 'revise', 'recordPayment', 'closeLine', 'close', 'cancel'],
  partially_shipped: ['reserve', 'ship', 'revise', 'recordPayment', 'closeLine', 'close'],
  shipped: ['deliver', 'recordPayment', 'close'],
  delivered: ['recordPayment', 'close'],
  closed: ['recordPayment'],
  cancelled: [],
};
