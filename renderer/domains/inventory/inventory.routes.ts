import { t } from '@lingui/core/macro';
import { lotKind, stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const inventoryRoutes = screenRoutes([
  {
    path: '/inventory',
    title: t`Inventory`,
    permission: stockMovementKind.readWith,
    load: async () => (await import('./StockList.tsx')).StockList,
  },
  {
    path: '/inventory/as-of',
    title: t`Stock as of`,
    permission: stockMovementKind.readWith,
    load: async () => (await import('./StockAsOf.tsx')).StockAsOf,
  },
  {
    path: '/movements',
    title: t`Movements`,
    permission: stockMovementKind.readWith,
    load: async () => (await import('./MovementList.tsx')).MovementList,
  },
  {
    path: '/lots',
    title: t`Lots`,
    permission: lotKind.readWith,
    load: async () => (await import('./LotList.tsx')).LotList,
  },
  {
    path: '/lots/$id',
    title: t`Lot`,
    permission: lotKind.readWith,
    load: async () => (await import('./LotScreen.tsx')).LotScreen,
  },
]);
