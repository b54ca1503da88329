import { screenRoutes } from '../../lib/screen-routes.ts';

export const auditRoutes = screenRoutes([
  {
    path: '/audit',
    title: 'Audit trail',
    permission: 'audit:read',
    load: async () => (await import('./AuditScreen.tsx')).AuditScreen,
  },
]);
