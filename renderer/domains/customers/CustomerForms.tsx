import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createCustomerSchema,
  updateCustomerSchema,
  type Customer,
} from '../../../server/domains/customers/customers.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { EditMaster, NewMaster, type MasterForm } from '../../lib/MasterForms.tsx';
import { fieldLabels, FormParts, initialValues } from '../../lib/record-fields.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import {
  customerFields,
  customerInput,
  customerParts,
  customerValues,
  type CustomerValues,
} from './customer-fields.tsx';

const { shippingAddress: _shippingAddress, ...withoutShipping } = customerFields;

const customerForm: MasterForm<
  CustomerValues,
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
  initial: initialValues(customerFields),
  shown: customerValues,
  sent: customerInput,
  labels: fieldLabels(customerFields),
  fields: (form, { isNew }) => (
    <FormParts<typeof customerFields>
      parts={customerParts}
      fields={form.values.sameAddress ? withoutShipping : customerFields}
      form={form}
      isNew={isNew}
    />
  ),
};

export function NewCustomer() {
  const create = useMutation(useTRPC().customers.create.mutationOptions());
  return <NewMaster of={customerForm} save={(input) => create.mutateAsync(input)} />;
}

export function EditCustomer() {
  const trpc = useTRPC();
  const update = useMutation(trpc.customers.update.mutationOptions());
  const query = useQuery(trpc.customers.get.queryOptions({ id: useRecordId() }));
  return (
    <RecordGate query={query}>
      {(customer) => (
        <EditMaster
          key={customer.id}
          of={customerForm}
          record={customer}
          save={(input) => update.mutateAsync(input)}
        />
      )}
    </RecordGate>
  );
}
