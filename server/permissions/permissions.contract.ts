import { z } from 'zod';

/**
 * Everything that can be allowed, as `resource:action`. The order is the order of the matrix on the screen.
 * `costs:read` covers purchase prices, average costs, valuations and margins; `vendors:read_bank` bank details.
 */
export const permissions = [
  'vendors:read',
  'vendors:create',
  'vendors:update',
  'vendors:read_bank',
  'products:read',
  'products:create',
  'products:update',
  'customers:read',
  'customers:create',
  'customers:update',
  'warehouses:read',
  'warehouses:create',
  'warehouses:update',
  'purchase_orders:read',
  'purchase_orders:create',
  'purchase_orders:update',
  'purchase_orders:submit',
  'purchase_orders:approve',
  'purchase_orders:receive',
  'purchase_orders:over_receive',
  'purchase_orders:backdate',
  'purchase_orders:close',
  'purchase_orders:cancel',
  'sales_orders:read',
  'sales_orders:create',
  'sales_orders:update',
  'sales_orders:confirm',
  'sales_orders:exceed_credit',
  'sales_orders:ship',
  'sales_orders:backdate',
  'sales_orders:close',
  'sales_orders:cancel',
  'inventory:read',
  'inventory:adjust',
  'costs:read',
  'employees:read',
  'employees:create',
  'employees:update',
  'employees:link_sign_in',
  'employees:assign_roles',
  'employees:reveal_pii',
  'roles:read',
  'roles:manage',
  'reports:read',
  'audit:read',
  'settings:read',
  'settings:manage',
  'sessions:manage',
] as const;

export const permissionSchema = z.enum(permissions);
export type Permission = z.infer<typeof permissionSchema>;
