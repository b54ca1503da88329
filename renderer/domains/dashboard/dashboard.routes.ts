import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const dashboardRoutes = screenRoutes([
  {
    path: '/',
    title: t`Overview`,
    load: async () => (await import('./DashboardScreen.tsx')).DashboardScreen,
  },
]);
