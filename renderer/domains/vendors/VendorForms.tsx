import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createVendorSchema,
  updateVendorSchema,
  type Vendor,
} from '../../../server/domains/vendors/vendors.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { EditMaster, NewMaster, type MasterForm } from '../../lib/MasterForms.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { vendorFields, vendorForm } from './vendor-fields.tsx';

const form: MasterForm<typeof vendorFields, Vendor, typeof createVendorSchema, typeof updateVendorSchema> = {
  kind: vendorKind,
  create: createVendorSchema,
  update: updateVendorSchema,
  words: {
    list: t`Vendors`,
    new: t`New vendor`,
    add: t`Add vendor`,
    added: t`Vendor added`,
    saved: t`Vendor saved`,
  },
  fields: vendorFields,
  parts: vendorForm,
  codeOf: ({ code }) => code,
  kept: (vendor) => vendor,
};

export function NewVendor() {
  const create = useMutation(useTRPC().vendors.create.mutationOptions());
  return <NewMaster of={form} save={create.mutateAsync} />;
}

export function EditVendor() {
  const trpc = useTRPC();
  const update = useMutation(trpc.vendors.update.mutationOptions());
  const query = useQuery(trpc.vendors.get.queryOptions({ id: useRecordId() }));
  return (
    <RecordGate query={query}>
      {(vendor) => <EditMaster key={vendor.id} of={form} record={vendor} save={update.mutateAsync} />}
    </RecordGate>
  );
}
