import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lotStatuses } from '../../../server/domains/inventory/lot-state.contract.ts';
import { listLotsSchema, lotSorts } from '../../../server/domains/inventory/lots.contract.ts';
import { emptyList } from '../../lib/empty-list.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { paths } from '../../lib/paths.ts';
import { useTRPC } from '../../lib/services.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { FilterBar, type FilterField } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { lotColumns } from './lot-columns.tsx';
import { lotStateWords } from './lot-words.ts';
import { ProductFilter } from './ProductFilter.tsx';

const filters: readonly FilterField[] = [
  {
    id: 'status',
    label: t`Any status`,
    kind: 'many',
    options: lotStatuses.map((value) => ({ value, label: lotStateWords[value] })),
    width: 150,
  },
  { id: 'inStock', label: t`In stock`, kind: 'yes' },
];

/** The lots of all products, what expires first at the top. */
export function LotList() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const list = useListState({ by: 'expiresOn', direction: 'asc' });
  const count = useCountWish();
  const productId = list.record('productId');
  const status = list.among('status', lotStatuses);
  const expiresUntil = list.day('expiresUntil');
  const input = listLotsSchema.parse({
    ...(list.search === '' ? {} : { search: list.search }),
    filter: {
      ...(productId ? { productId } : {}),
      ...(status ? { status } : {}),
      ...(list.yes('inStock') ? { inStock: true } : {}),
      ...(expiresUntil ? { expiresUntil } : {}),
    },
    sort: sortOf(list.sort, lotSorts),
    limit: 100,
    total: count.total,
  });
  const rows = useListRows(useInfiniteQuery(trpc.lots.list.infiniteQueryOptions(input, listPaging)));
  const untilWords = t`Expires until`;
  return (
    <Page fill header={<PageHeader title={t`Lots`} />}>
      <FilterBar searchHint={t`Lot, vendor’s lot, SKU or product`} {...list.bar} filters={filters}>
        <ProductFilter list={list} />
        <DayInput
          width={`calc(${String(Math.max(11, untilWords.length))}ch + 56px)`}
          aria-label={untilWords}
          placeholder={untilWords}
          value={expiresUntil ?? ''}
          onChange={(day) => {
            list.bar.onFilter('expiresUntil', day === '' ? undefined : day);
          }}
          tell="leaving"
          direction="ahead"
          emptied
        />
      </FilterBar>
      <DataTable
        name="lots"
        label={t`Lots`}
        columns={lotColumns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.lot(row.id));
        }}
        {...list.table}
        {...rows}
        onCount={count.onCount}
        empty={emptyList(
          list,
          {
            title: t`No lots yet`,
            text: t`A lot is made when goods of a product that is kept by lots come in. That is ticked on the product.`,
          },
          { title: t`No lot matches`, text: t`Choose another day, or clear a filter.` },
        )}
      />
    </Page>
  );
}
