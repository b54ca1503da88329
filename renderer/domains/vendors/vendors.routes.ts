import { t } from '@lingui/core/macro';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const vendorRoutes = screenRoutes([
  {
    path: '/vendors',
    title: t`Vendors`,
    permission: vendorKind.readWith,
    load: async () => (await import('./VendorList.tsx')).VendorList,
  },
  {
    path: '/vendors/new',
    title: t`New vendor`,
    permission: vendorKind.createWith,
    load: async () => (await import('./VendorForms.tsx')).NewVendor,
  },
  {
    path: '/vendors/$id',
    title: t`Vendor`,
    permission: vendorKind.readWith,
    load: async () => (await import('./VendorScreen.tsx')).VendorScreen,
  },
  {
    path: '/vendors/$id/edit',
    title: t`Edit vendor`,
    permission: vendorKind.updateWith,
    load: async () => (await import('./VendorForms.tsx')).EditVendor,
  },
]);
