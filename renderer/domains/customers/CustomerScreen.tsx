import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import type { Customer } from '../../../server/domains/customers/customers.contract.ts';
import { NewOrderButton } from '../../documents/PartyOrders.tsx';
import { useAbility } from '../../lib/ability.ts';
import { MasterPage } from '../../lib/MasterPage.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { CustomerOrders } from './CustomerOrders.tsx';
import { customerPage } from './customer-fields.tsx';

export function CustomerScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.customers.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(customer) => <CustomerRecord customer={customer} />}</RecordGate>;
}

function CustomerRecord({ customer }: { customer: Customer }) {
  const { can } = useAbility();
  const update = useMutation(useTRPC().customers.update.mutationOptions());
  const { id, version, status } = customer;
  return (
    <MasterPage
      of={customerPage}
      record={customer}
      code={customer.code}
      change={(next) => update.mutateAsync({ id, version, status: next })}
      actions={
        status === 'active' ? (
          <NewOrderButton kind={salesOrderKind} party={{ customer: id }}>{t`New sales order`}</NewOrderButton>
        ) : null
      }
      main={can(salesOrderKind.readWith) ? <CustomerOrders customerId={id} /> : null}
    />
  );
}
