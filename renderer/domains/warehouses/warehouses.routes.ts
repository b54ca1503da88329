import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const warehouseRoutes = screenRoutes([
  {
    path: '/warehouses',
    title: t`Warehouses`,
    permission: 'warehouses:read',
    load: async () => (await import('./WarehouseList.tsx')).WarehouseList,
  },
  {
    path: '/warehouses/new',
    title: t`New warehouse`,
    permission: 'warehouses:create',
    load: async () => (await import('./WarehouseForms.tsx')).NewWarehouse,
  },
  {
    path: '/warehouses/$id',
    title: t`Warehouse`,
    permission: 'warehouses:read',
    load: async () => (await import('./WarehouseScreen.tsx')).WarehouseScreen,
  },
  {
    path: '/warehouses/$id/edit',
    title: t`Edit warehouse`,
    permission: 'warehouses:update',
    load: async () => (await import('./WarehouseForms.tsx')).EditWarehouse,
  },
]);
