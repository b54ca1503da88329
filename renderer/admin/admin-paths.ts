/** Addresses of the operators' screens. */
export const adminPaths = {
  tenants: '/',
  newTenant: '/tenants/new',
  tenant: (id: string) => `/tenants/${id}`,
  migrations: '/migrations',
  sessions: '/sessions',
  sessionsOf: (tenantId: string) => `/sessions?tenantId=${tenantId}`,
  audit: '/audit',
  auditOf: (tenantId: string) => `/audit?tenantId=${tenantId}`,
} as const;
