import { t } from '@lingui/core/macro';
import { roleKind } from '../../../server/domains/roles/roles.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const roleRoutes = screenRoutes([
  {
    path: '/roles',
    title: t`Roles`,
    permission: roleKind.readWith,
    load: async () => (await import('./RolesScreen.tsx')).RolesScreen,
  },
]);
