import { t } from '@lingui/core/macro';
import { trailPermission } from '../../../server/domains/audit/audit.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const auditRoutes = screenRoutes([
  {
    path: '/audit',
    title: t`Audit trail`,
    permission: trailPermission,
    load: async () => (await import('./AuditScreen.tsx')).AuditScreen,
  },
]);
