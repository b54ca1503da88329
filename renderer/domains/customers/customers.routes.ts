import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const customerRoutes = screenRoutes([
  {
    path: '/customers',
    title: t`Customers`,
    permission: 'customers:read',
    load: async () => (await import('./CustomerList.tsx')).CustomerList,
  },
  {
    path: '/customers/new',
    title: t`New customer`,
    permission: 'customers:create',
    load: async () => (await import('./CustomerForms.tsx')).NewCustomer,
  },
  {
    path: '/customers/$id',
    title: t`Customer`,
    permission: 'customers:read',
    load: async () => (await import('./CustomerScreen.tsx')).CustomerScreen,
  },
  {
    path: '/customers/$id/edit',
    title: t`Edit customer`,
    permission: 'customers:update',
    load: async () => (await import('./CustomerForms.tsx')).EditCustomer,
  },
]);
