import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const productRoutes = screenRoutes([
  {
    path: '/products',
    title: t`Products`,
    permission: 'products:read',
    load: async () => (await import('./ProductList.tsx')).ProductList,
  },
  {
    path: '/products/new',
    title: t`New product`,
    permission: 'products:create',
    load: async () => (await import('./ProductForms.tsx')).NewProduct,
  },
  {
    path: '/products/$id',
    title: t`Product`,
    permission: 'products:read',
    load: async () => (await import('./ProductScreen.tsx')).ProductScreen,
  },
  {
    path: '/products/$id/edit',
    title: t`Edit product`,
    permission: 'products:update',
    load: async () => (await import('./ProductForms.tsx')).EditProduct,
  },
]);
