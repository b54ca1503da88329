import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import type { MasterKind } from '../../server/documents/record-kind.contract.ts';
import { DataTable, type DataColumn, type SeenRows } from '../ui/DataTable.tsx';
import { FilterBar, type FilterBarProps } from '../ui/FilterBar.tsx';
import { Page } from '../ui/Page.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useAppHistory } from '../ui/use-app-history.ts';
import { useAbility } from './ability.ts';
import { NewButton } from './Buttons.tsx';
import { emptyList } from './empty-list.tsx';
import { pathOf } from './kinds.ts';
import type { ListRows, ListState } from './list-state.ts';
import { newPath, paths } from './paths.ts';

export interface RecordListWords {
  title: string;
  /** On the button that makes one: `New vendor`. */
  create: string;
  searchHint: string;
  /** Shown when search and filters leave nothing: `No vendor matches`, and what to do about it. */
  noMatch: string;
  widen?: string;
  /** Shown while there are none: what they are for, and the button for the first one. */
  none: string;
  first: string;
  about: string;
}

interface RecordListPageProps<Row> {
  kind: Pick<MasterKind, 'name' | 'path' | 'createWith'>;
  words: RecordListWords;
  list: ListState;
  columns: readonly DataColumn<Row>[];
  rows: ListRows<Row>;
  /** Asks for the total, where the list can give it. */
  onCount?: () => void;
  filters: NonNullable<FilterBarProps['filters']>;
  brought?: FilterBarProps['brought'];
  /** Above the search: tabs of states. */
  above?: ReactNode;
  /** Right of the filters. */
  beside?: ReactNode;
  /** Beside the records: details of the row under the keyboard. */
  panel?: ((seen: SeenRows<Row>) => ReactNode) | undefined;
}

/**
 * The list of one kind of records: search, filters, the records, and, while there are none, the way to the first one.
 */
export function RecordListPage<Row extends { id: string }>(props: RecordListPageProps<Row>) {
  const { kind, words, list, rows, brought } = props;
  const history = useAppHistory();
  const { can } = useAbility();
  const path = kind.path ?? paths.overview;
  const mayCreate = can(kind.createWith);
  // One button of a screen is filled: of an empty list that is the one for the first record.
  const none = rows.rows.length === 0 && !rows.loading && !rows.problem && !list.narrowed;
  return (
    <Page
      fill
      header={
        <PageHeader
          title={words.title}
          actions={
            mayCreate ? (
              <NewButton to={newPath(path)} quiet={none}>
                {words.create}
              </NewButton>
            ) : null
          }
        />
      }
    >
      {props.above}
      <FilterBar
        searchHint={words.searchHint}
        filters={props.filters}
        {...list.bar}
        {...(brought ? { brought } : {})}
      >
        {props.beside}
      </FilterBar>
      <DataTable
        name={kind.name}
        label={words.title}
        columns={props.columns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(pathOf(kind.name, row.id) ?? path);
        }}
        {...list.table}
        {...rows}
        onCount={props.onCount}
        panel={props.panel}
        empty={emptyList(
          list,
          {
            title: words.none,
            text: words.about,
            action: mayCreate ? <NewButton to={newPath(path)}>{words.first}</NewButton> : null,
          },
          { title: words.noMatch, text: words.widen ?? t`Try fewer words, or clear the filters.` },
        )}
      />
    </Page>
  );
}
