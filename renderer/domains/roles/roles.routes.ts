import { screenRoutes } from '../../lib/screen-routes.ts';

export const roleRoutes = screenRoutes([
  {
    path: '/roles',
    title: 'Roles',
    permission: 'roles:read',
    load: async () => (await import('./RolesScreen.tsx')).RolesScreen,
  },
]);
