import { useMemo } from 'react';
import type { z } from 'zod';
import { usable } from '../../server/domains/kinds.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { seesField } from '../../server/permissions/visible-with.contract.ts';
import { useMe } from './services.tsx';

export interface ScreenAbility {
  /** Whether the server will allow it: the screen hides what it won't. The server decides again at every call. */
  can: (permission: Permission) => boolean;
  /** Whether the server shows a field of a record: a column or a field of a form that stays empty isn't shown either. */
  sees: <Shape extends z.core.$ZodShape>(record: z.ZodObject<Shape>, field: keyof Shape & string) => boolean;
}

/** `ability.can(vendorKind.createWith)`, `ability.sees(vendorSchema, 'totalSpent')`. */
export function useAbility(): ScreenAbility {
  const me = useMe();
  return useMemo(() => {
    const granted = new Set<Permission>(me.permissions);
    const can = (permission: Permission) => usable(granted, permission);
    return { can, sees: (record, field) => seesField(record, field, can) };
  }, [me.permissions]);
}
