import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { PurchaseOrderRow } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { vendorSchema, type Vendor } from '../../../server/domains/vendors/vendors.contract.ts';
import { partyStatuses } from '../../../server/domains/party.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { purchaseOrderStateWords } from '../../lib/document-words.ts';
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
import { vendorPage, vendorRead } from './vendor-fields.tsx';

export function VendorScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.vendors.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(vendor) => <VendorRecord vendor={vendor} />}</RecordGate>;
}

function VendorRecord({ vendor }: { vendor: Vendor }) {
  const ability = useAbility();
  const update = useMutation(useTRPC().vendors.update.mutationOptions());
  const read = { fields: seenFields(vendorRead, vendorSchema, ability), record: vendor };
  const { id, version } = vendor;
  return (
    <MasterPage
      kind={vendorKind}
      list={t`Vendors`}
      record={vendor}
      code={vendor.code}
      states={partyStatuses}
      change={(status) => update.mutateAsync({ id, version, status })}
      actions={
        ability.can(purchaseOrderKind.createWith) && vendor.status === 'active' ? (
          <LinkButton to={`${newPath(paths.purchaseOrders)}?vendor=${id}`}>{t`Order from them`}</LinkButton>
        ) : null
      }
    >
      <Columns
        main={
          <>
            <PageParts parts={vendorPage.main} {...read} />
            {ability.can(purchaseOrderKind.readWith) ? <VendorOrders vendorId={id} /> : null}
          </>
        }
        side={
          <>
            <PageParts parts={vendorPage.side} {...read} />
            <RecordTrace record={vendor} />
          </>
        }
      />
    </MasterPage>
  );
}

const orderColumns: readonly DataColumn<PurchaseOrderRow>[] = [
  {
    id: 'number',
    header: t`Order`,
    width: '130px',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.purchaseOrder(row.id)} tabIndex={-1}>
        <Code>{row.poNumber}</Code>
      </AppLink>
    ),
  },
  { id: 'date', header: t`Ordered`, width: '110px', cell: (row) => formatDay(row.orderDate) },
  { id: 'expected', header: t`Expected`, width: '110px', cell: (row) => formatDay(row.expectedDate) },
  { id: 'warehouse', header: t`To`, width: '80px', cell: (row) => row.warehouseCode },
  { id: 'total', header: t`Total`, width: '120px', align: 'end', cell: (row) => <Money value={row.total} /> },
  {
    id: 'status',
    header: t`Status`,
    width: 'minmax(150px, 1fr)',
    cell: (row) => {
      const { label, tone } = purchaseOrderStateWords[row.status];
      return <StatusBadge tone={tone}>{label}</StatusBadge>;
    },
  },
];

function VendorOrders({ vendorId }: { vendorId: string }) {
  const trpc = useTRPC();
  const history = useAppHistory();
  const query = useInfiniteQuery(
    trpc.purchaseOrders.list.infiniteQueryOptions(
      { filter: { vendorId }, sort: { by: 'orderDate', direction: 'desc' }, limit: 50 },
      listPaging,
    ),
  );
  return (
    <Section title={t`Purchase orders`} flush>
      <DataTable
        inline
        name="vendor-orders"
        label={t`Purchase orders of this vendor`}
        columns={orderColumns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.purchaseOrder(row.id));
        }}
        {...useListRows(query)}
        empty={<EmptyState title={t`Nothing ordered from them yet`} />}
      />
    </Section>
  );
}
