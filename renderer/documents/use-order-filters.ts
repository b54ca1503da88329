import type { z } from 'zod';
import { useListState, type ListState } from '../lib/list-state.ts';

/** The filters that all lists of orders share, read from their address. Impossible values are left out. */
export interface OrderFilters<Status extends string> {
  list: ListState;
  status: Status[];
  partyId: string | undefined;
  productId: string | undefined;
  orderedFrom: string | undefined;
  orderedTo: string | undefined;
  /** Ready for the list's input, the party by its own name beside it. */
  filter: {
    status?: Status[];
    warehouseId?: string;
    productId?: string;
    orderedFrom?: string;
    orderedTo?: string;
  };
}

export function useOrderFilters<Status extends string>(
  statusSchema: z.ZodType<Status>,
  partyField: string,
): OrderFilters<Status> {
  const list = useListState({ by: 'orderDate', direction: 'desc' });
  const status = list.many('status')?.flatMap((one) => statusSchema.safeParse(one).data ?? []) ?? [];
  const warehouseId = list.record('warehouseId');
  const productId = list.record('productId');
  const orderedFrom = list.day('from');
  const orderedTo = list.day('to');
  return {
    list,
    status,
    partyId: list.record(partyField),
    productId,
    orderedFrom,
    orderedTo,
    filter: {
      ...(status.length > 0 ? { status } : {}),
      ...(warehouseId ? { warehouseId } : {}),
      ...(productId ? { productId } : {}),
      ...(orderedFrom ? { orderedFrom } : {}),
      ...(orderedTo ? { orderedTo } : {}),
    },
  };
}
