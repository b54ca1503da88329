import { t } from '@lingui/core/macro';
import {
  IconBuildingStore,
  IconBuildingWarehouse,
  IconCalendarDue,
  IconGauge,
  IconHistory,
  IconKey,
  IconPackage,
  IconSettings,
  IconShoppingCart,
  IconStack2,
  IconTransfer,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { productKind } from '../../../server/domains/products/products.kinds.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { lotKind, stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { roleKind } from '../../../server/domains/roles/roles.kinds.contract.ts';
import { trailPermission } from '../../../server/domains/audit/audit.contract.ts';
import { settingsKind } from '../../../server/domains/settings/settings.kinds.contract.ts';
import type { DocumentArea } from '../../documents/document-screens.ts';
import { documents } from '../../domains/documents.ts';
import { paths } from '../../lib/paths.ts';

export interface NavigationItem {
  label: string;
  path: string;
  icon: Icon;
  /** Shown to people with this permission. */
  permission?: Permission;
  /** `g`, then this key. */
  jump: string;
  /** `New …` in the palette, for those who may. */
  create?: { label: string; permission: Permission };
}

export interface NavigationGroup {
  label: string | null;
  items: readonly NavigationItem[];
}

/** The documents of one area, as their own descriptions place them. */
function documentsOf(area: DocumentArea): NavigationItem[] {
  return documents
    .filter(({ place }) => place.area === area)
    .map(({ kind, place }) => ({
      label: place.label,
      path: kind.path ?? paths.overview,
      icon: place.icon,
      permission: kind.readWith,
      jump: place.jump,
      create: { label: place.create, permission: kind.createWith },
    }));
}

/** The map of the app: groups in the order of the work. */
export const navigation: readonly NavigationGroup[] = [
  { label: null, items: [{ label: t`Overview`, path: paths.overview, icon: IconGauge, jump: 'o' }] },
  {
    label: t`Purchasing`,
    items: [
      ...documentsOf('purchasing'),
      {
        label: t`Vendors`,
        path: paths.vendors,
        icon: IconBuildingStore,
        permission: vendorKind.readWith,
        jump: 'v',
        create: { label: t`New vendor`, permission: vendorKind.createWith },
      },
    ],
  },
  {
    label: t`Sales`,
    items: [
      ...documentsOf('sales'),
      {
        label: t`Customers`,
        path: paths.customers,
        icon: IconShoppingCart,
        permission: customerKind.readWith,
        jump: 'c',
        create: { label: t`New customer`, permission: customerKind.createWith },
      },
    ],
  },
  {
    label: t`Stock`,
    items: [
      ...documentsOf('stock'),
      {
        label: t`Products`,
        path: paths.products,
        icon: IconPackage,
        permission: productKind.readWith,
        jump: 'd',
        create: { label: t`New product`, permission: productKind.createWith },
      },
      {
        label: t`Inventory`,
        path: paths.inventory,
        icon: IconStack2,
        permission: stockMovementKind.readWith,
        jump: 'i',
      },
      {
        label: t`Movements`,
        path: paths.movements,
        icon: IconTransfer,
        permission: stockMovementKind.readWith,
        jump: 'm',
      },
      {
        label: t`Lots`,
        path: paths.lots,
        icon: IconCalendarDue,
        permission: lotKind.readWith,
        jump: 'l',
      },
      {
        label: t`Warehouses`,
        path: paths.warehouses,
        icon: IconBuildingWarehouse,
        permission: warehouseKind.readWith,
        jump: 'w',
        create: { label: t`New warehouse`, permission: warehouseKind.createWith },
      },
    ],
  },
  {
    label: t`People`,
    items: [
      {
        label: t`Employees`,
        path: paths.employees,
        icon: IconUsers,
        permission: employeeKind.readWith,
        jump: 'e',
        create: { label: t`New employee`, permission: employeeKind.createWith },
      },
      { label: t`Roles`, path: paths.roles, icon: IconKey, permission: roleKind.readWith, jump: 'r' },
    ],
  },
  {
    label: t`Organisation`,
    items: [
      { label: t`Audit trail`, path: paths.audit, icon: IconHistory, permission: trailPermission, jump: 'a' },
      {
        label: t`Settings`,
        path: paths.settings,
        icon: IconSettings,
        permission: settingsKind.readWith,
        jump: 't',
      },
    ],
  },
];
