import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const salesOrderRoutes = screenRoutes([
  {
    path: '/sales-orders',
    title: t`Sales orders`,
    permission: 'sales_orders:read',
    load: async () => (await import('./SalesOrderList.tsx')).SalesOrderList,
  },
  {
    path: '/sales-orders/new',
    title: t`New sales order`,
    permission: 'sales_orders:create',
    load: async () => (await import('./SalesOrderForms.tsx')).NewSalesOrder,
  },
  {
    path: '/sales-orders/$id',
    title: t`Sales order`,
    permission: 'sales_orders:read',
    load: async () => (await import('./SalesOrderScreen.tsx')).SalesOrderScreen,
  },
  {
    path: '/sales-orders/$id/edit',
    title: t`Edit sales order`,
    permission: 'sales_orders:update',
    load: async () => (await import('./SalesOrderForms.tsx')).EditSalesOrder,
  },
  {
    path: '/sales-orders/$id/ship',
    title: t`Ship goods`,
    permission: 'sales_orders:ship',
    load: async () => (await import('./ShipScreen.tsx')).ShipScreen,
  },
]);
