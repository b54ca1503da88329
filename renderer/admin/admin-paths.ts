/** Addresses of the operators' screens. */
export const adminPaths = {
  tenants: '/',
  tenantsOn: (cluster: string) => `/?cluster=${encodeURIComponent(cluster)}`,
  newTenant: '/tenants/new',
  /** The name of one whose set-up failed is free again. */
  provisionAgain: ({ name, slug }: { name: string; slug: string }) =>
    `/tenants/new?name=${encodeURIComponent(name)}&slug=${slug}`,
  tenant: (id: string) => `/tenants/${id}`,
  clusters: '/clusters',
  migrations: '/migrations',
  sessions: '/sessions',
  sessionsOf: (tenantId: string) => `/sessions?tenantId=${tenantId}`,
  sessionsOfPerson: (email: string) => `/sessions?show=all&q=${encodeURIComponent(email)}`,
  audit: '/audit',
  auditOf: (tenantId: string) => `/audit?tenantId=${tenantId}`,
  /** What a person did; the name is shown, the id is searched for. */
  auditBy: (actorId: string) => `/audit?actorId=${actorId}`,
} as const;
