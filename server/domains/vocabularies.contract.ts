/** What the domains add to the closed lists of rights, refusals and words: a line for each domain. */
export { accountVocabulary } from './account/account.vocabulary.contract.ts';
export { auditVocabulary } from './audit/audit.vocabulary.contract.ts';
export { customersVocabulary } from './customers/customers.vocabulary.contract.ts';
export { employeesVocabulary } from './employees/employees.vocabulary.contract.ts';
export { inventoryVocabulary } from './inventory/inventory.vocabulary.contract.ts';
export { productsVocabulary } from './products/products.vocabulary.contract.ts';
export { purchaseOrdersVocabulary } from './purchase-orders/purchase-orders.vocabulary.contract.ts';
export { reportsVocabulary } from './reports/reports.vocabulary.contract.ts';
export { rolesVocabulary } from './roles/roles.vocabulary.contract.ts';
export { salesOrdersVocabulary } from './sales-orders/sales-orders.vocabulary.contract.ts';
export { seeingVocabulary } from './seeing.vocabulary.contract.ts';
export { settingsVocabulary } from './settings/settings.vocabulary.contract.ts';
export { vendorsVocabulary } from './vendors/vendors.vocabulary.contract.ts';
export { warehousesVocabulary } from './warehouses/warehouses.vocabulary.contract.ts';
