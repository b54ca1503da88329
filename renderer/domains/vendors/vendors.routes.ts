import { screenRoutes } from '../../lib/screen-routes.ts';

export const vendorRoutes = screenRoutes([
  {
    path: '/vendors',
    title: 'Vendors',
    permission: 'vendors:read',
    load: async () => (await import('./VendorList.tsx')).VendorList,
  },
  {
    path: '/vendors/new',
    title: 'New vendor',
    permission: 'vendors:create',
    load: async () => (await import('./VendorForms.tsx')).NewVendor,
  },
  {
    path: '/vendors/$id',
    title: 'Vendor',
    permission: 'vendors:read',
    load: async () => (await import('./VendorScreen.tsx')).VendorScreen,
  },
  {
    path: '/vendors/$id/edit',
    title: 'Edit vendor',
    permission: 'vendors:update',
    load: async () => (await import('./VendorForms.tsx')).EditVendor,
  },
]);
