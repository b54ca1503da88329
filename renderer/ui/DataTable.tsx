import { t } from '@lingui/core/macro';
import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, type CSSProperties, type ReactNode } from 'react';
import { ColumnChoice, useColumnChoice } from './ColumnChoice.tsx';
import classes from './DataTable.module.css';
import { DataTableFooter } from './DataTableFooter.tsx';
import { HeaderCell } from './DataTableHeader.tsx';
import { EmptyState, ProblemState } from './States.tsx';
import { leastWidth, useNarrowerThan } from './tracks.ts';
import { usePageRows, usePrinting } from './use-page-rows.ts';
import type { DataColumn, TableSort } from './table-types.ts';
import { useGridKeys } from './use-grid-keys.ts';

/** Pixels; the same as `--qm-row`. Rows never wrap, so nothing has to be measured. */
const rowHeight = 32;

/** So many rows of a record are simply there: found by the browser's own search, and stacked where it is narrow. */
const plainRows = 200;

export type { DataColumn, TableSort };

export interface DataTableProps<Row> {
  /** What the rows are, for screen readers and for the stored column choice: `Vendors`. */
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Enter and double click open it; put the same address on the link of the key column. */
  onOpen?: ((row: Row) => void) | undefined;
  sort?: TableSort | undefined;
  onSort?: ((sort: TableSort) => void) | undefined;
  loading?: boolean | undefined;
  /** More of the rows is being fetched. */
  loadingMore?: boolean | undefined;
  hasMore?: boolean | undefined;
  onMore?: (() => void) | undefined;
  problem?: { title: string; detail: string } | undefined;
  onRetry?: (() => void) | undefined;
  /** Shown instead of the rows when there are none. */
  empty?: ReactNode;
  /** Space selects the row, the boxes too. */
  selection?:
    { selected: ReadonlySet<string>; onChange: (selected: ReadonlySet<string>) => void } | undefined;
  /** `total` rows in all, when it was asked for. */
  total?: { count: number; capped: boolean } | undefined;
  onCount?: (() => void) | undefined;
  /** A part of a page (tables inside a record): as high as its rows, and scrolled by the page. */
  inline?: boolean;
}

const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  rowSelectionFeature,
  columnMeta: metaHelper<{ width: string; end: boolean; words: string; sortBy: string | undefined }>(),
});

