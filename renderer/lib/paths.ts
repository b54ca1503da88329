import type { FindResult } from '../../server/domains/reports/reports.contract.ts';

/** Addresses of the screens, in one place, so that domains can link each other without importing each other. */
export const paths = {
  overview: '/',
  vendors: '/vendors',
  vendor: (id: string) => `/vendors/${id}`,
  customers: '/customers',
  customer: (id: string) => `/customers/${id}`,
  products: '/products',
  product: (id: string) => `/products/${id}`,
  warehouses: '/warehouses',
  warehouse: (id: string) => `/warehouses/${id}`,
  purchaseOrders: '/purchase-orders',
  purchaseOrder: (id: string) => `/purchase-orders/${id}`,
  salesOrders: '/sales-orders',
  salesOrder: (id: string) => `/sales-orders/${id}`,
  inventory: '/inventory',
  movements: '/movements',
  employees: '/employees',
  employee: (id: string) => `/employees/${id}`,
  roles: '/roles',
  audit: '/audit',
  settings: '/settings',
  sessions: '/sessions',
} as const;

/** New and edit forms stand below their record: `/vendors/new`, `/vendors/<id>/edit`. */
export const newPath = (list: string) => `${list}/new`;
export const editPath = (record: string) => `${record}/edit`;

/** Where a result of the palette lives. */
export function pathOfResult(kind: FindResult[number]['kind'], id: string): string {
  switch (kind) {
    case 'vendor':
      return paths.vendor(id);
    case 'product':
      return paths.product(id);
    case 'customer':
      return paths.customer(id);
    case 'purchase_order':
      return paths.purchaseOrder(id);
    case 'sales_order':
      return paths.salesOrder(id);
    case 'employee':
      return paths.employee(id);
    case 'warehouse':
      return paths.warehouse(id);
  }
}
