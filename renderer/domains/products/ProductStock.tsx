import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  movementRowSchema,
  stockRowSchema,
  type MovementRow,
  type StockRow,
} from '../../../server/domains/inventory/inventory.contract.ts';
import type { Product } from '../../../server/domains/products/products.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { useFirstStock } from '../inventory/first-stock.tsx';
import { movementWords, reasonText } from '../inventory/movement-words.ts';
import { placeColumns } from '../inventory/place-columns.tsx';
import { wordsOf } from '../../lib/error-words.ts';
import { MovementsLink, OpenOrdersLink } from '../../lib/figure-links.tsx';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { pathOf } from '../../lib/kinds.ts';
import { useTRPC } from '../../lib/services.tsx';
import { seenColumns } from '../../lib/seen-columns.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { formatInstant } from '../../ui/moments.ts';
import { Section } from '../../ui/Page.tsx';
import { FigureStrip } from '../../ui/FigureStrip.tsx';

const ordersOf = (row: StockRow) => ({ productId: row.product.id, warehouseId: row.warehouse.id });
const placeOf = (row: StockRow) => ({ ...ordersOf(row), binId: row.bin.id });

const stockColumns: readonly DataColumn<StockRow>[] = [
  ...placeColumns,
  {
    id: 'onHand',
    header: t`On hand`,
    width: '100px',
    align: 'end',
    cell: (row) => (
      <MovementsLink of={placeOf(row)}>
        <Quantity value={row.onHand} />
      </MovementsLink>
    ),
  },
  {
    id: 'reserved',
    header: t`Reserved`,
    width: '100px',
    align: 'end',
    cell: (row) => (
      <OpenOrdersLink side="sale" of={ordersOf(row)}>
        <Quantity value={row.reserved} />
      </OpenOrdersLink>
    ),
  },
  {
    id: 'available',
    header: t`Available`,
    width: '100px',
    align: 'end',
    cell: (row) => <Quantity value={row.available} />,
  },
  {
    id: 'transit',
    header: t`In transit`,
    width: '100px',
    align: 'end',
    cell: (row) => (
      <OpenOrdersLink side="purchase" of={ordersOf(row)}>
        <Quantity value={row.inTransit} />
      </OpenOrdersLink>
    ),
  },
  {
    id: 'cost',
    header: t`Average cost`,
    width: '110px',
    align: 'end',
    cell: (row) => <Money value={row.averageCost} unitPrice />,
  },
  {
    id: 'value',
    header: t`Value`,
    width: '124px',
    align: 'end',
    cell: (row) => (
      <MovementsLink of={placeOf(row)}>
        <Money value={row.value} />
      </MovementsLink>
    ),
  },
];

/** Where the product lies, and how much of it is free. */
export function ProductStock({ product }: { product: Product }) {
  const trpc = useTRPC();
  const seesCosts = useAbility().sees(stockRowSchema, 'value');
  const query = useQuery(trpc.inventory.product.queryOptions({ id: product.id }));
  const firstStock = useFirstStock();
  const stock = query.data;
  const of = { productId: product.id };
  const columns = seesCosts
    ? stockColumns
    : stockColumns.filter((one) => one.id !== 'cost' && one.id !== 'value');
  return (
    <Section title={t`Stock`} flush>
      <FigureStrip
        figures={[
          {
            label: t`On hand`,
            value: (
              <MovementsLink of={of}>
                <Quantity value={stock?.onHand} unit={product.unit} />
              </MovementsLink>
            ),
          },
          {
            label: t`Reserved`,
            value: (
              <OpenOrdersLink side="sale" of={of}>
                <Quantity value={stock?.reserved} unit={product.unit} />
              </OpenOrdersLink>
            ),
          },
          { label: t`Available`, value: <Quantity value={stock?.available} unit={product.unit} /> },
          {
            label: t`In transit`,
            value: (
              <OpenOrdersLink side="purchase" of={of}>
                <Quantity value={stock?.inTransit} unit={product.unit} />
              </OpenOrdersLink>
            ),
          },
          {
            label: t`Backorders`,
            value: (
              <OpenOrdersLink side="sale" of={of}>
                <Quantity value={stock?.backordered} unit={product.unit} />
              </OpenOrdersLink>
            ),
          },
          { label: t`Projected`, value: <Quantity value={stock?.projected} unit={product.unit} /> },
          ...(seesCosts
            ? [
                {
                  label: t`Value`,
                  value: (
                    <MovementsLink of={of}>
                      <Money value={stock?.value} />
                    </MovementsLink>
                  ),
                },
              ]
            : []),
        ]}
      />
      <DataTable
        inline
        name="product-stock"
        label={t`Stock by place`}
        columns={columns}
        rows={stock?.places ?? []}
        rowId={(row) => row.id}
        loading={query.isPending}
        problem={query.error ? wordsOf(query.error) : undefined}
        onRetry={() => void query.refetch()}
        empty={{ title: t`Never in stock`, ...firstStock }}
      />
    </Section>
  );
}

const movementColumns: readonly DataColumn<MovementRow>[] = [
  { id: 'at', header: t`When`, width: '150px', fixed: true, cell: (row) => formatInstant(row.occurredAt) },
  { id: 'kind', header: t`Movement`, width: 'minmax(110px, 1fr)', cell: (row) => movementWords[row.kind] },
  {
    id: 'place',
    header: t`Place`,
    width: 'minmax(110px, 1fr)',
    cell: (row) => `${row.warehouseCode} / ${row.binCode}`,
  },
  {
    id: 'document',
    header: t`Document`,
    width: '150px',
    cell: (row) =>
      row.documentNumber ? <DocumentLink row={row} number={row.documentNumber} /> : reasonText(row),
  },
  {
    id: 'quantity',
    header: t`Quantity`,
    width: '100px',
    align: 'end',
    cell: (row) => <Quantity value={row.quantity} signed />,
  },
  {
    id: 'after',
    header: t`After`,
    width: '100px',
    align: 'end',
    cell: (row) => <Quantity value={row.quantityAfter} />,
  },
  { id: 'value', header: t`Value`, width: '124px', align: 'end', cell: (row) => <Money value={row.value} /> },
];

function DocumentLink({ row, number }: { row: MovementRow; number: string }) {
  const to = pathOf(row.documentKind, row.documentId);
  if (!to) return <Code>{number}</Code>;
  return (
    <AppLink to={to} tabIndex={-1}>
      <Code>{number}</Code>
    </AppLink>
  );
}

/** The product's pages of the ledger, newest first. */
export function ProductMovements({ product }: { product: Product }) {
  const trpc = useTRPC();
  const ability = useAbility();
  const query = useInfiniteQuery(
    trpc.inventory.movements.infiniteQueryOptions(
      { filter: { productId: product.id }, sort: { by: 'occurredAt', direction: 'desc' }, limit: 50 },
      listPaging,
    ),
  );
  return (
    <Section title={t`Movements`} flush>
      <DataTable
        inline
        name="product-movements"
        label={t`Movements of this product`}
        columns={seenColumns(movementColumns, movementRowSchema, ability)}
        rowId={(row) => row.id}
        {...useListRows(query)}
        empty={{
          title: t`No movements yet`,
          text: t`Its receipts, shipments and adjustments are written here.`,
        }}
      />
    </Section>
  );
}
