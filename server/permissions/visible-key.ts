import type { SortKey } from '../db/keyset.ts';
import { requirePermission } from './abilities.ts';
import type { Permission } from './permissions.contract.ts';

/** A sort key whose values are visible with a permission only. */
export function visibleKey(permission: Permission, key: SortKey): SortKey {
  return { ...key, requireSight: (viewer) => requirePermission(viewer, permission) };
}
