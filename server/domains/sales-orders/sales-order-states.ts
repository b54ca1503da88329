import type { StateTable } from '../../documents/states.ts';
import type { SalesOrderCommand, SalesOrderStatus } from './sales-orders.contract.ts';

/** What can be done with a sales order in each of its states. */
export const salesOrderStates: StateTable<SalesOrderStatus, SalesOrderCommand> = {
  draft: ['update', 'confirm', 'cancel'],
  confirmed: ['reserve', 'ship', 'revise', 'recordPayment', 'reversePayment', 'closeLine', 'close', 'cancel'],
  partially_shipped: ['reserve', 'ship', 'revise', 'recordPayment', 'reversePayment', 'closeLine', 'close'],
  shipped: ['deliver', 'recordPayment', 'reversePayment', 'close'],
  delivered: ['recordPayment', 'reversePayment', 'close'],
  closed: ['recordPayment', 'reversePayment'],
  cancelled: ['reversePayment'],
};
