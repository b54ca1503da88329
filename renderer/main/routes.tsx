import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { accountRoutes } from '../domains/account/account.routes.ts';
import { auditRoutes } from '../domains/audit/audit.routes.ts';
import { customerRoutes } from '../domains/customers/customers.routes.ts';
import { dashboardRoutes } from '../domains/dashboard/dashboard.routes.ts';
import { documents } from '../domains/documents.ts';
import { employeeRoutes } from '../domains/employees/employees.routes.ts';
import { inventoryRoutes } from '../domains/inventory/inventory.routes.ts';
import { productRoutes } from '../domains/products/products.routes.ts';
import { roleRoutes } from '../domains/roles/roles.routes.ts';
import { settingsRoutes } from '../domains/settings/settings.routes.ts';
import { vendorRoutes } from '../domains/vendors/vendors.routes.ts';
import { warehouseRoutes } from '../domains/warehouses/warehouses.routes.ts';
import { loadPart } from '../lib/app-parts.ts';
import type { ScreenRoute } from '../lib/screen-routes.ts';
import { parsePlainSearch, writePlainSearch, type PlainSearch } from '../lib/search-params.ts';
import { ScreenFailed, ScreenFrame, ScreenNotFound, ScreenPending } from './shell/ScreenFrame.tsx';

import { Shell } from './shell/Shell.tsx';

const screens: readonly ScreenRoute[] = [
  ...dashboardRoutes,
  ...vendorRoutes,
  ...customerRoutes,
  ...productRoutes,
  ...inventoryRoutes,
  ...warehouseRoutes,
  ...employeeRoutes,
  ...roleRoutes,
  ...auditRoutes,
  ...settingsRoutes,
  ...accountRoutes,
  ...documents.flatMap(({ routes }) => routes),
];

/** What fetches the code of each screen. */
export const screenLoaders = screens.map(({ load }) => load);

/**
 * The router over all domains' screens. Plain paths (no hash): the desktop's `app://main/…` and the API server both
 * answer every path with the same page, so that a link can be opened in a new window or sent to a colleague.
 */
export function createAppRouter() {
  const root = createRootRoute({
    component: Shell,
    validateSearch: (search): PlainSearch => search as PlainSearch,
  });
  const children = screens.map((route) => {
    // The router's own type is for a component known by name; here it is whatever the domain's list loads.
    const Screen = lazyRouteComponent<{ default: ComponentType }, 'default'>(async () => ({
      default: await loadPart(route.load),
    })) as ComponentType & { preload?: () => Promise<void> };
    function FramedScreen() {
      return (
        <ScreenFrame route={route}>
          <Screen />
        </ScreenFrame>
      );
    }
    return createRoute({
      getParentRoute: () => root,
      path: route.path,
      component: Object.assign(FramedScreen, { preload: Screen.preload }),
    });
  });
  return createRouter({
    routeTree: root.addChildren(children),
    history: createBrowserHistory(),
    parseSearch: parsePlainSearch,
    stringifySearch: writePlainSearch,
    defaultErrorComponent: ScreenFailed,
    defaultNotFoundComponent: ScreenNotFound,
    defaultPendingComponent: ScreenPending,
    defaultPendingMs: 200,
    defaultPreload: false,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
  });
}
