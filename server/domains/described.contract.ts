/** The kinds of records that the domains describe: a line for each domain. */
export { customerKind } from './customers/customers.kinds.contract.ts';
export { employeeKind } from './employees/employees.kinds.contract.ts';
export { lotKind, stockMovementKind } from './inventory/inventory.kinds.contract.ts';
export { productKind } from './products/products.kinds.contract.ts';
export { goodsReceiptKind, purchaseOrderKind } from './purchase-orders/purchase-orders.kinds.contract.ts';
export { roleKind } from './roles/roles.kinds.contract.ts';
export { paymentKind, salesOrderKind, shipmentKind } from './sales-orders/sales-orders.kinds.contract.ts';
export { settingsKind } from './settings/settings.kinds.contract.ts';
export { vendorKind } from './vendors/vendors.kinds.contract.ts';
export { binKind, warehouseKind } from './warehouses/warehouses.kinds.contract.ts';
