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
  lots: '/lots',
  lot: (id: string) => `/lots/${id}`,
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
