import { t } from '@lingui/core/macro';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const purchaseOrderRoutes = screenRoutes([
  {
    path: '/purchase-orders',
    title: t`Purchase orders`,
    permission: purchaseOrderKind.readWith,
    load: async () => (await import('./PurchaseOrderList.tsx')).PurchaseOrderList,
  },
  {
    path: '/purchase-orders/new',
    title: t`New purchase order`,
    permission: purchaseOrderKind.createWith,
    load: async () => (await import('./PurchaseOrderForms.tsx')).NewPurchaseOrder,
  },
  {
    path: '/purchase-orders/$id',
    title: t`Purchase order`,
    permission: purchaseOrderKind.readWith,
    load: async () => (await import('./PurchaseOrderScreen.tsx')).PurchaseOrderScreen,
  },
  {
    path: '/purchase-orders/$id/edit',
    title: t`Edit purchase order`,
    permission: purchaseOrderKind.commands.update.permission,
    load: async () => (await import('./PurchaseOrderForms.tsx')).EditPurchaseOrder,
  },
  {
    path: '/purchase-orders/$id/receive',
    title: t`Receive goods`,
    permission: purchaseOrderKind.commands.receive.permission,
    load: async () => (await import('./ReceiveScreen.tsx')).ReceiveScreen,
  },
]);
