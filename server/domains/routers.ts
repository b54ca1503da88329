/** The procedures of the domains, by their names on the wire: a line for each. */
export { accountRouter as auth } from './account/account.router.ts';
export { customersRouter as customers } from './customers/customers.router.ts';
export { employeesRouter as employees } from './employees/employees.router.ts';
export { inventoryRouter as inventory } from './inventory/inventory.router.ts';
export { labelsRouter as labels } from './labels/labels.router.ts';
export { lotsRouter as lots } from './inventory/lots.router.ts';
export { productsRouter as products } from './products/products.router.ts';
export { purchaseOrdersRouter as purchaseOrders } from './purchase-orders/purchase-orders.router.ts';
export { reportsRouter as reports } from './reports/reports.router.ts';
export { rolesRouter as roles } from './roles/roles.router.ts';
export { salesOrdersRouter as salesOrders } from './sales-orders/sales-orders.router.ts';
export { settingsRouter as settings } from './settings/settings.router.ts';
export { vendorsRouter as vendors } from './vendors/vendors.router.ts';
export { warehousesRouter as warehouses } from './warehouses/warehouses.router.ts';
