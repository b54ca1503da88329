import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DocumentKind } from '../../../server/documents/document-kind.contract.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { DayRange } from '../../ui/DayRange.tsx';
import { FilterBar, type FilterField } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { StatusTabs, type StatusTab } from '../../ui/StatusTabs.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { useAbility } from '../ability.ts';
import { NewButton } from '../Buttons.tsx';
import { pathOf } from '../kinds.ts';
import type { ListRows } from '../list-state.ts';
import { newPath, paths } from '../paths.ts';
import { useTRPC } from '../services.tsx';
import type { OrderFilters } from './use-order-filters.ts';

interface OrderListPageProps<Row> {
  kind: Pick<DocumentKind<string, never>, 'name' | 'path' | 'createWith'>;
  words: {
    title: string;
    create: string;
    searchHint: string;
    /** An empty list, before the first order. */
    none: string;
    about: string;
  };
  filters: OrderFilters<string>;
  tabs: readonly StatusTab[];
  fields: readonly FilterField[];
  /** The filter by the order's party, for those who may see parties. */
  party: ReactNode;
  columns: readonly DataColumn<Row>[];
  rows: ListRows<Row>;
  onCount: () => void;
}

/** The list of one kind of orders: states, search, filters, and the orders. */
export function OrderListPage<Row extends { id: string }>(props: OrderListPageProps<Row>) {
  const { kind, words, filters, rows } = props;
  const { list, productId } = filters;
  const history = useAppHistory();
  const trpc = useTRPC();
  const { can } = useAbility();
  const path = kind.path ?? paths.overview;
  const mayCreate = can(kind.createWith);
  const product = useQuery(
    trpc.products.get.queryOptions(
      { id: productId ?? '' },
      { enabled: productId !== undefined && can('products:read'), staleTime: 60_000 },
    ),
  );
  return (
    <Page
      fill
      header={
        <PageHeader
          title={words.title}
          actions={mayCreate ? <NewButton to={newPath(path)}>{words.create}</NewButton> : null}
        />
      }
    >
      <StatusTabs
        label={t`Orders by status`}
        tabs={props.tabs}
        value={filters.status}
        onChange={(states) => {
          list.bar.onFilter('status', states.length === 0 ? undefined : states);
        }}
      />
      <FilterBar
        searchHint={words.searchHint}
        filters={props.fields}
        {...list.bar}
        brought={productId ? [{ id: 'productId', label: product.data?.sku ?? t`One product` }] : []}
      >
        {props.party}
        <DayRange
          label={t`Ordered`}
          from={filters.orderedFrom}
          to={filters.orderedTo}
          onFrom={(value) => {
            list.bar.onFilter('from', value);
          }}
          onTo={(value) => {
            list.bar.onFilter('to', value);
          }}
        />
      </FilterBar>
      <DataTable
        label={words.title}
        columns={props.columns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(pathOf(kind.name, row.id) ?? path);
        }}
        {...list.table}
        {...rows}
        onCount={props.onCount}
        empty={
          list.narrowed ? (
            <EmptyState
              title={t`No order matches`}
            >{t`Choose another status, or clear the filters.`}</EmptyState>
          ) : (
            <EmptyState
              title={words.none}
              action={mayCreate ? <NewButton to={newPath(path)}>{t`Write the first one`}</NewButton> : null}
            >
              {words.about}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
