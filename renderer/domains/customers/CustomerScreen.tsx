import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { Customer } from '../../../server/domains/customers/customers.contract.ts';
import type { SalesOrderRow } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { addressText } from '../../lib/address.tsx';
import { EditButton, LinkButton } from '../../lib/Buttons.tsx';
import { paymentStateWords, salesOrderStateWords } from '../../lib/document-words.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { gstRegistrationWords, paymentTermsWords } from '../../lib/party-words.ts';
import { attributeFacts } from '../../lib/field-name.ts';
import { editPath, newPath, paths } from '../../lib/paths.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { StatusActions } from '../../lib/StatusActions.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code, Money } from '../../ui/Figures.tsx';
import { formatDay, formatInstant } from '../../ui/formats.ts';
import { Columns, Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

export function CustomerScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.customers.get.queryOptions({ id }));
  return <RecordGate query={query}>{(customer) => <CustomerRecord customer={customer} />}</RecordGate>;
}

function CustomerRecord({ customer }: { customer: Customer }) {
  const trpc = useTRPC();
  const ability = useAbility();
  const update = useMutation(trpc.customers.update.mutationOptions());
  usePageTitle(`${customer.name} (${customer.code})`);
  return (
    <Page
      header={
        <PageHeader
          parent={{ label: t`Customers`, to: paths.customers }}
          title={customer.name}
          status={<RecordStatus status={customer.status} filled />}
          detail={<Code>{customer.code}</Code>}
          actions={
            <>
              {ability.can(customerKind.updateWith) ? (
                <>
                  <StatusActions
                    status={customer.status}
                    states={['active', 'inactive', 'suspended']}
                    change={(status) =>
                      update.mutateAsync({ id: customer.id, version: customer.version, status })
                    }
                  />
                  <EditButton to={editPath(paths.customer(customer.id))} />
                </>
              ) : null}
              {ability.can(salesOrderKind.createWith) && customer.status === 'active' ? (
                <LinkButton
                  to={`${newPath(paths.salesOrders)}?customer=${customer.id}`}
                >{t`New sales order`}</LinkButton>
              ) : null}
            </>
          }
        />
      }
    >
      <Columns
        main={
          <>
            <Section title={t`About`}>
              <Facts
                items={[
                  { label: t`Contact`, value: customer.contactName },
                  { label: 'GST', value: gstRegistrationWords[customer.gstRegistration] },
                  {
                    label: t`E-mail`,
                    value: customer.email ? <a href={`mailto:${customer.email}`}>{customer.email}</a> : null,
                  },
                  { label: 'GSTIN', value: customer.gstin ? <Code>{customer.gstin}</Code> : null },
                  { label: t`Phone`, value: customer.phone, wide: true },
                  { label: t`Bill to`, value: addressText(customer.billingAddress) },
                  { label: t`Ship to`, value: addressText(customer.shippingAddress) },
                  ...attributeFacts(customer.attributes),
                ]}
              />
            </Section>
            {ability.can(salesOrderKind.readWith) ? <CustomerOrders customerId={customer.id} /> : null}
          </>
        }
        side={
          <>
            <Section title={t`Terms`}>
              <Facts
                columns={1}
                items={[
                  { label: t`Payment`, value: paymentTermsWords(customer.paymentTermsDays), figure: true },
                  {
                    label: t`Credit limit`,
                    value:
                      customer.creditLimit === null ? t`No limit` : <Money value={customer.creditLimit} />,
                    figure: true,
                  },
                  { label: t`Outstanding`, value: <Money value={customer.outstanding} />, figure: true },
                ]}
              />
            </Section>
            <Section title={t`Record`}>
              <Facts
                columns={1}
                items={[
                  { label: t`Added`, value: formatInstant(customer.createdAt) },
                  { label: t`Changed`, value: formatInstant(customer.updatedAt) },
                ]}
              />
            </Section>
          </>
        }
      />
    </Page>
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
