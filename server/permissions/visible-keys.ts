import type { z } from 'zod';
import type { SortKey } from '../db/keyset.ts';
import { requirePermission } from './abilities.ts';
import { requirementOf } from './visible-with.contract.ts';

/**
 * The sort keys of a list whose rows are `row`: a key has the name of the field it sorts by, and a person who may not
 * see the field may not sort by it.
 */
export function visibleKeys<By extends string>(
  row: z.ZodObject,
  keys: Readonly<Record<By, SortKey>>,
): Record<By, SortKey> {
  const shape: Readonly<Record<string, z.core.$ZodType | undefined>> = row.shape;
  const guarded = Object.entries<SortKey>(keys).map(([name, key]): [string, SortKey] => {
    const field = shape[name];
    const permission = field && requirementOf(field);
    if (permission === undefined) return [name, key];
    return [name, { ...key, requireSight: (viewer) => requirePermission(viewer, permission) }];
  });
  return Object.fromEntries(guarded) as Record<By, SortKey>;
}
