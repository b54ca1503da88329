import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { AppRouter } from '../../server/router.ts';
import type { Me } from '../../server/domains/account/account.contract.ts';
import { createApiClient, type ApiClient } from './api-client.ts';
import { openAuthBridge, type AuthBridge } from './auth-bridge.ts';
import { loadConnection, type ServiceAddresses } from './connection.ts';
import { createQueryClient } from './query-client.ts';
import { Reachability } from './reachability.ts';
import { SessionKeeper, type SessionState } from './session.ts';
import { TokenSource } from './token-source.ts';

/**
 * `const trpc = useTRPC(); useQuery(trpc.vendors.get.queryOptions({ id }))`,
 * `useMutation(trpc.vendors.create.mutationOptions())`; `useTRPCClient()` for a call outside of a query.
 */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** What the window is built on, made once at its start. */
export interface Services {
  connection: ServiceAddresses;
  auth: AuthBridge;
  client: ApiClient;
  queries: QueryClient;
  session: SessionKeeper;
  reachability: Reachability;
}

/**
 * Connects to the services; the operators' window gives the addresses and the sign-in of its own bridge.
 * @throws Error when the addresses can't be had.
 */
export async function createServices(given?: Pick<Services, 'connection' | 'auth'>): Promise<Services> {
  const connection = given?.connection ?? (await loadConnection());
  const auth = given?.auth ?? (await openAuthBridge(connection));
  const tokens = new TokenSource(auth);
  const reachability = new Reachability(connection.apiUrl);
  const queries = createQueryClient();
  const session = new SessionKeeper(auth, tokens);
  const client = createApiClient({
    apiUrl: connection.apiUrl,
    tokens,
    reachability,
    onSessionEnd: (reason) => {
      session.end(reason);
    },
    onForbidden: () => {
      session.refused();
    },
  });
  let shownTo: string | null = null;
  session.subscribe(() => {
    // The next person must see nothing of this one's data, and another company nothing of this one's.
    const { state } = session;
    const seer = state.stage === 'open' ? viewerKey(state.me) : shownTo;
    if (state.stage === 'signedOut' || seer !== shownTo) queries.clear();
    shownTo = seer;
  });
  let wasReachable = true;
  reachability.subscribe(() => {
    if (reachability.reachable && !wasReachable) void queries.invalidateQueries();
    wasReachable = reachability.reachable;
  });
  return { connection, auth, client, queries, session, reachability };
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return (
    <ServicesContext value={services}>
      <QueryClientProvider client={services.queries}>
        <TRPCProvider trpcClient={services.client} queryClient={services.queries}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
    </ServicesContext>
  );
}

/** Whose eyes data is for: the person, in their company. */
export function viewerKey({ user, tenant }: Me): string {
  return `${user.id} ${tenant?.id ?? ''}`;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices needs the ServicesProvider above it');
  return services;
}

export function useSessionState(): SessionState {
  const { session } = useServices();
  return useSyncExternalStore(session.subscribe, () => session.state);
}

/** The signed-in person; screens are only mounted while there is one. */
export function useMe(): Me {
  const state = useSessionState();
  if (state.stage !== 'open') throw new Error('useMe is for screens behind the sign-in');
  return state.me;
}