/**
 * A dense table of many rows: frozen header, virtualised, sorted by the server, walked by keyboard (arrows, Home, End,
 * Page Up and Down; Enter opens, Space selects, → and ← step through a row's links and buttons), columns chosen by the reader and remembered.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, sort, onSort, selection, inline = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const choice = useColumnChoice(label, columns);

  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) =>
      helper.display({
        id: column.id,
        header: column.headHidden ? () => <VisuallyHidden>{column.header}</VisuallyHidden> : column.header,
        cell: ({ row }) => column.cell(row.original),
        enableHiding: column.fixed !== true,
        meta: {
          width: column.width ?? 'minmax(110px, 1fr)',
          end: column.align === 'end',
          words: column.headHidden ? '' : column.header,
          sortBy: column.sortBy,
        },
      }),
    );
  }, [columns]);

  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableRowSelection: selection !== undefined,
    state: {
      columnVisibility: choice.visibility,
      rowSelection: Object.fromEntries([...(selection?.selected ?? [])].map((id) => [id, true])),
    },
  });
  const shown = table.getRowModel().rows;

  const page = usePageRows(body, inline);
  const printing = usePrinting();
  const plain = inline && shown.length <= plainRows;
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => page.scroller ?? scroller.current,
    scrollMargin: page.margin,
    // The head stays above the rows.
    scrollPaddingStart: inline ? rowHeight : 0,
    estimateSize: () => rowHeight,
    overscan: plain || printing ? shown.length : 12,
    // jsdom and the first paint know no size; a screenful is drawn then.
    initialRect: { width: 1024, height: 640 },
  });
  const items = virtualizer.getVirtualItems();

  function toggle(id: string) {
    if (!selection) return;
    const next = new Set(selection.selected);
    if (!next.delete(id)) next.add(id);
    selection.onChange(next);
  }

  const keys = useGridKeys({
    count: shown.length,
    pageSize: Math.max(
      1,
      Math.floor(((page.scroller ?? scroller.current)?.clientHeight ?? 640) / rowHeight) - 2,
    ),
    onMove: (index) => virtualizer.scrollToIndex(index),
    onOpen: (index) => {
      const row = shown[index];
      if (row) props.onOpen?.(row.original);
    },
    onToggle: (index) => {
      const row = shown[index];
      if (row) toggle(row.id);
    },
    pressablesOf: (index) => [
      ...(document
        .getElementById(`${gridId}-${String(index)}`)
        ?.querySelectorAll<HTMLElement>('a[href], button:not(:disabled)') ?? []),
    ],
  });

  const lastSeen = items.at(-1)?.index ?? 0;
  const { hasMore, loadingMore, onMore, problem } = props;
  useEffect(() => {
    if (hasMore && !loadingMore && !problem && lastSeen >= shown.length - 25) onMore?.();
  }, [hasMore, loadingMore, problem, lastSeen, shown.length, onMore]);

  const visible = table.getVisibleLeafColumns();
  const tracks = visible.map((column) => column.columnDef.meta?.width ?? '1fr').join(' ');
  const template = selection ? `32px ${tracks}` : tracks;
  const least = leastWidth(template) + 24;
  const [frame, narrow] = useNarrowerThan(least);
  const stacked = narrow && plain;
  const lineStyle = stacked ? {} : { gridTemplateColumns: template, minWidth: least };
  const allSelected = shown.length > 0 && shown.every((row) => selection?.selected.has(row.id));

  return (
    <div
      ref={frame}
      className={classes.frame}
      data-inline={inline || undefined}
      data-stacked={stacked || undefined}
      data-sideways={(narrow && !stacked) || undefined}
    >
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={props.hasMore ? -1 : shown.length + 1}
        aria-colcount={visible.length}
        aria-busy={props.loading || undefined}
        aria-multiselectable={selection ? true : undefined}
        aria-activedescendant={shown.length > 0 ? `${gridId}-${String(keys.active)}` : undefined}
        onKeyDown={keys.onKeyDown}
      >
        <div ref={head} className={classes.headWrap} role="rowgroup">
          <div className={classes.head} role="row" aria-rowindex={1} style={lineStyle}>
            {selection ? (
              <span className={classes.box} role="columnheader" aria-label={t`Selection`}>
                <input
                  type="checkbox"
                  tabIndex={-1}
                  aria-label={t`Select all loaded rows`}
                  checked={allSelected}
                  onChange={() => {
                    selection.onChange(allSelected ? new Set() : new Set(shown.map((row) => row.id)));
                  }}
                />
              </span>
            ) : null}
            {table
              .getHeaderGroups()
              .flatMap((group) =>
                group.headers.map((header) => (
                  <HeaderCell
                    key={header.id}
                    text={<table.FlexRender header={header} />}
                    end={header.column.columnDef.meta?.end ?? false}
                    sortBy={onSort ? header.column.columnDef.meta?.sortBy : undefined}
                    sort={sort}
                    onSort={onSort}
                  />
                )),
              )}
          </div>
        </div>
        <div
          className={classes.bodyWrap}
          role="presentation"
          onScroll={(event) => {
            if (head.current) head.current.scrollLeft = event.currentTarget.scrollLeft;
          }}
        >
          {props.loading ? (
            <Skeleton style={lineStyle} columns={visible.length + (selection ? 1 : 0)} />
          ) : shown.length === 0 ? (
            // A grid holds rows, and nothing else.
            <div role="row">
              <div role="gridcell">
                {props.problem ? (
                  <ProblemState {...props.problem} onRetry={props.onRetry} />
                ) : (
                  (props.empty ?? <EmptyState title={t`Nothing here yet`} />)
                )}
              </div>
            </div>
          ) : (
            <div
              ref={body}
              className={classes.body}
              role="rowgroup"
              style={stacked ? {} : { height: virtualizer.getTotalSize(), minWidth: lineStyle.minWidth }}
            >
              {items.map((item) => {
                const row = shown[item.index];
                if (!row) return null;
                const selected = selection?.selected.has(row.id);
                return (
                  <div
                    key={row.id}
                    id={`${gridId}-${String(item.index)}`}
                    role="row"
                    aria-rowindex={item.index + 2}
                    aria-selected={selection ? selected : undefined}
                    className={classes.row}
                    data-active={item.index === keys.active || undefined}
                    data-openable={props.onOpen ? true : undefined}
                    style={
                      stacked
                        ? {}
                        : {
                            ...lineStyle,
                            transform: `translateY(${String(item.start - virtualizer.options.scrollMargin)}px)`,
                          }
                    }
                    onClick={() => {
                      keys.setActive(item.index);
                    }}
                    onDoubleClick={() => props.onOpen?.(row.original)}
                  >
                    {selection ? (
                      <span className={classes.box} role="gridcell">
                        <input
                          type="checkbox"
                          tabIndex={-1}
                          aria-label={t`Select this row`}
                          checked={selected ?? false}
                          onChange={() => {
                            toggle(row.id);
                          }}
                        />
                      </span>
                    ) : null}
                    {row.getVisibleCells().map((cell) => (
                      <span
                        key={cell.id}
                        role="gridcell"
                        className={classes.cell}
                        data-end={cell.column.columnDef.meta?.end || undefined}
                        data-label={cell.column.columnDef.meta?.words}
                      >
                        <table.FlexRender cell={cell} />
                      </span>
                    ))}
                  </div>
                );
              })}
            </div>
          )}
        </div>
      </div>
      <DataTableFooter
        {...props}
        shown={shown.length}
        choice={<ColumnChoice columns={columns} choice={choice} />}
      />
    </div>
  );
}

function Skeleton({ style, columns }: { style: CSSProperties; columns: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 12 }, (_, row) => (
        <div key={row} className={classes.skeleton} style={style}>
          {Array.from({ length: columns }, (_column, column) => (
            <span key={column} style={{ width: `${String(40 + ((row * 7 + column * 23) % 45))}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}
