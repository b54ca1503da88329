import type { ComponentType } from 'react';
import type { Permission } from '../../server/permissions/permissions.contract.ts';

/**
 * One screen of a domain. A domain exports its list from `<domain>.routes.ts`; renderer/main/routes.tsx joins them.
 * `load` is a dynamic import, so that a screen's code is fetched when it is first opened.
 */
export interface ScreenRoute {
  /** Absolute, with `$id` for the record: `/vendors/$id/edit`. */
  path: string;
  /** For the window's title until the screen sets its own. */
  title: string;
  /** Without it every employee may open the screen. */
  permission?: Permission;
  load: () => Promise<ComponentType>;
}

/** Gives the list its type. */
export function screenRoutes(routes: readonly ScreenRoute[]): readonly ScreenRoute[] {
  return routes;
}
