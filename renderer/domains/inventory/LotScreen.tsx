import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { isUsableOn } from '../../../server/domains/inventory/lot-state.contract.ts';
import type { Lot } from '../../../server/domains/inventory/lots.contract.ts';
import { today } from '../../../server/ground/days.contract.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code, Quantity } from '../../ui/Figures.tsx';
import { formatDay, formatInstant } from '../../ui/moments.ts';
import { Columns, Page, Section, Stacked } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PrintLabels } from '../labels/PrintLabels.tsx';
import { LotCommands } from './LotCommands.tsx';
import { LotHistory, LotRecipients } from './LotHistory.tsx';
import { LotStatus } from './LotStatus.tsx';
import { placeColumns } from './place-columns.tsx';

/** A lot: what it is, where it lies, from whom it came and who got it. Of a recalled one, who got it stands first. */
export function LotScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.lots.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(lot) => <LotRecord lot={lot} />}</RecordGate>;
}

function LotRecord({ lot }: { lot: Lot }) {
  usePageTitle(t`Lot ${lot.number} (${lot.product.sku})`);
  const isRecalled = lot.status === 'recalled';
  return (
    <Page
      header={
        <PageHeader
          parent={{ label: t`Lots`, to: paths.lots }}
          title={lot.number}
          status={<LotStatus lot={lot} filled />}
          detail={
            <>
              <Code>{lot.product.sku}</Code> · {lot.product.name}
            </>
          }
          actions={
            <>
              <PrintLabels wanted={{ kind: 'lot', items: [{ id: lot.id }] }} />
              <LotCommands lot={lot} />
            </>
          }
        />
      }
    >
      <Columns
        main={
          <Stacked>
            {isRecalled ? <LotRecipients lot={lot} /> : null}
            <LotPlaces lot={lot} />
            {isRecalled ? null : <LotRecipients lot={lot} />}
            <LotHistory lot={lot} />
          </Stacked>
        }
        side={<LotFacts lot={lot} />}
      />
    </Page>
  );
}

function LotFacts({ lot }: { lot: Lot }) {
  const { product, updatedBy: name } = lot;
  const changed = formatInstant(lot.updatedAt);
  return (
    <>
      <Section title={t`Lot`}>
        <Facts
          columns={1}
          items={[
            {
              label: t`Product`,
              value: <AppLink to={paths.product(product.id)}>{product.name}</AppLink>,
            },
            { label: t`Expires`, value: formatDay(lot.expiresOn) },
            { label: t`Made on`, value: formatDay(lot.madeOn) },
            { label: t`Vendor’s lot`, value: lot.vendorLot },
            lot.statusReason !== null && { label: t`Reason`, value: lot.statusReason, wide: true },
          ]}
        />
      </Section>
      <Section title={t`Record`}>
        <Facts
          columns={1}
          items={[
            { label: t`Added`, value: formatInstant(lot.createdAt) },
            { label: t`Changed`, value: name ? `${changed}\n${t`by ${name}`}` : changed },
          ]}
        />
      </Section>
    </>
  );
}

/** What is left of it where. A quarantine bin gives nothing out, whatever the lot is. */
function LotPlaces({ lot }: { lot: Lot }) {
  const isUsable = isUsableOn(today(), lot);
  const { unit } = lot.product;
  const columns: readonly DataColumn<Lot['places'][number]>[] = [
    ...placeColumns,
    {
      id: 'onHand',
      header: t`On hand`,
      width: '110px',
      align: 'end',
      cell: (row) => <Quantity value={row.quantity} unit={unit} />,
    },
    {
      id: 'usable',
      header: t`Usable`,
      width: '110px',
      align: 'end',
      cell: (row) => (
        <Quantity value={isUsable && row.bin.kind !== 'quarantine' ? row.quantity : '0'} unit={unit} />
      ),
    },
  ];
  return (
    <Section title={t`What is left where`} flush>
      <DataTable
        inline
        name="lot-places"
        label={t`What is left where`}
        columns={columns}
        rows={lot.places}
        rowId={(row) => row.bin.id}
        empty={{ title: t`Nothing is left of it`, text: t`All of it has been sent or taken out.` }}
      />
    </Section>
  );
}
