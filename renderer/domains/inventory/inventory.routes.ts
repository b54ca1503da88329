import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const inventoryRoutes = screenRoutes([
  {
    path: '/inventory',
    title: t`Inventory`,
    permission: 'inventory:read',
    load: async () => (await import('./StockList.tsx')).StockList,
  },
  {
    path: '/inventory/as-of',
    title: t`Stock as of`,
    permission: 'inventory:read',
    load: async () => (await import('./StockAsOf.tsx')).StockAsOf,
  },
  {
    path: '/movements',
    title: t`Movements`,
    permission: 'inventory:read',
    load: async () => (await import('./MovementList.tsx')).MovementList,
  },
]);
