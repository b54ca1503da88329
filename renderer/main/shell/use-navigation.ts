import { useMemo } from 'react';
import { useAbility } from '../../lib/ability.ts';
import { useMe } from '../../lib/services.tsx';
import { navigation, type NavigationGroup } from './navigation-items.ts';

/** The map, as far as this person's role goes. An operator without a tenant has none. */
export function useNavigation(): readonly NavigationGroup[] {
  const ability = useAbility();
  const me = useMe();
  return useMemo(() => {
    if (!me.tenant) return [];
    return navigation
      .map((group) => ({
        ...group,
        items: group.items.filter((item) => !item.permission || ability.can(item.permission)),
      }))
      .filter((group) => group.items.length > 0);
  }, [ability, me.tenant]);
}
