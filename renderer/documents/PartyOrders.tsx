import { t } from '@lingui/core/macro';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import { useAbility } from '../lib/ability.ts';
import { LinkButton } from '../lib/Buttons.tsx';
import type { StateWords } from '../ui/StatusBadge.tsx';
import type { ListRows } from '../lib/list-state.ts';
import { newPath, paths } from '../lib/paths.ts';
import { AppLink } from '../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../ui/DataTable.tsx';
import { Code, Money } from '../ui/Figures.tsx';
import { formatDay } from '../ui/moments.ts';
import { Section } from '../ui/Page.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { useAppHistory } from '../ui/use-app-history.ts';
import { pathOf } from './document-editor.ts';

interface OrderRow {
  id: string;
  status: string;
  orderDate: string;
  total: string | null;
}

interface PartyOrdersProps<Row extends OrderRow> {
  kind: Pick<DocumentKind<string, never>, 'path' | 'createWith'>;
  /** Keeps the reader's choice of columns. */
  name: string;
  /** `none`, `about` and `first` while there are no orders: so it is said, why, and on the button that begins one. */
  words: { title: string; label: string; none: string; about: string; first: string };
  /** As a new order's address names the party. */
  party: Readonly<Record<string, string>>;
  states: Readonly<Record<Row['status'], StateWords>>;
  numberOf: (row: Row) => string | null;
  due: { header: string; dayOf: (row: Row) => string | null };
  /** Columns of the kind's own: before its total, and after its state. */
  beforeTotal?: readonly DataColumn<Row>[];
  afterState?: readonly DataColumn<Row>[];
  rows: ListRows<Row>;
}

/** The orders of a party, on the party's page. */
export function PartyOrders<Row extends OrderRow>(of: PartyOrdersProps<Row>) {
  const history = useAppHistory();
  const pageOf = (row: Row) => pathOf(of.kind, row.id);
  const columns: readonly DataColumn<Row>[] = [
    {
      id: 'number',
      header: t`Order`,
      width: '130px',
      fixed: true,
      cell: (row) => (
        <AppLink to={pageOf(row)} tabIndex={-1}>
          <Code>{of.numberOf(row)}</Code>
        </AppLink>
      ),
    },
    { id: 'date', header: t`Ordered`, width: '100px', cell: (row) => formatDay(row.orderDate) },
    { id: 'due', header: of.due.header, width: '100px', cell: (row) => formatDay(of.due.dayOf(row)) },
    ...(of.beforeTotal ?? []),
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
      width: 'minmax(134px, 1fr)',
      cell: (row) => {
        const { label, tone } = of.states[row.status as Row['status']];
        return <StatusBadge tone={tone}>{label}</StatusBadge>;
      },
    },
    ...(of.afterState ?? []),
  ];
  return (
    <Section title={of.words.title} flush>
      <DataTable
        inline
        name={of.name}
        label={of.words.label}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(pageOf(row));
        }}
        {...of.rows}
        empty={{
          title: of.words.none,
          text: of.words.about,
          action: (
            <NewOrderButton kind={of.kind} party={of.party} variant="default">
              {of.words.first}
            </NewOrderButton>
          ),
        }}
      />
    </Section>
  );
}

/** Begins an order with this party, for those who may: `party` is as the new order's address names it. */
export function NewOrderButton({
  kind,
  party,
  variant = 'filled',
  children,
}: {
  kind: Pick<DocumentKind<string, never>, 'path' | 'createWith'>;
  party: Readonly<Record<string, string>>;
  variant?: 'filled' | 'default';
  children: string;
}) {
  const { can } = useAbility();
  if (!can(kind.createWith)) return null;
  return (
    <LinkButton
      variant={variant}
      to={`${newPath(kind.path ?? paths.overview)}?${new URLSearchParams(party).toString()}`}
    >
      {children}
    </LinkButton>
  );
}
