import { z } from 'zod';

/**
 * Everything that can be allowed, as `resource:action`. The order is the order of the matrix on the screen. Each belongs to
 * a duty, below: roles are made of duties.
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

/** One thing that somebody is there to do: the words that promise it, and everything that doing it takes. */
interface Duty {
  words: string;
  needs: readonly Permission[];
}

/**
 * All duties, in the order of the screen. Roles consist of duties, so that a role's description and its rights can't
 * differ. An override belongs to the duty with the command it is used in: without that it is useless.
 */
export const duties = {
  seeSelling: {
    words: 'Sees products, customers, stock and sales orders',
    needs: ['products:read', 'customers:read', 'warehouses:read', 'sales_orders:read', 'inventory:read'],
  },
  seePurchasing: {
    words: 'Sees vendors and purchase orders',
    needs: ['vendors:read', 'purchase_orders:read'],
  },
  seeCosts: { words: 'Sees purchase prices, costs and margins', needs: ['products:read', 'costs:read'] },
  seeBankDetails: {
    words: 'Sees the PAN and bank details of vendors',
    needs: ['vendors:read', 'vendors:read_bank'],
  },
  seeSales: { words: 'Sees what was sold by month', needs: ['reports:read'] },
  keepVendors: { words: 'Adds and changes vendors', needs: ['vendors:create', 'vendors:update'] },
  keepProducts: { words: 'Adds and changes products', needs: ['products:create', 'products:update'] },
  keepCustomers: { words: 'Adds and changes customers', needs: ['customers:create', 'customers:update'] },
  keepWarehouses: { words: 'Adds and changes warehouses', needs: ['warehouses:create', 'warehouses:update'] },
  buy: {
    words: 'Writes purchase orders and submits them',
    needs: ['purchase_orders:create', 'purchase_orders:update', 'purchase_orders:submit'],
  },
  decide: { words: 'Approves and rejects purchase orders', needs: ['purchase_orders:approve'] },
  endPurchases: {
    words: 'Closes and cancels purchase orders',
    needs: ['purchase_orders:close', 'purchase_orders:cancel'],
  },
  receive: { words: 'Receives goods', needs: ['purchase_orders:receive'] },
  overReceive: {
    words: 'Takes deliveries beyond the tolerance',
    needs: ['purchase_orders:receive', 'purchase_orders:over_receive'],
  },
  backdateReceipts: {
    words: 'Dates a receipt before its order',
    needs: ['purchase_orders:receive', 'purchase_orders:backdate'],
  },
  sell: {
    words: 'Writes and confirms sales orders and records payments',
    needs: ['sales_orders:create', 'sales_orders:update', 'sales_orders:confirm'],
  },
  exceedCredit: {
    words: 'Confirms and changes sales orders beyond the credit limit',
    needs: ['sales_orders:confirm', 'sales_orders:update', 'sales_orders:exceed_credit'],
  },
  endSales: {
    words: 'Closes and cancels sales orders',
    needs: ['sales_orders:close', 'sales_orders:cancel'],
  },
  ship: { words: 'Ships goods', needs: ['sales_orders:ship'] },
  backdateShipments: {
    words: 'Dates a shipment before its order',
    needs: ['sales_orders:ship', 'sales_orders:backdate'],
  },
  backdatePayments: {
    words: 'Dates a payment before its order',
    needs: ['sales_orders:update', 'sales_orders:backdate'],
  },
  adjust: { words: 'Corrects stock to what was counted', needs: ['inventory:adjust'] },
  seePeople: { words: 'Sees employees', needs: ['employees:read'] },
  keepPeople: {
    words: 'Adds and changes employees',
    needs: ['employees:read', 'employees:create', 'employees:update'],
  },
  giveSignIns: { words: 'Gives and takes sign-ins', needs: ['employees:read', 'employees:link_sign_in'] },
  giveRoles: { words: 'Gives roles to employees', needs: ['employees:read', 'employees:assign_roles'] },
  revealPersonalData: {
    words: 'Reveals the PAN of employees',
    needs: ['employees:read', 'employees:reveal_pii'],
  },
  endSessions: { words: 'Signs others out', needs: ['employees:read', 'sessions:manage'] },
  keepRoles: { words: 'Makes and changes roles', needs: ['roles:read', 'roles:manage'] },
  seeTrail: { words: 'Reads the audit trail', needs: ['audit:read'] },
  keepSettings: { words: 'Changes the settings', needs: ['settings:read', 'settings:manage'] },
} as const satisfies Record<string, Duty>;

export type DutyName = keyof typeof duties;
export const dutyNames = Object.keys(duties) as DutyName[];

/** The duties that somebody with these permissions can really do. */
export function dutiesWith(held: readonly Permission[]): DutyName[] {
  const set = new Set(held);
  return dutyNames.filter((name) => duties[name].needs.every((permission) => set.has(permission)));
}
