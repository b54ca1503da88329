import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  vendorSchema,
  createVendorSchema,
  updateVendorSchema,
  type Vendor,
} from '../../../server/domains/vendors/vendors.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordForm } from '../../lib/record-form.ts';
import { RecordFormFrame } from '../../lib/RecordFormFrame.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import {
  emptyVendor,
  vendorInput,
  vendorLabels,
  vendorSecrets,
  vendorValues,
  type VendorValues,
} from './vendor-form-values.ts';
import { VendorFields } from './VendorFields.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

export function NewVendor() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const seesBank = useAbility().sees(vendorSchema, 'bankDetails');
  const [id] = useState(newId);
  const create = useMutation(trpc.vendors.create.mutationOptions());
  const recordForm = useRecordForm<VendorValues, typeof createVendorSchema, Vendor>({
    name: 'vendor:new',
    schema: createVendorSchema,
    initial: emptyVendor,
    secret: vendorSecrets,
    toInput: (values) => ({ id, ...vendorInput(values, { seesBank }) }),
    save: (input) => create.mutateAsync(input),
    onSaved: (vendor) => {
      notifyDone(t`Vendor added`, `${vendor.code} ${vendor.name}`);
      history.replace(paths.vendor(vendor.id));
    },
  });
  return (
    <Page header={<PageHeader title={t`New vendor`} parent={{ label: t`Vendors`, to: paths.vendors }} />}>
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Add vendor`}
        back={paths.vendors}
        labels={vendorLabels}
      >
        <VendorFields form={recordForm.form} seesBank={seesBank} isNew />
      </RecordFormFrame>
    </Page>
  );
}

export function EditVendor() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.vendors.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>{(vendor) => <EditVendorForm key={vendor.id} vendor={vendor} />}</RecordGate>
  );
}

function EditVendorForm({ vendor: loaded }: { vendor: Vendor }) {
  // The form stands on what was loaded first: a refresh behind it must not move what is being typed on.
  const [vendor] = useState(loaded);
  const trpc = useTRPC();
  const history = useAppHistory();
  const seesBank = useAbility().sees(vendorSchema, 'bankDetails');
  const update = useMutation(trpc.vendors.update.mutationOptions());
  usePageTitle(t`Edit ${vendor.name}`);
  const recordForm = useRecordForm<VendorValues, typeof updateVendorSchema, Vendor>({
    name: `vendor:${vendor.id}`,
    schema: updateVendorSchema,
    initial: vendorValues(vendor),
    version: vendor.version,
    secret: vendorSecrets,
    toInput: (values, version) => ({ id: vendor.id, version, ...vendorInput(values, { seesBank }) }),
    save: (input) => update.mutateAsync(input),
    fromCurrent: (current: Vendor) => ({ values: vendorValues(current), version: current.version }),
    onSaved: (saved) => {
      notifyDone(t`Vendor saved`, `${saved.code} ${saved.name}`);
      history.replace(paths.vendor(saved.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={t`Edit ${vendor.name}`}
          parent={{ label: vendor.code, to: paths.vendor(vendor.id) }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save changes`}
        back={paths.vendor(vendor.id)}
        labels={vendorLabels}
      >
        <VendorFields form={recordForm.form} seesBank={seesBank} />
      </RecordFormFrame>
    </Page>
  );
}
