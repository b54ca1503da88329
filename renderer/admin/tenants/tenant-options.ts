import { useQuery } from '@tanstack/react-query';
import type { Tenant } from '../../../server/tenancy/tenants.contract.ts';
import { largestPage } from '../../../server/ground/list.contract.ts';
import { useTRPC, useTRPCClient } from '../../lib/services.tsx';

/** More organisations than this don't fit into a list of choices; the link from an organisation's page still works. */
const most = 2000;

/** All organisations by name, as choices of a filter. */
export function useTenantOptions(): { value: string; label: string }[] {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const tenants = useQuery({
    queryKey: [...trpc.admin.tenants.list.queryKey(), 'choices'],
    staleTime: 60_000,
    queryFn: async () => {
      const found: Tenant[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: Tenant[]; nextCursor: string | null } = await client.admin.tenants.list.query({
          limit: largestPage,
          sort: { by: 'name', direction: 'asc' },
          ...(cursor === null ? {} : { cursor }),
        });
        found.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && found.length < most);
      return found.map(({ id, name }) => ({ value: id, label: name }));
    },
  });
  return tenants.data ?? [];
}
