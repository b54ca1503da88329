import { useQuery } from '@tanstack/react-query';
import { largestPage } from '../../../server/domains/list.contract.ts';
import type { WarehouseRow } from '../../../server/domains/warehouses/warehouses.contract.ts';
import { useTRPC } from '../services.tsx';

/** All warehouses, by code. */
export function useWarehouses(): readonly WarehouseRow[] {
  const trpc = useTRPC();
  const warehouses = useQuery(
    trpc.warehouses.list.queryOptions(
      { limit: largestPage, sort: { by: 'code', direction: 'asc' } },
      { staleTime: 60_000 },
    ),
  );
  return warehouses.data?.items ?? none;
}

const none: readonly WarehouseRow[] = [];

/** The warehouses as choices of a filter or a field. */
export function useWarehouseOptions(): { value: string; label: string; code: string }[] {
  return useWarehouses().map((row) => ({
    value: row.id,
    label: `${row.code} ${row.name}`,
    code: row.code,
  }));
}
