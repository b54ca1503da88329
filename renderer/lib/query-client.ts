import { reportAbandonedMutations } from './left-mutations.ts';
import { holdRestartDuringChanges } from './under-way.ts';
import { MutationCache, QueryClient } from '@tanstack/react-query';

/**
 * Reads go on without a network (`networkMode: always`: the loopback of a warehouse has no internet), retries belong to
 * the API client's links alone. After any change everything on the screen is read again: totals, stock and states
 * hang together in more ways than a list of keys would remember.
 */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    mutationCache: new MutationCache({
      onSuccess: (_answer, _input, _context, mutation) => {
        if (mutation.meta?.keepQueries !== true) void client.invalidateQueries();
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        staleTime: 10_000,
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  reportAbandonedMutations(client.getMutationCache());
  holdRestartDuringChanges(client.getMutationCache());
  return client;
}
