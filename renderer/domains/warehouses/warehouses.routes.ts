import { t } from '@lingui/core/macro';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const warehouseRoutes = screenRoutes([
  {
    path: '/warehouses',
    title: t`Warehouses`,
    permission: warehouseKind.readWith,
    load: async () => (await import('./WarehouseList.tsx')).WarehouseList,
  },
  {
    path: '/warehouses/new',
    title: t`New warehouse`,
    permission: warehouseKind.createWith,
    load: async () => (await import('./WarehouseForms.tsx')).NewWarehouse,
  },
  {
    path: '/warehouses/$id',
    title: t`Warehouse`,
    permission: warehouseKind.readWith,
    load: async () => (await import('./WarehouseScreen.tsx')).WarehouseScreen,
  },
  {
    path: '/warehouses/$id/edit',
    title: t`Edit warehouse`,
    permission: warehouseKind.updateWith,
    load: async () => (await import('./WarehouseForms.tsx')).EditWarehouse,
  },
]);
