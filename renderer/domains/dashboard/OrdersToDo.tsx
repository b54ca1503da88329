import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { wordsOf } from '../../lib/error-words.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Section } from '../../ui/Page.tsx';
import { formatCount } from '../../ui/formats.ts';
import { ProblemState, type EmptyWords } from '../../ui/States.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import classes from './dashboard.module.css';

/** How many of its orders a panel of the overview shows; the rest is behind its link. */
export const shownOrders = 8;

/** The way to the whole list, with how many there are when a panel shows fewer. */
export function AllOfThem({ to, count }: { to: string; count?: number | null | undefined }) {
  return (
    <AppLink to={to} className={classes.more ?? ''}>
      {typeof count === 'number' && count > shownOrders ? t`All ${formatCount(count)}` : t`All of them`}
    </AppLink>
  );
}

/** A panel of orders that wait for the reader. */
export function OrdersToDo<Row extends { id: string }>({
  title,
  all,
  count,
  beside,
  columns,
  query,
  path,
  empty,
}: {
  title: string;
  /** The list that holds all of them. */
  all: string;
  /** How many there are in all, where the overview knows. */
  count?: number | null;
  /** Left of the way to all of them. */
  beside?: ReactNode;
  columns: readonly DataColumn<Row>[];
  query: {
    data: { items: readonly Row[] } | undefined;
    isPending: boolean;
    error: unknown;
    refetch: () => unknown;
  };
  path: (id: string) => string;
  empty: EmptyWords;
}) {
  const history = useAppHistory();
  return (
    <Section
      title={title}
      actions={
        <span className={classes.ways}>
          {beside}
          <AllOfThem to={all} count={count} />
        </span>
      }
      flush
    >
      {query.error && !query.data ? (
        <ProblemState
          {...wordsOf(query.error)}
          onRetry={() => {
            void query.refetch();
          }}
        />
      ) : (
        <DataTable
          inline
          name={all}
          uncounted
          label={title}
          columns={columns}
          rows={query.data?.items ?? []}
          loading={query.isPending}
          rowId={(row) => row.id}
          onOpen={(row) => {
            history.push(path(row.id));
          }}
          empty={empty}
        />
      )}
    </Section>
  );
}
