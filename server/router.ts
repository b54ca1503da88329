import { auditRouter } from './admin/audit/audit.router.ts';
import { migrationsRouter } from './admin/migrations/migrations.router.ts';
import { sessionsRouter } from './admin/sessions/sessions.router.ts';
import { tenantsRouter } from './admin/tenants/tenants.router.ts';
import { accountRouter } from './domains/account/account.router.ts';
import { customersRouter } from './domains/customers/customers.router.ts';
import { employeesRouter } from './domains/employees/employees.router.ts';
import { inventoryRouter } from './domains/inventory/inventory.router.ts';
import { productsRouter } from './domains/products/products.router.ts';
import { purchaseOrdersRouter } from './domains/purchase-orders/purchase-orders.router.ts';
import { reportsRouter } from './domains/reports/reports.router.ts';
import { rolesRouter } from './domains/roles/roles.router.ts';
import { salesOrdersRouter } from './domains/sales-orders/sales-orders.router.ts';
import { settingsRouter } from './domains/settings/settings.router.ts';
import { vendorsRouter } from './domains/vendors/vendors.router.ts';
import { warehousesRouter } from './domains/warehouses/warehouses.router.ts';
import { router } from './ladder/trpc.ts';

/** Every procedure there is, by its name on the wire. */
export const appRouter = router({
  auth: accountRouter,
  vendors: vendorsRouter,
  products: productsRouter,
  customers: customersRouter,
  warehouses: warehousesRouter,
  purchaseOrders: purchaseOrdersRouter,
  salesOrders: salesOrdersRouter,
  inventory: inventoryRouter,
  employees: employeesRouter,
  roles: rolesRouter,
  settings: settingsRouter,
  reports: reportsRouter,
  admin: router({
    tenants: tenantsRouter,
    migrations: migrationsRouter,
    sessions: sessionsRouter,
    audit: auditRouter,
  }),
});

export type AppRouter = typeof appRouter;
