import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  stockRowSchema,
  listStockSchema,
  stockSorts,
  type StockRow,
} from '../../../server/domains/inventory/inventory.contract.ts';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { MovementsLink, OpenOrdersLink } from '../../lib/figure-links.tsx';
import { emptyList } from '../../lib/empty-list.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { useWarehouseChoices } from '../../documents/use-warehouse-options.ts';
import { paths } from '../../lib/paths.ts';
import { useTRPC } from '../../lib/services.tsx';
import { seenColumns } from '../../lib/seen-columns.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code, Money, Quantity } from '../../ui/Figures.tsx';
import { FilterBar, type FilterField } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useFirstStock } from './first-stock.tsx';
import { AdjustDialog, type AdjustTarget } from './AdjustDialog.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

const ordersOf = (row: StockRow) => ({ productId: row.product.id, warehouseId: row.warehouse.id });
const placeOf = (row: StockRow) => ({ ...ordersOf(row), binId: row.bin.id });

const columns: readonly DataColumn<StockRow>[] = [
  {
    id: 'sku',
    header: 'SKU',
    sortBy: 'sku',
    fixed: true,
    width: '104px',
    cell: (row) => (
      <AppLink to={paths.product(row.product.id)} tabIndex={-1}>
        <Code>{row.product.sku}</Code>
      </AppLink>
    ),
  },
  {
    id: 'name',
    header: t`Product`,
    sortBy: 'productName',
    width: 'minmax(150px, 3fr)',
    cell: (row) => row.product.name,
  },
  {
    id: 'category',
    header: t`Category`,
    width: 'minmax(110px, 1fr)',
    hidden: true,
    cell: (row) => row.product.category,
  },
  { id: 'warehouse', header: t`In`, width: '60px', cell: (row) => <Code>{row.warehouse.code}</Code> },
  { id: 'bin', header: t`Bin`, width: '76px', cell: (row) => <Code>{row.bin.code}</Code> },
  {
    id: 'onHand',
    header: t`On hand`,
    sortBy: 'onHand',
    align: 'end',
    width: '100px',
    cell: (row) => (
      <MovementsLink of={placeOf(row)}>
        <Quantity value={row.onHand} unit={row.product.unit} />
      </MovementsLink>
    ),
  },
  {
    id: 'reserved',
    header: t`Reserved`,
    align: 'end',
    width: '80px',
    cell: (row) => (
      <OpenOrdersLink side="sale" of={ordersOf(row)}>
        <Quantity value={row.reserved} />
      </OpenOrdersLink>
    ),
  },
  {
    id: 'available',
    header: t`Available`,
    align: 'end',
    width: '72px',
    cell: (row) => <Quantity value={row.available} />,
  },
  {
    id: 'inTransit',
    header: t`In transit`,
    align: 'end',
    width: '82px',
    cell: (row) => (
      <OpenOrdersLink side="purchase" of={ordersOf(row)}>
        <Quantity value={row.inTransit} />
      </OpenOrdersLink>
    ),
  },
  {
    id: 'reorderLevel',
    header: t`Level`,
    align: 'end',
    width: '80px',
    hidden: true,
    cell: (row) => <Quantity value={row.reorderLevel} />,
  },
  {
    id: 'averageCost',
    header: t`Average cost`,
    align: 'end',
    width: '102px',
    cell: (row) => <Money value={row.averageCost} />,
  },
  {
    id: 'value',
    header: t`Value`,
    sortBy: 'value',
    align: 'end',
    width: '118px',
    cell: (row) => (
      <MovementsLink of={placeOf(row)}>
        <Money value={row.value} />
      </MovementsLink>
    ),
  },
  {
    id: 'lastReceivedAt',
    header: t`Last in`,
    sortBy: 'lastReceivedAt',
    width: '116px',
    hidden: true,
    cell: (row) => <Ago at={row.lastReceivedAt} />,
  },
  {
    id: 'lastIssuedAt',
    header: t`Last out`,
    sortBy: 'lastIssuedAt',
    width: '116px',
    hidden: true,
    cell: (row) => <Ago at={row.lastIssuedAt} />,
  },
];

