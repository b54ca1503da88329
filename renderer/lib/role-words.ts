import { permissions, type Permission } from '../../server/permissions/permissions.contract.ts';

const builtIn: Readonly<Record<string, string>> = {
  owner: 'Owner',
  admin: 'Administrator',
  buyer: 'Buyer',
  approver: 'Approver',
  warehouse: 'Warehouse',
  sales: 'Sales desk',
  viewer: 'Viewer',
};

/** A role's key as a word; a tenant's own role shows its key. */
export function roleWords(key: string): string {
  return builtIn[key] ?? key.replaceAll('_', ' ');
}

const resources: Readonly<Record<string, string>> = {
  vendors: 'Vendors',
  products: 'Products',
  customers: 'Customers',
  warehouses: 'Warehouses',
  purchase_orders: 'Purchase orders',
  sales_orders: 'Sales orders',
  inventory: 'Inventory',
  costs: 'Costs and margins',
  employees: 'Employees',
  roles: 'Roles',
  reports: 'Reports',
  audit: 'Audit trail',
  settings: 'Settings',
  sessions: 'Sessions of others',
};

const actions: Readonly<Record<string, string>> = {
  read: 'See',
  create: 'Add',
  update: 'Change',
  read_bank: 'See PAN and bank details',
  submit: 'Submit',
  approve: 'Approve and reject',
  receive: 'Receive goods',
  over_receive: 'Receive more than allowed',
  backdate: 'Date before the order',
  close: 'Close',
  cancel: 'Cancel',
  confirm: 'Confirm',
  exceed_credit: 'Exceed the credit limit',
  ship: 'Ship',
  adjust: 'Adjust stock',
  link_sign_in: 'Give and take sign-ins',
  assign_roles: 'Assign roles',
  reveal_pii: 'Reveal PAN',
  manage: 'Manage',
};

export interface PermissionWords {
  permission: Permission;
  resource: string;
  action: string;
}

/** `purchase_orders:approve` in words. */
export function permissionWords(permission: Permission): PermissionWords {
  const [resource = '', action = ''] = permission.split(':');
  return { permission, resource: resources[resource] ?? resource, action: actions[action] ?? action };
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
