import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const auditRoutes = screenRoutes([
  {
    path: '/audit',
    title: t`Audit trail`,
    permission: 'audit:read',
    load: async () => (await import('./AuditScreen.tsx')).AuditScreen,
  },
]);
