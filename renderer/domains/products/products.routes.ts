import { screenRoutes } from '../../lib/screen-routes.ts';

export const productRoutes = screenRoutes([
  {
    path: '/products',
    title: 'Products',
    permission: 'products:read',
    load: async () => (await import('./ProductList.tsx')).ProductList,
  },
  {
    path: '/products/new',
    title: 'New product',
    permission: 'products:create',
    load: async () => (await import('./ProductForms.tsx')).NewProduct,
  },
  {
    path: '/products/$id',
    title: 'Product',
    permission: 'products:read',
    load: async () => (await import('./ProductScreen.tsx')).ProductScreen,
  },
  {
    path: '/products/$id/edit',
    title: 'Edit product',
    permission: 'products:update',
    load: async () => (await import('./ProductForms.tsx')).EditProduct,
  },
]);
