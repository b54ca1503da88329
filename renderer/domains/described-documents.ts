/** The screens of every kind of document: a line for each. */
export { purchaseOrderScreens } from './purchase-orders/purchase-orders.routes.ts';
export { salesOrderScreens } from './sales-orders/sales-orders.routes.ts';
