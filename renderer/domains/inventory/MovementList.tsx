import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  movementRowSchema,
  listMovementsSchema,
  movementKinds,
  movementKindSchema,
  movementSorts,
  type MovementRow,
} from '../../../server/domains/inventory/inventory.contract.ts';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { pathOf } from '../../lib/kinds.ts';
import { emptyList } from '../../lib/empty-list.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { useWarehouseChoices } from '../../documents/use-warehouse-options.ts';
import { paths } from '../../lib/paths.ts';
import { useTRPC } from '../../lib/services.tsx';
import { seenColumns } from '../../lib/seen-columns.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { DayRange } from '../../ui/DayRange.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { FilterBar, type FilterField } from '../../ui/FilterBar.tsx';
import { formatMoney, nothing } from '../../ui/formats.ts';
import { endOfDay, formatInstant, startOfDay } from '../../ui/moments.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useFirstStock } from './first-stock.tsx';
import { ProductFilter } from './ProductFilter.tsx';
import { SignedQuantity } from './SignedQuantity.tsx';
import { movementWords, reasonText } from './movement-words.ts';
import { ReverseDialog } from './ReverseDialog.tsx';

const columns: readonly DataColumn<MovementRow>[] = [
  {
    id: 'occurredAt',
    header: t`When`,
    sortBy: 'occurredAt',
    fixed: true,
    width: '136px',
    cell: (row) => formatInstant(row.occurredAt),
  },
  { id: 'kind', header: t`What`, width: '98px', cell: (row) => movementWords[row.kind] },
  {
    id: 'sku',
    header: 'SKU',
    width: '86px',
    cell: (row) => (
      <AppLink to={paths.product(row.product.id)} tabIndex={-1}>
        <Code>{row.product.sku}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Product`, width: 'minmax(120px, 3fr)', cell: (row) => row.product.name },
  {
    id: 'place',
    header: t`Place`,
    width: '88px',
    cell: (row) => (
      <Code>
        {row.warehouseCode} {row.binCode}
      </Code>
    ),
  },
  { id: 'lot', header: t`Lot`, width: '96px', hidden: true, cell: (row) => row.lot ?? nothing },
  {
    id: 'quantity',
    header: t`Quantity`,
    align: 'end',
    width: '92px',
    cell: (row) => <SignedQuantity value={row.quantity} unit={row.product.unit} />,
  },
  {
    id: 'after',
    header: t`After`,
    align: 'end',
    width: '62px',
    cell: (row) => <Quantity value={row.quantityAfter} />,
  },
  {
    id: 'unitCost',
    header: t`Cost of one`,
    hidden: true,
    align: 'end',
    width: '96px',
    cell: (row) => <Money value={row.unitCost} />,
  },
  { id: 'value', header: t`Value`, align: 'end', width: '104px', cell: (row) => formatMoney(row.value) },
  {
    id: 'valueAfter',
    header: t`Value after`,
    align: 'end',
    width: '130px',
    hidden: true,
    cell: (row) => <Money value={row.valueAfter} />,
  },
  {
    id: 'document',
    header: t`Document`,
    width: 'minmax(134px, 1fr)',
    cell: (row) => {
      const to = pathOf(row.documentKind, row.documentId);
      const label = row.documentNumber ?? reasonText(row);
      return to ? (
        <AppLink to={to} tabIndex={-1}>
          <Code>{label}</Code>
        </AppLink>
      ) : (
        label
      );
    },
  },
  {
    id: 'actor',
    header: t`By`,
    hidden: true,
    width: 'minmax(100px, 1fr)',
    cell: (row) => row.actor ?? nothing,
  },
];

const kindOptions = movementKinds.map((value) => ({ value, label: movementWords[value] }));

/** The ledger: everything that ever changed the stock, newest first. Nothing is taken out of it, only reversed. */
export function MovementList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const { can } = ability;
  const list = useListState({ by: 'occurredAt', direction: 'desc' });
  const count = useCountWish();
  const warehouses = useWarehouseChoices();
  const firstStock = useFirstStock();
  const [reversing, setReversing] = useState<MovementRow | null>(null);
  const productId = list.record('productId');
  const warehouseId = list.record('warehouseId');
  const documentId = list.record('documentId');
  const binId = list.record('binId');
  const kind = list.many('kind')?.flatMap((one) => movementKindSchema.safeParse(one).data ?? []);
  const from = list.day('from');
  const to = list.day('to');

  const input = listMovementsSchema.parse({
    ...(list.search === '' ? {} : { search: list.search }),
    filter: {
      ...(productId ? { productId } : {}),
      ...(warehouseId ? { warehouseId } : {}),
      ...(documentId ? { documentId } : {}),
      ...(binId ? { binId } : {}),
      ...(kind && kind.length > 0 ? { kind } : {}),
      ...(from ? { from: startOfDay(from) } : {}),
      ...(to ? { to: endOfDay(to) } : {}),
    },
    sort: sortOf(list.sort, movementSorts),
    limit: 100,
    total: count.total,
  });
  const rows = useListRows(
    useInfiniteQuery(trpc.inventory.movements.infiniteQueryOptions(input, listPaging)),
  );
  const filters: readonly FilterField[] = [
    { id: 'kind', label: t`Any kind`, kind: 'many', options: kindOptions, width: 140 },
    { id: 'warehouseId', label: t`Any warehouse`, kind: 'one', options: warehouses, width: 150 },
  ];
  const [first] = rows.rows;
  const brought = [
    ...(binId ? [{ id: 'binId', label: first ? t`Bin ${first.binCode}` : t`One bin` }] : []),
    ...(documentId ? [{ id: 'documentId', label: first?.documentNumber ?? t`One document` }] : []),
  ];
  const reversed = new Set(rows.rows.flatMap((row) => (row.reverses ? [row.reverses] : [])));
  const shown: DataColumn<MovementRow>[] = [
    ...seenColumns(columns, movementRowSchema, ability),
    ...(can(stockMovementKind.rights.adjust)
      ? [
          {
            id: 'reverse',
            header: t`Reverse`,
            headHidden: true,
            width: '80px',
            fixed: true,
            cell: (row: MovementRow) =>
              row.kind !== 'adjustment' ? null : reversed.has(row.id) ? (
                t`Reversed`
              ) : (
                <Button
                  size="compact-xs"
                  variant="default"
                  tabIndex={-1}
                  onClick={() => {
                    setReversing(row);
                  }}
                >{t`Reverse`}</Button>
              ),
          },
        ]
      : []),
  ];

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Movements`}
          detail={t`The ledger: nothing is ever taken out of it, only reversed.`}
        />
      }
    >
      <FilterBar searchHint={t`SKU, name or document`} {...list.bar} filters={filters} brought={brought}>
        <ProductFilter list={list} />
        <DayRange label={t`Moved`} from={from} to={to} onChange={list.bar.onFilter} />
      </FilterBar>
      <DataTable
        name="movements"
        label={t`Movements`}
        columns={shown}
        rowId={(row) => row.id}
        {...list.table}
        {...rows}
        onCount={count.onCount}
        empty={emptyList(
          list,
          { title: t`Nothing has moved yet`, ...firstStock },
          { title: t`No movement matches`, text: t`Choose other days, or clear a filter.` },
        )}
      />
      <ReverseDialog
        movement={reversing}
        onClose={() => {
          setReversing(null);
        }}
      />
    </Page>
  );
}
