import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { SalesOrderRow } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { customerSchema, type Customer } from '../../../server/domains/customers/customers.contract.ts';
import { partyStatuses } from '../../../server/domains/party.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { paymentStateWords, salesOrderStateWords } from '../../lib/document-words.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { MasterPage } from '../../lib/MasterPage.tsx';
import { newPath, paths } from '../../lib/paths.ts';
import { seenFields } from '../../lib/record-fields.tsx';
import { PageParts, RecordTrace } from '../../lib/record-reading.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money } from '../../ui/Figures.tsx';
import { formatDay } from '../../ui/formats.ts';
import { Columns, Section } from '../../ui/Page.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { customerPage, customerRead } from './customer-fields.tsx';

export function CustomerScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.customers.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(customer) => <CustomerRecord customer={customer} />}</RecordGate>;
}

function CustomerRecord({ customer }: { customer: Customer }) {
  const ability = useAbility();
  const update = useMutation(useTRPC().customers.update.mutationOptions());
  const read = { fields: seenFields(customerRead, customerSchema, ability), record: customer };
  const { id, version } = customer;
  return (
    <MasterPage
      kind={customerKind}
      list={t`Customers`}
      record={customer}
      code={customer.code}
      states={partyStatuses}
      change={(status) => update.mutateAsync({ id, version, status })}
      actions={
        ability.can(salesOrderKind.createWith) && customer.status === 'active' ? (
          <LinkButton to={`${newPath(paths.salesOrders)}?customer=${id}`}>{t`New sales order`}</LinkButton>
        ) : null
      }
    >
      <Columns
        main={
          <>
            <PageParts parts={customerPage.main} {...read} />
            {ability.can(salesOrderKind.readWith) ? <CustomerOrders customerId={id} /> : null}
          </>
        }
        side={
          <>
            <PageParts parts={customerPage.side} {...read} />
            <RecordTrace record={customer} />
          </>
        }
      />
    </MasterPage>
  );
}

const orderColumns: readonly DataColumn<SalesOrderRow>[] = [
  {
    id: 'number',
    header: t`Order`,
    width: '130px',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.salesOrder(row.id)} tabIndex={-1}>
        <Code>{row.soNumber}</Code>
      </AppLink>
    ),
  },
  { id: 'date', header: t`Ordered`, width: '100px', cell: (row) => formatDay(row.orderDate) },
  { id: 'promised', header: t`Promised`, width: '100px', cell: (row) => formatDay(row.promisedDate) },
  {
    id: 'total',
    header: t`Total`,
    width: '110px',
    align: 'end',
    cell: (row) => <Money value={row.total} />,
  },
  {
    id: 'status',
    header: t`Status`,
    width: '134px',
    cell: (row) => {
      const { label, tone } = salesOrderStateWords[row.status];
      return <StatusBadge tone={tone}>{label}</StatusBadge>;
    },
  },
  {
    id: 'payment',
    header: t`Payment`,
    width: 'minmax(118px, 1fr)',
    cell: (row) => {
      const { label, tone } = paymentStateWords[row.paymentStatus];
      return <StatusBadge tone={tone}>{label}</StatusBadge>;
    },
  },
];

function CustomerOrders({ customerId }: { customerId: string }) {
  const trpc = useTRPC();
  const history = useAppHistory();
  const query = useInfiniteQuery(
    trpc.salesOrders.list.infiniteQueryOptions(
      { filter: { customerId }, sort: { by: 'orderDate', direction: 'desc' }, limit: 50 },
      listPaging,
    ),
  );
  return (
    <Section title={t`Sales orders`} flush>
      <DataTable
        inline
        name="customer-orders"
        label={t`Sales orders of this customer`}
        columns={orderColumns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.salesOrder(row.id));
        }}
        {...useListRows(query)}
        empty={<EmptyState title={t`Nothing sold to them yet`} />}
      />
    </Section>
  );
}
