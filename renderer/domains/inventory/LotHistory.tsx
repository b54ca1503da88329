import { t } from '@lingui/core/macro';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { movementKindSchema } from '../../../server/domains/inventory/inventory.contract.ts';
import { mostLotHistory, type Lot } from '../../../server/domains/inventory/lots.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import classes from '../../documents/documents.module.css';
import { useAbility } from '../../lib/ability.ts';
import { paths } from '../../lib/paths.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Quantity } from '../../ui/Figures.tsx';
import { formatCount, nothing } from '../../ui/formats.ts';
import { formatInstant } from '../../ui/moments.ts';
import { Section } from '../../ui/Page.tsx';
import { movementWords } from './movement-words.ts';

type Source = NonNullable<Lot['sources']>[number];
type Recipient = NonNullable<Lot['recipients']>[number];
type Correction = Lot['corrections'][number];

const when = { id: 'at', header: t`When`, width: '150px', fixed: true };

/** A party leads to its page, for those who may open it. */
function Party({ name, to }: { name: string; to: string | null }) {
  if (to === null) return name;
  return (
    <AppLink to={to} tabIndex={-1}>
      {name}
    </AppLink>
  );
}

function Order({ number, to }: { number: string; to: string }) {
  return (
    <AppLink to={to} tabIndex={-1}>
      <Code>{number}</Code>
    </AppLink>
  );
}

const quantityOf = <Row extends { quantity: string }>(unit: string, signed = false): DataColumn<Row> => ({
  id: 'quantity',
  header: t`Quantity`,
  width: '110px',
  align: 'end',
  cell: (row) => <Quantity value={row.quantity} unit={unit} signed={signed} />,
});

/** Says that a part of the history has more than is shown. */
function CutNote({ lot, part }: { lot: Lot; part: Lot['cut'][number] }) {
  if (!lot.cut.includes(part)) return null;
  return (
    <p
      className={classes.notes}
    >{t`Only the latest ${formatCount(mostLotHistory)} are shown; there are more.`}</p>
  );
}

/** Who got the lot: what a recall has to reach. Only for those who see sales. */
export function LotRecipients({ lot }: { lot: Lot }) {
  const { can } = useAbility();
  const { recipients, product } = lot;
  if (!recipients) return null;
  const columns: readonly DataColumn<Recipient>[] = [
    { ...when, cell: (row) => formatInstant(row.at) },
    {
      id: 'customer',
      header: t`Customer`,
      width: 'minmax(140px, 2fr)',
      cell: ({ customer: { id, name } }) => (
        <Party name={name} to={can(customerKind.readWith) ? paths.customer(id) : null} />
      ),
    },
    {
      id: 'order',
      header: t`Order`,
      width: '136px',
      cell: ({ salesOrder: { id, number } }) => <Order number={number} to={paths.salesOrder(id)} />,
    },
    {
      id: 'shipment',
      header: t`Shipment`,
      width: '136px',
      cell: (row) => <Code>{row.shipmentNumber}</Code>,
    },
    quantityOf(product.unit),
  ];
  return (
    <Section title={t`Who got it`} flush>
      <DataTable
        inline
        name="lot-recipients"
        label={t`Who got it`}
        columns={columns}
        rows={recipients}
        rowId={(row) => `${row.shipmentNumber} ${row.at} ${row.quantity}`}
        empty={{ title: t`Nobody got it yet`, text: t`Shipments that take of it are listed here.` }}
      />
      <CutNote lot={lot} part="recipients" />
    </Section>
  );
}

/** From whom the lot came, for those who see purchases, and what else happened to it. */
export function LotHistory({ lot }: { lot: Lot }) {
  const { can } = useAbility();
  const { sources, corrections, product } = lot;
  const cameColumns: readonly DataColumn<Source>[] = [
    { ...when, cell: (row) => formatInstant(row.at) },
    {
      id: 'vendor',
      header: t`Vendor`,
      width: 'minmax(140px, 2fr)',
      cell: ({ vendor: { id, name } }) => (
        <Party name={name} to={can(vendorKind.readWith) ? paths.vendor(id) : null} />
      ),
    },
    {
      id: 'order',
      header: t`Order`,
      width: '136px',
      cell: ({ purchaseOrder: { id, number } }) => <Order number={number} to={paths.purchaseOrder(id)} />,
    },
    { id: 'receipt', header: t`Receipt`, width: '136px', cell: (row) => <Code>{row.receiptNumber}</Code> },
    quantityOf(product.unit),
  ];
  const correctionColumns: readonly DataColumn<Correction>[] = [
    { ...when, cell: (row) => formatInstant(row.at) },
    {
      id: 'kind',
      header: t`Movement`,
      width: 'minmax(110px, 1fr)',
      cell: ({ kind }) => {
        const known = movementKindSchema.safeParse(kind).data;
        return known ? movementWords[known] : kind;
      },
    },
    {
      id: 'place',
      header: t`Place`,
      width: 'minmax(110px, 1fr)',
      cell: (row) => (
        <Code>
          {row.warehouseCode} {row.binCode}
        </Code>
      ),
    },
    { id: 'actor', header: t`By`, width: 'minmax(100px, 1fr)', cell: (row) => row.actor ?? nothing },
    quantityOf(product.unit, true),
  ];
  return (
    <>
      {sources ? (
        <Section title={t`Where it came from`} flush>
          <DataTable
            inline
            name="lot-sources"
            label={t`Where it came from`}
            columns={cameColumns}
            rows={sources}
            rowId={(row) => `${row.receiptNumber} ${row.at} ${row.quantity}`}
            empty={{
              title: t`No receipt brought it`,
              text: t`It came in by an adjustment, or before its receipts were written here.`,
            }}
          />
          <CutNote lot={lot} part="sources" />
        </Section>
      ) : null}
      <Section title={t`Other movements`} flush>
        <DataTable
          inline
          name="lot-corrections"
          label={t`Other movements`}
          columns={correctionColumns}
          rows={corrections}
          rowId={(row) => `${row.at} ${row.kind} ${row.warehouseCode} ${row.binCode} ${row.quantity}`}
          empty={{
            title: t`Nothing else moved it`,
            text: t`What is found, lost, moved or taken back of it is listed here.`,
          }}
        />
        <CutNote lot={lot} part="corrections" />
      </Section>
    </>
  );
}
