/** The domains' additions to the closed lists of rights, refusals and words: a line for each domain. */
export { accountVocabulary } from './account.vocabulary.contract.ts';
export { auditVocabulary } from './audit.vocabulary.contract.ts';
export { customersVocabulary } from './customers.vocabulary.contract.ts';
export { employeesVocabulary } from './employees.vocabulary.contract.ts';
export { inventoryVocabulary } from './inventory.vocabulary.contract.ts';
export { labelsVocabulary } from './labels.vocabulary.contract.ts';
export { productsVocabulary } from './products.vocabulary.contract.ts';
export { purchaseOrdersVocabulary } from './purchase-orders.vocabulary.contract.ts';
export { reportsVocabulary } from './reports.vocabulary.contract.ts';
export { rolesVocabulary } from './roles.vocabulary.contract.ts';
export { salesOrdersVocabulary } from './sales-orders.vocabulary.contract.ts';
export { seeingVocabulary } from './seeing.vocabulary.contract.ts';
export { settingsVocabulary } from './settings.vocabulary.contract.ts';
export { vendorsVocabulary } from './vendors.vocabulary.contract.ts';
export { warehousesVocabulary } from './warehouses.vocabulary.contract.ts';
