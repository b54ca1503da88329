import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { wordsOf } from '../../lib/error-words.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Section } from '../../ui/Page.tsx';
import { EmptyState, ProblemState } from '../../ui/States.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import classes from './dashboard.module.css';

/** How many of its orders a panel of the overview shows; the rest is behind its link. */
export const shownOrders = 8;

/** A panel of orders that wait for the reader. */
export function OrdersToDo<Row extends { id: string }>({
  title,
  all,
  columns,
  query,
  path,
  empty,
}: {
  title: string;
  /** The list that holds all of them. */
  all: string;
  columns: readonly DataColumn<Row>[];
  query: {
    data: { items: readonly Row[] } | undefined;
    isPending: boolean;
    error: unknown;
    refetch: () => unknown;
  };
  path: (id: string) => string;
  empty: { title: string; text: ReactNode };
}) {
  const history = useAppHistory();
  return (
    <Section
      title={title}
      actions={<AppLink to={all} className={classes.more ?? ''}>{t`All of them`}</AppLink>}
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
          label={title}
          columns={columns}
          rows={query.data?.items ?? []}
          loading={query.isPending}
          rowId={(row) => row.id}
          onOpen={(row) => {
            history.push(path(row.id));
          }}
          empty={<EmptyState title={empty.title}>{empty.text}</EmptyState>}
        />
      )}
    </Section>
  );
}
