import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createVendorSchema,
  updateVendorSchema,
  vendorSchema,
  type Vendor,
} from '../../../server/domains/vendors/vendors.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { EditMaster, NewMaster, type MasterForm } from '../../lib/MasterForms.tsx';
import {
  fieldLabels,
  FormParts,
  initialValues,
  secretFields,
  seenFields,
  sentValues,
  shownValues,
  type FieldValues,
} from '../../lib/record-fields.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { vendorFields, vendorParts } from './vendor-fields.tsx';

type VendorValues = FieldValues<typeof vendorFields>;

const vendorForm: MasterForm<VendorValues, Vendor, typeof createVendorSchema, typeof updateVendorSchema> = {
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
  initial: initialValues(vendorFields),
  shown: (vendor) => shownValues(vendorFields, vendor),
  sent: (values, ability) => sentValues(seenFields(vendorFields, vendorSchema, ability), values),
  secret: secretFields(vendorFields),
  labels: fieldLabels(vendorFields),
  fields: (form, { ability, isNew }) => (
    <FormParts
      parts={vendorParts}
      fields={seenFields(vendorFields, vendorSchema, ability)}
      form={form}
      isNew={isNew}
    />
  ),
};

export function NewVendor() {
  const create = useMutation(useTRPC().vendors.create.mutationOptions());
  return <NewMaster of={vendorForm} save={(input) => create.mutateAsync(input)} />;
}

export function EditVendor() {
  const trpc = useTRPC();
  const update = useMutation(trpc.vendors.update.mutationOptions());
  const query = useQuery(trpc.vendors.get.queryOptions({ id: useRecordId() }));
  return (
    <RecordGate query={query}>
      {(vendor) => (
        <EditMaster
          key={vendor.id}
          of={vendorForm}
          record={vendor}
          save={(input) => update.mutateAsync(input)}
        />
      )}
    </RecordGate>
  );
}
