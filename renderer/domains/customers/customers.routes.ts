import { screenRoutes } from '../../lib/screen-routes.ts';

export const customerRoutes = screenRoutes([
  {
    path: '/customers',
    title: 'Customers',
    permission: 'customers:read',
    load: async () => (await import('./CustomerList.tsx')).CustomerList,
  },
  {
    path: '/customers/new',
    title: 'New customer',
    permission: 'customers:create',
    load: async () => (await import('./CustomerForms.tsx')).NewCustomer,
  },
  {
    path: '/customers/$id',
    title: 'Customer',
    permission: 'customers:read',
    load: async () => (await import('./CustomerScreen.tsx')).CustomerScreen,
  },
  {
    path: '/customers/$id/edit',
    title: 'Edit customer',
    permission: 'customers:update',
    load: async () => (await import('./CustomerForms.tsx')).EditCustomer,
  },
]);
