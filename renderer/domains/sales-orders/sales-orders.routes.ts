import { t } from '@lingui/core/macro';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const salesOrderRoutes = screenRoutes([
  {
    path: '/sales-orders',
    title: t`Sales orders`,
    permission: salesOrderKind.readWith,
    load: async () => (await import('./SalesOrderList.tsx')).SalesOrderList,
  },
  {
    path: '/sales-orders/new',
    title: t`New sales order`,
    permission: salesOrderKind.createWith,
    load: async () => (await import('./SalesOrderForms.tsx')).NewSalesOrder,
  },
  {
    path: '/sales-orders/$id',
    title: t`Sales order`,
    permission: salesOrderKind.readWith,
    load: async () => (await import('./SalesOrderScreen.tsx')).SalesOrderScreen,
  },
  {
    path: '/sales-orders/$id/edit',
    title: t`Edit sales order`,
    permission: salesOrderKind.commands.update.permission,
    load: async () => (await import('./SalesOrderForms.tsx')).EditSalesOrder,
  },
  {
    path: '/sales-orders/$id/ship',
    title: t`Ship goods`,
    permission: salesOrderKind.commands.ship.permission,
    load: async () => (await import('./ShipScreen.tsx')).ShipScreen,
  },
]);
