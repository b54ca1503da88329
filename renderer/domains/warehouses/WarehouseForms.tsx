import { t } from '@lingui/core/macro';
import { Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createWarehouseSchema,
  updateWarehouseSchema,
  type Warehouse,
} from '../../../server/domains/warehouses/warehouses.contract.ts';
import { AddressFields } from '../../lib/address.tsx';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { recordStateOptions } from '../../lib/party-words.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordForm } from '../../lib/record-form.ts';
import { RecordFormFrame } from '../../lib/RecordFormFrame.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { FieldCell, FormSection } from '../../ui/FormFrame.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import {
  emptyWarehouse,
  warehouseInput,
  warehouseLabels,
  warehouseValues,
  type WarehouseValues,
} from './warehouse-form-values.ts';
import { useAppHistory } from '../../ui/use-app-history.ts';

export function NewWarehouse() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const [id] = useState(newId);
  const create = useMutation(trpc.warehouses.create.mutationOptions());
  const recordForm = useRecordForm<WarehouseValues, typeof createWarehouseSchema, Warehouse>({
    name: 'warehouse:new',
    schema: createWarehouseSchema,
    initial: emptyWarehouse,
    toInput: (values) => ({ id, ...warehouseInput(values) }),
    save: (input) => create.mutateAsync(input),
    onSaved: (warehouse) => {
      notifyDone(t`Warehouse added`, `${warehouse.code} ${warehouse.name}`);
      history.replace(paths.warehouse(warehouse.id));
    },
  });
  return (
    <Page
      header={<PageHeader title={t`New warehouse`} parent={{ label: t`Warehouses`, to: paths.warehouses }} />}
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Add warehouse`}
        back={paths.warehouses}
        labels={warehouseLabels}
      >
        <WarehouseFields form={recordForm.form} isNew />
      </RecordFormFrame>
    </Page>
  );
}

export function EditWarehouse() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.warehouses.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>
      {(warehouse) => <EditWarehouseForm key={warehouse.id} warehouse={warehouse} />}
    </RecordGate>
  );
}

function EditWarehouseForm({ warehouse: loaded }: { warehouse: Warehouse }) {
  // The form stands on what was loaded first: a refresh behind it must not move what is being typed on.
  const [warehouse] = useState(loaded);
  const trpc = useTRPC();
  const history = useAppHistory();
  const update = useMutation(trpc.warehouses.update.mutationOptions());
  usePageTitle(t`Edit ${warehouse.name}`);
  const recordForm = useRecordForm<WarehouseValues, typeof updateWarehouseSchema, Warehouse>({
    name: `warehouse:${warehouse.id}`,
    schema: updateWarehouseSchema,
    initial: warehouseValues(warehouse),
    version: warehouse.version,
    toInput: (values, version) => ({ id: warehouse.id, version, ...warehouseInput(values) }),
    save: (input) => update.mutateAsync(input),
    fromCurrent: (current: Warehouse) => ({ values: warehouseValues(current), version: current.version }),
    onSaved: (saved) => {
      notifyDone(t`Warehouse saved`, `${saved.code} ${saved.name}`);
      history.replace(paths.warehouse(saved.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={t`Edit ${warehouse.name}`}
          parent={{ label: warehouse.code, to: paths.warehouse(warehouse.id) }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save changes`}
        back={paths.warehouse(warehouse.id)}
        labels={warehouseLabels}
      >
        <WarehouseFields form={recordForm.form} />
      </RecordFormFrame>
    </Page>
  );
}

function WarehouseFields({
  form,
  isNew = false,
}: {
  form: UseFormReturnType<WarehouseValues>;
  isNew?: boolean;
}) {
  return (
    <>
      <FormSection title={t`Warehouse`}>
        <FieldCell span={2}>
          <TextInput
            label={t`Code`}
            required
            autoFocus={isNew}
            placeholder="BLR1"
            {...form.getInputProps('code')}
          />
        </FieldCell>
        <FieldCell span={4}>
          <TextInput label={t`Name`} required {...form.getInputProps('name')} />
        </FieldCell>
        <FieldCell span={2}>
          <Select
            label={t`Status`}
            data={recordStateOptions(['active', 'inactive'])}
            {...form.getInputProps('status')}
          />
        </FieldCell>
      </FormSection>
      <FormSection title={t`Address`} help={t`Printed on orders as the place of delivery.`}>
        <AddressFields bind={(field) => form.getInputProps(`address.${field}`)} />
      </FormSection>
    </>
  );
}
