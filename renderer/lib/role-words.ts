import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { permissions, type Permission } from '../../server/permissions/permissions.contract.ts';
import { roleKind } from '../../server/domains/roles/roles.kinds.contract.ts';
import { useAbility } from './ability.ts';
import { fieldName } from './field-name.ts';
import { useTRPC } from './services.tsx';

const builtIn: Readonly<Record<string, string>> = {
  owner: t`Owner`,
  admin: t`Administrator`,
  buyer: t`Buyer`,
  approver: t`Approver`,
  warehouse: t`Warehouse`,
  sales: t`Sales`,
  viewer: t`Viewer`,
};

/** What a role is called: a built-in one in the language of the screen, a company's own as they called it. */
export function roleName({ key, name }: { key: string; name: string }): string {
  return builtIn[key] ?? name;
}

/** A built-in role's key as a word. One of the tenant's own is named by `useRoleWords`. */
export function roleWords(key: string): string {
  return builtIn[key] ?? fieldName(key);
}

/** Roles by their names, the tenant's own as they are called now; who may not read roles sees what they were first called. */
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

type Resource = Permission extends `${infer R}:${string}` ? R : never;
type Action = Permission extends `${string}:${infer A}` ? A : never;

const resources: Readonly<Record<Resource, string>> = {
  vendors: t`Vendors`,
  products: t`Products`,
  customers: t`Customers`,
  warehouses: t`Warehouses`,
  purchase_orders: t`Purchase orders`,
  sales_orders: t`Sales orders`,
  inventory: t`Inventory`,
  costs: t`Costs and margins`,
  employees: t`Employees`,
  roles: t`Roles`,
  reports: t`Reports`,
  audit: t`Audit trail`,
  settings: t`Settings`,
  sessions: t`Sessions of others`,
};

const actions: Readonly<Record<Action, string>> = {
  read: t`See`,
  create: t`Add`,
  update: t`Change`,
  read_bank: t`See PAN and bank details`,
  submit: t`Submit`,
  approve: t`Approve and reject`,
  receive: t`Receive goods`,
  over_receive: t`Receive more than allowed`,
  backdate: t`Date before the order`,
  close: t`Close`,
  cancel: t`Cancel`,
  confirm: t`Confirm`,
  exceed_credit: t`Exceed the credit limit`,
  ship: t`Ship`,
  adjust: t`Adjust stock`,
  link_sign_in: t`Give and take sign-ins`,
  assign_roles: t`Assign roles`,
  reveal_pii: t`Reveal PAN`,
  manage: t`Manage`,
};

export interface PermissionWords {
  permission: Permission;
  resource: string;
  action: string;
}

/** `purchase_orders:approve` in words. */
export function permissionWords(permission: Permission): PermissionWords {
  const [resource, action] = permission.split(':') as [Resource, Action];
  return { permission, resource: resources[resource], action: actions[action] };
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
