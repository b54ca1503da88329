import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const roleRoutes = screenRoutes([
  {
    path: '/roles',
    title: t`Roles`,
    permission: 'roles:read',
    load: async () => (await import('./RolesScreen.tsx')).RolesScreen,
  },
]);
