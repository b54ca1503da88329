import { screenRoutes } from '../../lib/screen-routes.ts';

export const dashboardRoutes = screenRoutes([
  { path: '/', title: 'Overview', load: async () => (await import('./DashboardScreen.tsx')).DashboardScreen },
]);
