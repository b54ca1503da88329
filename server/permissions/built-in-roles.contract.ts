import { duties, dutyNames, permissions } from './permissions.contract.ts';
import type { DutyName, Permission } from './permissions.contract.ts';

export const builtInRoles = ['owner', 'admin', 'buyer', 'approver', 'warehouse', 'sales', 'viewer'] as const;
export type BuiltInRole = (typeof builtInRoles)[number];

/** Every built-in role by what it is there for. A tenant's own roles are kept in its database beside these. */
export const dutiesOfRole: Record<BuiltInRole, readonly DutyName[]> = {
  owner: dutyNames,
  admin: dutyNames.filter((name) => name !== 'revealPersonalData'),
  buyer: [
    'seeSelling',
    'seePurchasing',
    'seeCosts',
    'seeSales',
    'keepVendors',
    'keepProducts',
    'buy',
    'endPurchases',
  ],
  approver: [
    'seeSelling',
    'seePurchasing',
    'seeCosts',
    'seeBankDetails',
    'seeSales',
    'decide',
    'endPurchases',
    'receive',
    'overReceive',
    'exceedCredit',
    'seePeople',
    'seeTrail',
  ],
  warehouse: ['seeSelling', 'seePurchasing', 'receive', 'ship', 'adjust'],
  sales: ['seeSelling', 'seeSales', 'keepCustomers', 'sell', 'endSales'],
  viewer: ['seeSelling', 'seePurchasing'],
};

function permissionsFor(names: readonly DutyName[]): Permission[] {
  const needed = new Set<Permission>(names.flatMap((name) => duties[name].needs));
  return permissions.filter((permission) => needed.has(permission));
}

/** What each built-in role may do: exactly what its duties take, in the order of the matrix. */
export const permissionsOfRole: Record<BuiltInRole, readonly Permission[]> = {
  owner: permissionsFor(dutiesOfRole.owner),
  admin: permissionsFor(dutiesOfRole.admin),
  buyer: permissionsFor(dutiesOfRole.buyer),
  approver: permissionsFor(dutiesOfRole.approver),
  warehouse: permissionsFor(dutiesOfRole.warehouse),
  sales: permissionsFor(dutiesOfRole.sales),
  viewer: permissionsFor(dutiesOfRole.viewer),
};
