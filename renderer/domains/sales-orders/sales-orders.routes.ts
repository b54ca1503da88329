import { screenRoutes } from '../../lib/screen-routes.ts';

export const salesOrderRoutes = screenRoutes([
  {
    path: '/sales-orders',
    title: 'Sales orders',
    permission: 'sales_orders:read',
    load: async () => (await import('./SalesOrderList.tsx')).SalesOrderList,
  },
  {
    path: '/sales-orders/new',
    title: 'New sales order',
    permission: 'sales_orders:create',
    load: async () => (await import('./SalesOrderForms.tsx')).NewSalesOrder,
  },
  {
    path: '/sales-orders/$id',
    title: 'Sales order',
    permission: 'sales_orders:read',
    load: async () => (await import('./SalesOrderScreen.tsx')).SalesOrderScreen,
  },
  {
    path: '/sales-orders/$id/edit',
    title: 'Edit sales order',
    permission: 'sales_orders:update',
    load: async () => (await import('./SalesOrderForms.tsx')).EditSalesOrder,
  },
  {
    path: '/sales-orders/$id/ship',
    title: 'Ship goods',
    permission: 'sales_orders:ship',
    load: async () => (await import('./ShipScreen.tsx')).ShipScreen,
  },
]);
