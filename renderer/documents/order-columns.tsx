import { t } from '@lingui/core/macro';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import type { StateWords } from '../ui/StatusBadge.tsx';
import { AppLink } from '../ui/AppLink.tsx';
import type { DataColumn } from '../ui/DataTable.tsx';
import { Ago, Code, Money } from '../ui/Figures.tsx';
import { formatCount } from '../ui/formats.ts';
import { formatDay } from '../ui/moments.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { pathOf } from './document-editor.ts';
import { DueDay } from './order-facts.tsx';

/** A row of a list of orders, as far as all kinds have it. */
interface OrderRow {
  id: string;
  status: string;
  warehouseCode: string;
  orderDate: string;
  lineCount: number;
  total: string | null;
  updatedAt: string;
}

/** The names of a kind's columns, and the fields they show. */
interface OrderColumns<Row extends OrderRow> {
  kind: Pick<DocumentKind<string, never>, 'path'>;
  number: keyof Row & string;
  states: Readonly<Record<Row['status'], StateWords>>;
  party: { header: string; field: keyof Row & string };
  warehouse: string;
  due: { header: string; field: keyof Row & string; isLate: (row: Row) => boolean };
  /** In CSS, where a column has another width than most. */
  widths: Readonly<
    Record<'number' | 'status' | 'party' | 'warehouse' | 'orderDate' | 'due' | 'total', string>
  >;
  lines: { width: string; hidden?: true };
  /** Columns of the kind's own: after its party, and after its lines. */
  afterParty?: readonly DataColumn<Row>[];
  afterLines?: readonly DataColumn<Row>[];
}

/** The columns of a list of orders. */
export function orderColumns<Row extends OrderRow>(of: OrderColumns<Row>): readonly DataColumn<Row>[] {
  const { widths } = of;
  const text = (row: Row, field: keyof Row & string) => row[field] as string;
  return [
    {
      id: of.number,
      header: t`Order`,
      sortBy: of.number,
      fixed: true,
      width: widths.number,
      cell: (row) => (
        <AppLink to={pathOf(of.kind, row.id)} tabIndex={-1}>
          <Code>{text(row, of.number)}</Code>
        </AppLink>
      ),
    },
    {
      id: 'status',
      header: t`Status`,
      width: widths.status,
      cell: (row) => {
        const { label, tone } = of.states[row.status as Row['status']];
        return <StatusBadge tone={tone}>{label}</StatusBadge>;
      },
    },
    {
      id: of.party.field,
      header: of.party.header,
      sortBy: of.party.field,
      width: widths.party,
      cell: (row) => text(row, of.party.field),
    },
    ...(of.afterParty ?? []),
    {
      id: 'warehouse',
      header: of.warehouse,
      width: widths.warehouse,
      cell: (row) => <Code>{row.warehouseCode}</Code>,
    },
    {
      id: 'orderDate',
      header: t`Ordered`,
      sortBy: 'orderDate',
      width: widths.orderDate,
      cell: (row) => formatDay(row.orderDate),
    },
    {
      id: of.due.field,
      header: of.due.header,
      sortBy: of.due.field,
      width: widths.due,
      cell: (row) => <DueDay day={row[of.due.field] as string | null} late={of.due.isLate(row)} />,
    },
    {
      id: 'lines',
      header: t`Lines`,
      align: 'end',
      ...of.lines,
      cell: (row) => formatCount(row.lineCount),
    },
    ...(of.afterLines ?? []),
    {
      id: 'total',
      header: t`Total`,
      sortBy: 'total',
      align: 'end',
      width: widths.total,
      cell: (row) => <Money value={row.total} />,
    },
    {
      id: 'updatedAt',
      header: t`Changed`,
      sortBy: 'updatedAt',
      width: '120px',
      hidden: true,
      cell: (row) => <Ago at={row.updatedAt} />,
    },
  ];
}
