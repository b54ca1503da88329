import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const purchaseOrderRoutes = screenRoutes([
  {
    path: '/purchase-orders',
    title: t`Purchase orders`,
    permission: 'purchase_orders:read',
    load: async () => (await import('./PurchaseOrderList.tsx')).PurchaseOrderList,
  },
  {
    path: '/purchase-orders/new',
    title: t`New purchase order`,
    permission: 'purchase_orders:create',
    load: async () => (await import('./PurchaseOrderForms.tsx')).NewPurchaseOrder,
  },
  {
    path: '/purchase-orders/$id',
    title: t`Purchase order`,
    permission: 'purchase_orders:read',
    load: async () => (await import('./PurchaseOrderScreen.tsx')).PurchaseOrderScreen,
  },
  {
    path: '/purchase-orders/$id/edit',
    title: t`Edit purchase order`,
    permission: 'purchase_orders:update',
    load: async () => (await import('./PurchaseOrderForms.tsx')).EditPurchaseOrder,
  },
  {
    path: '/purchase-orders/$id/receive',
    title: t`Receive goods`,
    permission: 'purchase_orders:receive',
    load: async () => (await import('./ReceiveScreen.tsx')).ReceiveScreen,
  },
]);
