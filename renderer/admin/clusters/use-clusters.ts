import { useQuery } from '@tanstack/react-query';
import type { ClusterHealth } from '../../../server/tenancy/tenants.contract.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { useTRPC } from '../../lib/services.tsx';

export interface ClustersView {
  items: readonly ClusterHealth[];
  loading: boolean;
  problem: { title: string; detail: string } | undefined;
  retry: () => void;
  /** True for the name of a server that did not answer when it was last asked. */
  isDown: (name: string) => boolean;
}

/** The PostgreSQL servers, read every few seconds; all parts of a screen share the answer. */
export function useClusters(): ClustersView {
  const trpc = useTRPC();
  const query = useQuery({
    // A server that hangs takes some seconds to time out: nothing else on the screen may wait for it.
    ...trpc.admin.tenants.clusters.queryOptions(undefined, { trpc: { context: { alone: true } } }),
    refetchInterval: 5000,
  });
  const items = query.data?.items ?? [];
  return {
    items,
    loading: query.isPending,
    problem: query.error ? wordsOf(query.error) : undefined,
    retry: () => void query.refetch(),
    isDown: (name) => items.some((cluster) => cluster.name === name && cluster.health === 'down'),
  };
}
