import { t } from '@lingui/core/macro';
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { parsePlainSearch, writePlainSearch, type PlainSearch } from '../lib/search-params.ts';
import { EmptyState } from '../ui/States.tsx';
import { AppLink } from '../ui/AppLink.tsx';
import { Frame } from './frame/Frame.tsx';

const root = createRootRoute({
  component: Frame,
  validateSearch: (search): PlainSearch => search as PlainSearch,
  notFoundComponent: () => (
    <EmptyState
      title={t`There is no such page`}
      text={t`The address leads nowhere.`}
      action={<AppLink to="/">{t`All organisations`}</AppLink>}
    />
  ),
});

const at = { getParentRoute: () => root };

const tree = root.addChildren([
  createRoute({
    ...at,
    path: '/',
    component: lazyRouteComponent(() => import('./tenants/TenantsScreen.tsx'), 'TenantsScreen'),
  }),
  createRoute({
    ...at,
    path: '/tenants/new',
    component: lazyRouteComponent(() => import('./tenants/ProvisionScreen.tsx'), 'ProvisionScreen'),
  }),
  createRoute({
    ...at,
    path: '/tenants/$id',
    component: lazyRouteComponent(() => import('./tenants/TenantScreen.tsx'), 'TenantScreen'),
  }),
  createRoute({
    ...at,
    path: '/clusters',
    component: lazyRouteComponent(() => import('./clusters/ClustersScreen.tsx'), 'ClustersScreen'),
  }),
  createRoute({
    ...at,
    path: '/migrations',
    component: lazyRouteComponent(() => import('./migrations/MigrationsScreen.tsx'), 'MigrationsScreen'),
  }),
  createRoute({
    ...at,
    path: '/sessions',
    component: lazyRouteComponent(() => import('./sessions/SessionsScreen.tsx'), 'SessionsScreen'),
  }),
  createRoute({
    ...at,
    path: '/audit',
    component: lazyRouteComponent(() => import('./audit/AuditScreen.tsx'), 'AuditScreen'),
  }),
]);

/** Addresses stand behind the #, so that one document serves them under app:// and below any folder of a web server. */
export const adminRouter = createRouter({
  routeTree: tree,
  history: createHashHistory(),
  parseSearch: parsePlainSearch,
  stringifySearch: writePlainSearch,
  defaultPreload: 'intent',
});
