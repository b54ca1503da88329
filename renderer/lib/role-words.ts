import { useQuery } from '@tanstack/react-query';
import { gathered } from '../../server/ground/vocabulary/closed-lists.contract.ts';
import type { ListedWords } from '../../server/ground/vocabulary/vocabulary.contract.ts';
import {
  builtInRoles,
  namesOfRoles,
  purposeOfRole,
  type BuiltInRole,
} from '../../server/permissions/built-in-roles.contract.ts';
import {
  duties,
  permissions,
  type DutyName,
  type Permission,
} from '../../server/permissions/permissions.contract.ts';
import { roleKind } from '../../server/domains/roles/roles.kinds.contract.ts';
import { useAbility } from './ability.ts';
import { spokenLanguage } from './reason-words.ts';
import { fieldName } from './field-name.ts';
import { useTRPC } from './services.tsx';

const isBuiltIn = (key: string): key is BuiltInRole => builtInRoles.some((one) => one === key);
const builtInName = (key: string) => (isBuiltIn(key) ? namesOfRoles[key][spokenLanguage()] : undefined);

/** The name of a role: a built-in one in the language of the screen, an organisation's own as it was named. */
export function roleName({ key, name }: { key: string; name: string }): string {
  return builtInName(key) ?? name;
}

/** A built-in role's key as a word. `useRoleWords` names an organisation's own roles. */
export function roleWords(key: string): string {
  return builtInName(key) ?? fieldName(key);
}

/**
 * Roles by their names, an organisation's own by their present names; people who may not read roles see the first
 * names.
 */
export function useRoleWords(): (keys: readonly string[]) => string {
  const trpc = useTRPC();
  const roles = useQuery(
    trpc.roles.list.queryOptions(undefined, {
      enabled: useAbility().can(roleKind.readWith),
      staleTime: 60_000,
    }),
  );
  const names = new Map(roles.data?.filter((role) => !role.builtIn).map(({ key, name }) => [key, name]));
  return (keys) => keys.map((key) => names.get(key) ?? roleWords(key)).join(', ');
}

/** The words of a duty. */
export function dutyWords(duty: DutyName): string {
  return duties[duty].words[spokenLanguage()];
}

/** The purpose of a role: a built-in one by its duties, an organisation's own by its description. */
export function roleDescription({
  key,
  description,
}: {
  key: string;
  description: string | null;
}): string | null {
  if (!isBuiltIn(key)) return description;
  return purposeOfRole(key, spokenLanguage()).join(' · ');
}

const resources: Readonly<Record<string, ListedWords>> = gathered('resources');
const actions: Readonly<Record<Permission, ListedWords>> = gathered('permissions');

export interface PermissionWords {
  permission: Permission;
  resource: string;
  action: string;
}

/** `purchase_orders:approve` in words. */
export function permissionWords(permission: Permission): PermissionWords {
  const language = spokenLanguage();
  const [resource = ''] = permission.split(':');
  return {
    permission,
    resource: resources[resource]?.label[language] ?? resource,
    action: actions[permission].label[language],
  };
}

/** All permissions, grouped by what they are about, in the contract's order. */
export const permissionGroups: readonly { resource: string; items: readonly PermissionWords[] }[] = (() => {
  const groups = new Map<string, PermissionWords[]>();
  for (const permission of permissions) {
    const words = permissionWords(permission);
    groups.set(words.resource, [...(groups.get(words.resource) ?? []), words]);
  }
  return [...groups].map(([resource, items]) => ({ resource, items }));
})();
