import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import type { DataColumn, SeenRows } from '../ui/DataTable.tsx';
import { DayRange } from '../ui/DayRange.tsx';
import type { FilterField } from '../ui/FilterBar.tsx';
import { StatusTabs, type StatusTab } from '../ui/StatusTabs.tsx';
import type { ListRows } from '../lib/list-state.ts';
import { RecordListPage, type RecordListWords } from '../lib/RecordListPage.tsx';
import { useFilteredProduct } from './use-filtered-product.ts';
import type { OrderFilters } from './use-order-filters.ts';

interface OrderListPageProps<Row> {
  kind: Pick<DocumentKind<string, never>, 'name' | 'path' | 'createWith'>;
  words: Omit<RecordListWords, 'noMatch' | 'widen' | 'first'>;
  filters: OrderFilters<string>;
  tabs: readonly StatusTab[];
  fields: readonly FilterField[];
  /** The filter by the order's party, for people who may see parties. */
  party: ReactNode;
  columns: readonly DataColumn<Row>[];
  rows: ListRows<Row>;
  onCount: () => void;
  /** Beside the orders: what the one under the keyboard is about. */
  panel?: ((seen: SeenRows<Row>) => ReactNode) | undefined;
}

/** The list of one kind of orders: states, search, filters, and the orders. */
export function OrderListPage<Row extends { id: string }>(props: OrderListPageProps<Row>) {
  const { words, filters } = props;
  const { list, productId } = filters;
  const product = useFilteredProduct(productId);
  return (
    <RecordListPage
      kind={props.kind}
      words={{
        ...words,
        noMatch: t`No order matches`,
        widen: t`Choose another status, or clear the filters.`,
        first: t`Write the first one`,
      }}
      list={list}
      columns={props.columns}
      rows={props.rows}
      onCount={props.onCount}
      panel={props.panel}
      filters={props.fields}
      brought={productId ? [{ id: 'productId', label: product?.sku ?? t`One product` }] : []}
      above={
        <StatusTabs
          label={t`Orders by status`}
          tabs={props.tabs}
          value={filters.status}
          onChange={(states) => {
            list.bar.onFilter('status', states.length === 0 ? undefined : states);
          }}
        />
      }
      beside={
        <>
          {props.party}
          <DayRange
            label={t`Ordered`}
            from={filters.orderedFrom}
            to={filters.orderedTo}
            onChange={list.bar.onFilter}
          />
        </>
      }
    />
  );
}
