import type { ReactNode } from 'react';
import { stockMovementKind } from '../../server/domains/inventory/inventory.kinds.contract.ts';
import { purchaseOrderKind } from '../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { salesOrderKind } from '../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { AppLink } from '../ui/AppLink.tsx';
import { useAbility } from './ability.ts';
import { paths } from './paths.ts';
import { writePlainSearch } from './search-params.ts';

/** A figure that stock movements explain opens them, for people who may see them. */
export function MovementsLink({
  of,
  children,
}: {
  of: { productId?: string | undefined; warehouseId?: string; binId?: string; documentId?: string };
  children: ReactNode;
}) {
  if (!useAbility().can(stockMovementKind.readWith)) return children;
  return (
    <AppLink look="figure" to={`${paths.movements}${writePlainSearch(of)}`} tabIndex={-1}>
      {children}
    </AppLink>
  );
}

const waiting = {
  purchase: {
    list: paths.purchaseOrders,
    permission: purchaseOrderKind.readWith,
    status: ['confirmed', 'partially_delivered'],
  },
  sale: {
    list: paths.salesOrders,
    permission: salesOrderKind.readWith,
    status: ['confirmed', 'partially_shipped'],
  },
} as const;

/** The quantity in transit opens the purchase orders it is on; a reserved or waiting quantity, the sales orders. */
export function OpenOrdersLink({
  side,
  of,
  children,
}: {
  side: keyof typeof waiting;
  of: { productId: string; warehouseId?: string };
  children: ReactNode;
}) {
  const { list, permission, status } = waiting[side];
  if (!useAbility().can(permission)) return children;
  return (
    <AppLink look="figure" to={`${list}${writePlainSearch({ ...of, status })}`} tabIndex={-1}>
      {children}
    </AppLink>
  );
}
