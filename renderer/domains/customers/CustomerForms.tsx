import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createCustomerSchema,
  updateCustomerSchema,
  type Customer,
} from '../../../server/domains/customers/customers.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { EditMaster, NewMaster, type MasterForm } from '../../lib/MasterForms.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { customerFields, customerForm, keptCustomer, settledCustomer } from './customer-fields.tsx';

const form: MasterForm<
  typeof customerFields,
  Customer,
  typeof createCustomerSchema,
  typeof updateCustomerSchema
> = {
  kind: customerKind,
  create: createCustomerSchema,
  update: updateCustomerSchema,
  words: {
    list: t`Customers`,
    new: t`New customer`,
    add: t`Add customer`,
    added: t`Customer added`,
    saved: t`Customer saved`,
  },
  fields: customerFields,
  parts: customerForm,
  codeOf: ({ code }) => code,
  kept: keptCustomer,
  settled: settledCustomer,
};

export function NewCustomer() {
  const create = useMutation(useTRPC().customers.create.mutationOptions());
  return <NewMaster of={form} save={create.mutateAsync} />;
}

export function EditCustomer() {
  const trpc = useTRPC();
  const update = useMutation(trpc.customers.update.mutationOptions());
  const query = useQuery(trpc.customers.get.queryOptions({ id: useRecordId() }));
  return (
    <RecordGate query={query}>
      {(customer) => <EditMaster key={customer.id} of={form} record={customer} save={update.mutateAsync} />}
    </RecordGate>
  );
}
