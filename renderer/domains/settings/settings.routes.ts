import { t } from '@lingui/core/macro';
import { settingsKind } from '../../../server/domains/settings/settings.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const settingsRoutes = screenRoutes([
  {
    path: '/settings',
    title: t`Settings`,
    permission: settingsKind.readWith,
    load: async () => (await import('./SettingsScreen.tsx')).SettingsScreen,
  },
]);
