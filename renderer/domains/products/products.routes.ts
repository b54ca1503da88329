import { t } from '@lingui/core/macro';
import { productKind } from '../../../server/domains/products/products.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const productRoutes = screenRoutes([
  {
    path: '/products',
    title: t`Products`,
    permission: productKind.readWith,
    load: async () => (await import('./ProductList.tsx')).ProductList,
  },
  {
    path: '/products/new',
    title: t`New product`,
    permission: productKind.createWith,
    load: async () => (await import('./ProductForms.tsx')).NewProduct,
  },
  {
    path: '/products/$id',
    title: t`Product`,
    permission: productKind.readWith,
    load: async () => (await import('./ProductScreen.tsx')).ProductScreen,
  },
  {
    path: '/products/$id/edit',
    title: t`Edit product`,
    permission: productKind.updateWith,
    load: async () => (await import('./ProductForms.tsx')).EditProduct,
  },
]);
