import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const accountRoutes = screenRoutes([
  {
    path: '/sessions',
    title: t`Sign-in and sessions`,
    load: async () => (await import('./AccountScreen.tsx')).AccountScreen,
  },
]);
