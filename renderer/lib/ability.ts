import { useMemo } from 'react';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { useMe } from './services.tsx';

export interface ScreenAbility {
  /** Whether the server will allow it: what isn't allowed isn't shown. The server decides again at every call. */
  can: (permission: Permission) => boolean;
}

/** `const ability = useAbility(); ability.can('vendors:create')`. */
export function useAbility(): ScreenAbility {
  const me = useMe();
  return useMemo(() => {
    const granted = new Set<Permission>(me.permissions);
    return { can: (permission) => granted.has(permission) };
  }, [me.permissions]);
}
