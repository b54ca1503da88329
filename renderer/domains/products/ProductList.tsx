import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { productSorts, productStatuses } from '../../../server/domains/products/products.contract.ts';
import { productKind } from '../../../server/domains/products/products.kinds.contract.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { statusFilter, useRecordList } from '../../lib/record-list.ts';
import { useRecordColumns } from '../../lib/record-reading.tsx';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { useTRPC } from '../../lib/services.tsx';
import type { FilterField } from '../../ui/FilterBar.tsx';
import { productList } from './product-fields.tsx';

export function ProductList() {
  const trpc = useTRPC();
  const { list, onCount, input } = useRecordList('sku', productSorts);
  const categories = useQuery(trpc.products.categories.queryOptions());
  const kind = list.one('kind');
  const query = useInfiniteQuery(
    trpc.products.list.infiniteQueryOptions(
      {
        ...input,
        filter: {
          status: list.among('status', productStatuses),
          category: list.one('category'),
          kind: kind === 'tracked' || kind === 'service' ? kind : undefined,
        },
      },
      listPaging,
    ),
  );
  const filters = useMemo<FilterField[]>(
    () => [
      {
        id: 'category',
        label: t`Any category`,
        kind: 'one',
        options: categories.data?.map((one) => ({ value: one.category, label: one.category })),
      },
      {
        id: 'kind',
        label: t`Goods and services`,
        kind: 'one',
        options: [
          { value: 'tracked', label: t`Goods` },
          { value: 'service', label: t`Services` },
        ],
      },
      statusFilter(productStatuses),
    ],
    [categories.data],
  );

  return (
    <RecordListPage
      kind={productKind}
      words={{
        title: t`Products`,
        create: t`New product`,
        searchHint: t`SKU, name or barcode`,
        noMatch: t`No product matches`,
        none: t`No products yet`,
        first: t`Add the first product`,
        about: t`Products are what you buy, keep and sell. Orders and stock refer to them.`,
      }}
      list={list}
      columns={useRecordColumns(productList)}
      rows={useListRows(query)}
      onCount={onCount}
      filters={filters}
    />
  );
}
