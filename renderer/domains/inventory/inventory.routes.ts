import { screenRoutes } from '../../lib/screen-routes.ts';

export const inventoryRoutes = screenRoutes([
  {
    path: '/inventory',
    title: 'Inventory',
    permission: 'inventory:read',
    load: async () => (await import('./StockList.tsx')).StockList,
  },
  {
    path: '/inventory/as-of',
    title: 'Stock as of',
    permission: 'inventory:read',
    load: async () => (await import('./StockAsOf.tsx')).StockAsOf,
  },
  {
    path: '/movements',
    title: 'Movements',
    permission: 'inventory:read',
    load: async () => (await import('./MovementList.tsx')).MovementList,
  },
]);
