import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { PurchaseOrderRow } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { vendorSchema, type Vendor } from '../../../server/domains/vendors/vendors.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { addressText } from '../../lib/address.tsx';
import { EditButton, LinkButton } from '../../lib/Buttons.tsx';
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
import { formatCount, formatDay, formatInstant } from '../../ui/formats.ts';
import { Columns, Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { purchaseOrderStateWords } from '../../lib/document-words.ts';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

export function VendorScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.vendors.get.queryOptions({ id }));
  return <RecordGate query={query}>{(vendor) => <VendorRecord vendor={vendor} />}</RecordGate>;
}

function VendorRecord({ vendor }: { vendor: Vendor }) {
  const trpc = useTRPC();
  const ability = useAbility();
  const update = useMutation(trpc.vendors.update.mutationOptions());
  usePageTitle(`${vendor.name} (${vendor.code})`);
  const seesBank = ability.sees(vendorSchema, 'bankDetails');
  return (
    <Page
      header={
        <PageHeader
          parent={{ label: t`Vendors`, to: paths.vendors }}
          title={vendor.name}
          status={<RecordStatus status={vendor.status} filled />}
          detail={<Code>{vendor.code}</Code>}
          actions={
            <>
              {ability.can(vendorKind.updateWith) ? (
                <>
                  <StatusActions
                    status={vendor.status}
                    states={['active', 'inactive', 'suspended']}
                    change={(status) =>
                      update.mutateAsync({ id: vendor.id, version: vendor.version, status })
                    }
                  />
                  <EditButton to={editPath(paths.vendor(vendor.id))} />
                </>
              ) : null}
              {ability.can(purchaseOrderKind.createWith) && vendor.status === 'active' ? (
                <LinkButton
                  to={`${newPath(paths.purchaseOrders)}?vendor=${vendor.id}`}
                >{t`Order from them`}</LinkButton>
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
                  { label: t`Contact`, value: vendor.contactName },
                  { label: 'GST', value: gstRegistrationWords[vendor.gstRegistration] },
                  {
                    label: t`E-mail`,
                    value: vendor.email ? <a href={`mailto:${vendor.email}`}>{vendor.email}</a> : null,
                  },
                  { label: 'GSTIN', value: vendor.gstin ? <Code>{vendor.gstin}</Code> : null },
                  { label: t`Phone`, value: vendor.phone },
                  seesBank && { label: 'PAN', value: vendor.pan ? <Code>{vendor.pan}</Code> : null },
                  { label: t`Address`, value: addressText(vendor.address), wide: true },
                  ...attributeFacts(vendor.attributes),
                ]}
              />
            </Section>
            {ability.can(purchaseOrderKind.readWith) ? <VendorOrders vendorId={vendor.id} /> : null}
          </>
        }
        side={
          <>
            <Section title={t`Terms`}>
              <Facts
                columns={1}
                items={[
                  { label: t`Payment`, value: paymentTermsWords(vendor.paymentTermsDays), figure: true },
                  { label: t`Lead time`, value: t`${vendor.leadTimeDays} days`, figure: true },
                  { label: t`Currency`, value: vendor.currency, figure: true },
                  {
                    label: t`Rating`,
                    value: vendor.rating === null ? null : t`${vendor.rating} of 5`,
                    figure: true,
                  },
                ]}
              />
            </Section>
            <Section title={t`So far`}>
              <Facts
                columns={1}
                items={[
                  { label: t`Orders`, value: formatCount(vendor.totalOrders), figure: true },
                  ability.sees(vendorSchema, 'totalSpent') && {
                    label: t`Spent`,
                    value: <Money value={vendor.totalSpent} currency={vendor.currency} />,
                    figure: true,
                  },
                ]}
              />
            </Section>
            {seesBank ? (
              <Section title={t`Bank details`}>
                <Facts
                  columns={1}
                  items={
                    vendor.bankDetails
                      ? [
                          { label: t`Holder`, value: vendor.bankDetails.accountName },
                          { label: t`Account`, value: <Code>{vendor.bankDetails.accountNumber}</Code> },
                          { label: 'IFSC', value: <Code>{vendor.bankDetails.ifsc}</Code> },
                          { label: t`Bank`, value: vendor.bankDetails.bankName },
                        ]
                      : [{ label: t`Account`, value: t`None on file` }]
                  }
                />
              </Section>
            ) : null}
            <Section title={t`Record`}>
              <Facts
                columns={1}
                items={[
                  { label: t`Added`, value: `${formatInstant(vendor.createdAt)}${by(vendor.createdBy)}` },
                  { label: t`Changed`, value: `${formatInstant(vendor.updatedAt)}${by(vendor.updatedBy)}` },
                ]}
              />
            </Section>
          </>
        }
      />
    </Page>
  );
}

function by(name: string | null): string {
  return name ? `\n${t`by ${name}`}` : '';
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
