import { t } from '@lingui/core/macro';
import {
  IconBuildingStore,
  IconBuildingWarehouse,
  IconClipboardList,
  IconFileInvoice,
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
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { paths } from '../../lib/paths.ts';

export interface NavigationItem {
  label: string;
  path: string;
  icon: Icon;
  /** Shown to those who have it. */
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

/** The map of the app: groups in the order of the work. */
export const navigation: readonly NavigationGroup[] = [
  { label: null, items: [{ label: t`Overview`, path: paths.overview, icon: IconGauge, jump: 'o' }] },
  {
    label: t`Purchasing`,
    items: [
      {
        label: t`Purchase orders`,
        path: paths.purchaseOrders,
        icon: IconClipboardList,
        permission: 'purchase_orders:read',
        jump: 'p',
        create: { label: t`New purchase order`, permission: 'purchase_orders:create' },
      },
      {
        label: t`Vendors`,
        path: paths.vendors,
        icon: IconBuildingStore,
        permission: 'vendors:read',
        jump: 'v',
        create: { label: t`New vendor`, permission: 'vendors:create' },
      },
    ],
  },
  {
    label: t`Sales`,
    items: [
      {
        label: t`Sales orders`,
        path: paths.salesOrders,
        icon: IconFileInvoice,
        permission: 'sales_orders:read',
        jump: 's',
        create: { label: t`New sales order`, permission: 'sales_orders:create' },
      },
      {
        label: t`Customers`,
        path: paths.customers,
        icon: IconShoppingCart,
        permission: 'customers:read',
        jump: 'c',
        create: { label: t`New customer`, permission: 'customers:create' },
      },
    ],
  },
  {
    label: t`Stock`,
    items: [
      {
        label: t`Products`,
        path: paths.products,
        icon: IconPackage,
        permission: 'products:read',
        jump: 'd',
        create: { label: t`New product`, permission: 'products:create' },
      },
      {
        label: t`Inventory`,
        path: paths.inventory,
        icon: IconStack2,
        permission: 'inventory:read',
        jump: 'i',
      },
      {
        label: t`Movements`,
        path: paths.movements,
        icon: IconTransfer,
        permission: 'inventory:read',
        jump: 'm',
      },
      {
        label: t`Warehouses`,
        path: paths.warehouses,
        icon: IconBuildingWarehouse,
        permission: 'warehouses:read',
        jump: 'w',
        create: { label: t`New warehouse`, permission: 'warehouses:create' },
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
        permission: 'employees:read',
        jump: 'e',
        create: { label: t`New employee`, permission: 'employees:create' },
      },
      { label: t`Roles`, path: paths.roles, icon: IconKey, permission: 'roles:read', jump: 'r' },
    ],
  },
  {
    label: t`Organisation`,
    items: [
      { label: t`Audit trail`, path: paths.audit, icon: IconHistory, permission: 'audit:read', jump: 'a' },
      {
        label: t`Settings`,
        path: paths.settings,
        icon: IconSettings,
        permission: 'settings:read',
        jump: 't',
      },
    ],
  },
];
