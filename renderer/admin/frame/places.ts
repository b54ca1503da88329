import { t } from '@lingui/core/macro';
import { adminPaths } from '../admin-paths.ts';

export interface Place {
  to: string;
  label: string;
  /** Pressed after `g`. */
  key: string;
  /** Addresses below it. */
  below: string;
}

/** The operators' places, in the order of the band. */
export const places: readonly Place[] = [
  { to: adminPaths.tenants, label: t`Organisations`, key: 'o', below: '/tenants' },
  { to: adminPaths.clusters, label: t`Clusters`, key: 'c', below: '/clusters' },
  { to: adminPaths.migrations, label: t`Migrations`, key: 'm', below: '/migrations' },
  { to: adminPaths.sessions, label: t`Sessions`, key: 's', below: '/sessions' },
  { to: adminPaths.audit, label: t`Audit trail`, key: 'a', below: '/audit' },
];

export function isAt(place: Place, path: string): boolean {
  return path === place.to || path.startsWith(place.below);
}
