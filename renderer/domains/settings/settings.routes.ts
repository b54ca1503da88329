import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const settingsRoutes = screenRoutes([
  {
    path: '/settings',
    title: t`Settings`,
    permission: 'settings:read',
    load: async () => (await import('./SettingsScreen.tsx')).SettingsScreen,
  },
]);
