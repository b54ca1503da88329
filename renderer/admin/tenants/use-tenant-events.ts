import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Tenant, TenantEvent } from '../../../server/tenancy/tenants.contract.ts';
import type { TenantStatus } from '../../../server/control-plane/tenant-status.contract.ts';
import { useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { isUnderWay } from './tenant-words.ts';

/** Milliseconds between two looks while something is under way: a step takes tens of them. */
const lookEvery = 250;
/** And otherwise: another operator, or the command line, may begin something. */
const glanceEvery = 5000;

export interface TenantEvents {
  status: TenantStatus;
  items: readonly TenantEvent[];
}

/** All events of a tenant, oldest first. Known ones are not fetched again. */
export function useTenantEvents(tenant: Pick<Tenant, 'id' | 'status' | 'movingTo'>) {
  const { id, status, movingTo } = tenant;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const queryKey = [...trpc.admin.tenants.events.queryKey({ id }), 'all'];
  return useQuery({
    queryKey,
    queryFn: async (): Promise<TenantEvents> => {
      const items = [...(queries.getQueryData<TenantEvents>(queryKey)?.items ?? [])];
      for (;;) {
        const page = await client.admin.tenants.events.query({ id, after: items.at(-1)?.seq ?? 0 });
        items.push(...page.items);
        // The most that the server returns at once; a long-lived tenant has more.
        if (page.items.length === 0) return { status: page.status, items };
      }
    },
    refetchInterval: (query) =>
      isUnderWay({ status: query.state.data?.status ?? status, movingTo }) ? lookEvery : glanceEvery,
  });
}
