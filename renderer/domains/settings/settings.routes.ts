import { screenRoutes } from '../../lib/screen-routes.ts';

export const settingsRoutes = screenRoutes([
  {
    path: '/settings',
    title: 'Settings',
    permission: 'settings:read',
    load: async () => (await import('./SettingsScreen.tsx')).SettingsScreen,
  },
]);
