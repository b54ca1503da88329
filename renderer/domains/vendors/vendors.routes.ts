import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const vendorRoutes = screenRoutes([
  {
    path: '/vendors',
    title: t`Vendors`,
    permission: 'vendors:read',
    load: async () => (await import('./VendorList.tsx')).VendorList,
  },
  {
    path: '/vendors/new',
    title: t`New vendor`,
    permission: 'vendors:create',
    load: async () => (await import('./VendorForms.tsx')).NewVendor,
  },
  {
    path: '/vendors/$id',
    title: t`Vendor`,
    permission: 'vendors:read',
    load: async () => (await import('./VendorScreen.tsx')).VendorScreen,
  },
  {
    path: '/vendors/$id/edit',
    title: t`Edit vendor`,
    permission: 'vendors:update',
    load: async () => (await import('./VendorForms.tsx')).EditVendor,
  },
]);
