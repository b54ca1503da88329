/** Addresses of the operators' screens. */
export const adminPaths = {
  tenants: '/',
  newTenant: '/tenants/new',
  /** The name of one whose set-up failed is free again. */
  provisionAgain: ({ name, slug }: { name: string; slug: string }) =>
    `/tenants/new?name=${encodeURIComponent(name)}&slug=${slug}`,
  tenant: (id: string) => `/tenants/${id}`,
  migrations: '/migrations',
  sessions: '/sessions',
  sessionsOf: (tenantId: string) => `/sessions?tenantId=${tenantId}`,
  audit: '/audit',
  auditOf: (tenantId: string) => `/audit?tenantId=${tenantId}`,
} as const;
