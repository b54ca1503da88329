import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { largestPage } from '../../server/ground/list.contract.ts';
import { hasWords } from '../../server/ground/search-key.contract.ts';
import type { WarehouseRow } from '../../server/domains/warehouses/warehouses.contract.ts';
import { noWarehouse, type RecordSource } from '../lib/record-search.ts';
import { useTRPC } from '../lib/services.tsx';

/** The one request for all warehouses that fields and filters choose from. */
function useWarehouseList() {
  const trpc = useTRPC();
  return useMemo(
    () =>
      trpc.warehouses.list.queryOptions(
        { limit: largestPage, sort: { by: 'code', direction: 'asc' } },
        { staleTime: 60_000 },
      ),
    [trpc],
  );
}

/** All warehouses, by code. */
export function useWarehouses(): readonly WarehouseRow[] {
  return useQuery(useWarehouseList()).data?.items ?? none;
}

const none = [] as const;

interface WarehouseOption {
  value: string;
  label: string;
  code: string;
}

/** The warehouses as choices of a field; none while they are on their way. */
export function useWarehouseOptions(): readonly WarehouseOption[] {
  return useWarehouseChoices() ?? none;
}

/** The warehouses as choices of a filter; undefined while they are on their way. */
export function useWarehouseChoices(): readonly WarehouseOption[] | undefined {
  return useQuery(useWarehouseList()).data?.items.map((row) => ({
    value: row.id,
    label: `${row.code} ${row.name}`,
    code: row.code,
  }));
}

/** Those in use for a field that is typed into: it waits for the list when it isn't here yet. */
export function useWarehouseSource(): RecordSource {
  const list = useWarehouseList();
  const queries = useQueryClient();
  return useMemo(
    () => ({
      name: 'warehouse-field',
      none: noWarehouse(),
      search: async (text: string) => {
        const { items } = await queries.fetchQuery(list);
        return items
          .filter((row) => row.status === 'active' && hasWords(`${row.code} ${row.name}`, text))
          .map((row) => ({ id: row.id, code: row.code, label: row.name, data: row }));
      },
    }),
    [list, queries],
  );
}
