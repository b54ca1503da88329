import { useQuery } from '@tanstack/react-query';
import { largestPage } from '../../../server/domains/list.contract.ts';
import { useTRPC } from '../../lib/services.tsx';

/** The organisations as choices of a filter, by name; the first of them when there are very many. */
export function useTenantOptions(): { value: string; label: string }[] {
  const trpc = useTRPC();
  const tenants = useQuery(
    trpc.admin.tenants.list.queryOptions({ limit: largestPage, sort: { by: 'name', direction: 'asc' } }),
  );
  return tenants.data?.items.map((tenant) => ({ value: tenant.id, label: tenant.name })) ?? [];
}