/** What lies where: one row per product and bin. */
export function StockList() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const ability = useAbility();
  const list = useListState({ by: 'sku', direction: 'asc' });
  const count = useCountWish();
  const warehouses = useWarehouseChoices();
  const [adjusting, setAdjusting] = useState<AdjustTarget | 'choose' | null>(null);
  const categories = useQuery(trpc.products.categories.queryOptions(undefined, { staleTime: 300_000 }));
  const warehouseId = list.record('warehouseId');
  const productId = list.record('productId');
  const category = list.one('category');

  const input = listStockSchema.parse({
    ...(list.search === '' ? {} : { search: list.search }),
    filter: {
      ...(warehouseId ? { warehouseId } : {}),
      ...(productId ? { productId } : {}),
      ...(category ? { category: category.slice(0, 80) } : {}),
      ...(list.yes('inStock') ? { inStock: true } : {}),
      ...(list.yes('belowReorderLevel') ? { belowReorderLevel: true } : {}),
    },
    sort: sortOf(list.sort, stockSorts),
    limit: 100,
    total: count.total,
  });
  const rows = useListRows(useInfiniteQuery(trpc.inventory.list.infiniteQueryOptions(input, listPaging)));
  const mayAdjust = ability.can(stockMovementKind.rights.adjust);
  const filters: readonly FilterField[] = [
    { id: 'warehouseId', label: t`Any warehouse`, kind: 'one', options: warehouses, width: 190 },
    {
      id: 'category',
      label: t`Any category`,
      kind: 'one',
      width: 190,
      options: categories.data?.map((one) => ({
        value: one.category,
        label: `${one.category} (${String(one.products)})`,
      })),
    },
    { id: 'inStock', label: t`In stock`, kind: 'yes' },
    { id: 'belowReorderLevel', label: t`Below reorder level`, kind: 'yes' },
  ];
  const shown: DataColumn<StockRow>[] = [
    ...seenColumns(columns, stockRowSchema, ability),
    ...(mayAdjust
      ? [
          {
            id: 'adjust',
            header: t`Adjust`,
            headHidden: true,
            width: '70px',
            fixed: true,
            cell: (row: StockRow) => (
              <Button
                size="compact-xs"
                variant="default"
                tabIndex={-1}
                onClick={() => {
                  setAdjusting(row);
                }}
              >{t`Adjust`}</Button>
            ),
          },
        ]
      : []),
  ];

  // One button of a screen is filled: of an empty list that is the one for the first stock.
  const none = rows.rows.length === 0 && !rows.loading && !rows.problem && !list.narrowed;
  const adjustButton = (quiet: boolean) => (
    <Button
      variant={quiet ? 'default' : 'filled'}
      leftSection={<IconAdjustments size={15} />}
      data-new-record
      onClick={() => {
        setAdjusting('choose');
      }}
    >{t`Adjust stock`}</Button>
  );
  const firstStock = useFirstStock(adjustButton(false));

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Inventory`}
          actions={
            <>
              <LinkButton to="/inventory/as-of" variant="default">{t`As of a moment`}</LinkButton>
              {mayAdjust ? adjustButton(none) : null}
            </>
          }
        />
      }
    >
      <FilterBar searchHint={t`SKU, name or bin`} {...list.bar} filters={filters} />
      <DataTable
        name="inventory"
        label={t`Inventory`}
        columns={shown}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.product(row.product.id));
        }}
        {...list.table}
        {...rows}
        onCount={count.onCount}
        empty={emptyList(
          list,
          { title: t`No stock yet`, ...firstStock },
          { title: t`Nothing matches`, text: t`Clear a filter, or look in another warehouse.` },
        )}
      />
      {adjusting ? (
        <AdjustDialog
          target={adjusting === 'choose' ? null : adjusting}
          onClose={() => {
            setAdjusting(null);
          }}
        />
      ) : null}
    </Page>
  );
}
