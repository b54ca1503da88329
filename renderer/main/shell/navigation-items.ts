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
  { label: null, items: [{ label: 'Overview', path: paths.overview, icon: IconGauge, jump: 'o' }] },
  {
    label: 'Purchasing',
    items: [
      {
        label: 'Purchase orders',
        path: paths.purchaseOrders,
        icon: IconClipboardList,
        permission: 'purchase_orders:read',
        jump: 'p',
        create: { label: 'New purchase order', permission: 'purchase_orders:create' },
      },
      {
        label: 'Vendors',
        path: paths.vendors,
        icon: IconBuildingStore,
        permission: 'vendors:read',
        jump: 'v',
        create: { label: 'New vendor', permission: 'vendors:create' },
      },
    ],
  },
  {
    label: 'Sales',
    items: [
      {
        label: 'Sales orders',
        path: paths.salesOrders,
        icon: IconFileInvoice,
        permission: 'sales_orders:read',
        jump: 's',
        create: { label: 'New sales order', permission: 'sales_orders:create' },
      },
      {
        label: 'Customers',
        path: paths.customers,
        icon: IconShoppingCart,
        permission: 'customers:read',
        jump: 'c',
        create: { label: 'New customer', permission: 'customers:create' },
      },
    ],
  },
  {
    label: 'Stock',
    items: [
      {
        label: 'Products',
        path: paths.products,
        icon: IconPackage,
        permission: 'products:read',
        jump: 'd',
        create: { label: 'New product', permission: 'products:create' },
      },
      {
        label: 'Inventory',
        path: paths.inventory,
        icon: IconStack2,
        permission: 'inventory:read',
        jump: 'i',
      },
      {
        label: 'Movements',
        path: paths.movements,
        icon: IconTransfer,
        permission: 'inventory:read',
        jump: 'm',
      },
      {
        label: 'Warehouses',
        path: paths.warehouses,
        icon: IconBuildingWarehouse,
        permission: 'warehouses:read',
        jump: 'w',
        create: { label: 'New warehouse', permission: 'warehouses:create' },
      },
    ],
  },
  {
    label: 'People',
    items: [
      {
        label: 'Employees',
        path: paths.employees,
        icon: IconUsers,
        permission: 'employees:read',
        jump: 'e',
        create: { label: 'New employee', permission: 'employees:create' },
      },
      { label: 'Roles', path: paths.roles, icon: IconKey, permission: 'roles:read', jump: 'r' },
    ],
  },
  {
    label: 'Organisation',
    items: [
      { label: 'Audit trail', path: paths.audit, icon: IconHistory, permission: 'audit:read', jump: 'a' },
      { label: 'Settings', path: paths.settings, icon: IconSettings, permission: 'settings:read', jump: 't' },
    ],
  },
];
