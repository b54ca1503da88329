import { t } from '@lingui/core/macro';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const customerRoutes = screenRoutes([
  {
    path: '/customers',
    title: t`Customers`,
    permission: customerKind.readWith,
    load: async () => (await import('./CustomerList.tsx')).CustomerList,
  },
  {
    path: '/customers/new',
    title: t`New customer`,
    permission: customerKind.createWith,
    load: async () => (await import('./CustomerForms.tsx')).NewCustomer,
  },
  {
    path: '/customers/$id',
    title: t`Customer`,
    permission: customerKind.readWith,
    load: async () => (await import('./CustomerScreen.tsx')).CustomerScreen,
  },
  {
    path: '/customers/$id/edit',
    title: t`Edit customer`,
    permission: customerKind.updateWith,
    load: async () => (await import('./CustomerForms.tsx')).EditCustomer,
  },
]);
