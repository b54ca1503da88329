import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createCustomerSchema,
  updateCustomerSchema,
  type Customer,
} from '../../../server/domains/customers/customers.contract.ts';
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
  emptyCustomer,
  customerInput,
  customerLabels,
  customerValues,
  type CustomerValues,
} from './customer-form-values.ts';
import { CustomerFields } from './CustomerFields.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

export function NewCustomer() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const [id] = useState(newId);
  const create = useMutation(trpc.customers.create.mutationOptions());
  const recordForm = useRecordForm<CustomerValues, typeof createCustomerSchema, Customer>({
    name: 'customer:new',
    schema: createCustomerSchema,
    initial: emptyCustomer,
    toInput: (values) => ({ id, ...customerInput(values) }),
    save: (input) => create.mutateAsync(input),
    onSaved: (customer) => {
      notifyDone(t`Customer added`, `${customer.code} ${customer.name}`);
      history.replace(paths.customer(customer.id));
    },
  });
  return (
    <Page
      header={<PageHeader title={t`New customer`} parent={{ label: t`Customers`, to: paths.customers }} />}
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Add customer`}
        back={paths.customers}
        labels={customerLabels}
      >
        <CustomerFields form={recordForm.form} isNew />
      </RecordFormFrame>
    </Page>
  );
}

export function EditCustomer() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.customers.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>
      {(customer) => <EditCustomerForm key={customer.id} customer={customer} />}
    </RecordGate>
  );
}

function EditCustomerForm({ customer: loaded }: { customer: Customer }) {
  // The form stands on what was loaded first: a refresh behind it must not move what is being typed on.
  const [customer] = useState(loaded);
  const trpc = useTRPC();
  const history = useAppHistory();
  const update = useMutation(trpc.customers.update.mutationOptions());
  usePageTitle(t`Edit ${customer.name}`);
  const recordForm = useRecordForm<CustomerValues, typeof updateCustomerSchema, Customer>({
    name: `customer:${customer.id}`,
    schema: updateCustomerSchema,
    initial: customerValues(customer),
    version: customer.version,
    toInput: (values, version) => ({ id: customer.id, version, ...customerInput(values) }),
    save: (input) => update.mutateAsync(input),
    fromCurrent: (current: Customer) => ({ values: customerValues(current), version: current.version }),
    onSaved: (saved) => {
      notifyDone(t`Customer saved`, `${saved.code} ${saved.name}`);
      history.replace(paths.customer(saved.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={t`Edit ${customer.name}`}
          parent={{ label: customer.code, to: paths.customer(customer.id) }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save changes`}
        back={paths.customer(customer.id)}
        labels={customerLabels}
      >
        <CustomerFields form={recordForm.form} />
      </RecordFormFrame>
    </Page>
  );
}
