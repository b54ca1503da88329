import { t } from '@lingui/core/macro';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
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
]);
