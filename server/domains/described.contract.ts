/** What the domains say of their kinds of records: a line for each. */
export * from './customers/customers.kinds.contract.ts';
export * from './employees/employees.kinds.contract.ts';
export * from './inventory/inventory.kinds.contract.ts';
export * from './products/products.kinds.contract.ts';
export * from './purchase-orders/purchase-orders.kinds.contract.ts';
export * from './roles/roles.kinds.contract.ts';
export * from './sales-orders/sales-orders.kinds.contract.ts';
export * from './settings/settings.kinds.contract.ts';
export * from './vendors/vendors.kinds.contract.ts';
export * from './warehouses/warehouses.kinds.contract.ts';
