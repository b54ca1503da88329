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
  { to: adminPaths.tenants, label: 'Organisations', key: 'o', below: '/tenants' },
  { to: adminPaths.clusters, label: 'Clusters', key: 'c', below: '/clusters' },
  { to: adminPaths.migrations, label: 'Migrations', key: 'm', below: '/migrations' },
  { to: adminPaths.sessions, label: 'Sessions', key: 's', below: '/sessions' },
  { to: adminPaths.audit, label: 'Audit trail', key: 'a', below: '/audit' },
];

export function isAt(place: Place, path: string): boolean {
  return path === place.to || path.startsWith(place.below);
}
