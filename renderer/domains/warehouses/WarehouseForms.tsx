import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createWarehouseSchema,
  updateWarehouseSchema,
  type Warehouse,
} from '../../../server/domains/warehouses/warehouses.contract.ts';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { EditMaster, NewMaster, type MasterForm } from '../../lib/MasterForms.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { warehouseFields, warehouseForm } from './warehouse-fields.tsx';

const form: MasterForm<
  typeof warehouseFields,
  Warehouse,
  typeof createWarehouseSchema,
  typeof updateWarehouseSchema
> = {
  kind: warehouseKind,
  create: createWarehouseSchema,
  update: updateWarehouseSchema,
  words: {
    list: t`Warehouses`,
    new: t`New warehouse`,
    add: t`Add warehouse`,
    added: t`Warehouse added`,
    saved: t`Warehouse saved`,
  },
  fields: warehouseFields,
  parts: warehouseForm,
  codeOf: ({ code }) => code,
  kept: (warehouse) => warehouse,
};

export function NewWarehouse() {
  const create = useMutation(useTRPC().warehouses.create.mutationOptions());
  return <NewMaster of={form} save={create.mutateAsync} />;
}

export function EditWarehouse() {
  const trpc = useTRPC();
  const update = useMutation(trpc.warehouses.update.mutationOptions());
  const query = useQuery(trpc.warehouses.get.queryOptions({ id: useRecordId() }));
  return (
    <RecordGate query={query}>
      {(warehouse) => (
        <EditMaster key={warehouse.id} of={form} record={warehouse} save={update.mutateAsync} />
      )}
    </RecordGate>
  );
}
