import { useId, useRef, type CSSProperties, type ReactNode } from 'react';
import { ColumnChoice, useColumnChoice } from './ColumnChoice.tsx';
import classes from './DataTable.module.css';
import { DataTableFooter } from './DataTableFooter.tsx';
import { HeaderCell } from './DataTableHeader.tsx';
import { MarkAll, markTrack } from './DataTableMarks.tsx';
import { DataTableRow } from './DataTableRow.tsx';
import { NoRows, RowsToCome } from './DataTableStates.tsx';
import { shapeOf } from './fitting-columns.ts';
import type { EmptyWords } from './States.tsx';
import { leastWidth, useWidth } from './tracks.ts';
import type { DataColumn, SeenRows, TableSort } from './table-types.ts';
import { useColumnModel } from './use-column-model.tsx';
import { useDrawnRows } from './use-drawn-rows.ts';
import { useFittedTracks } from './use-fitted-tracks.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useMarkedRows } from './use-marked-rows.ts';

/** A table of figures grows to this multiple of the least width of its columns, and to this many pixels in any case. */
const widestStretch = 1.35;
const alwaysTaken = 1080;

/**
 * A part of a page narrower than this, in pixels, is on a handheld: three columns side by side would cut their words.
 */
const handheld = 400;

/** Up to this many rows are all rendered: the browser's own search finds them, and they stack where it is narrow. */
const plainRows = 200;

export type { DataColumn, SeenRows, TableSort };

export interface DataTableProps<Row> {
  /** The name under which its chosen columns are remembered, the same in every language: `vendors`. */
  name: string;
  /** What the rows are, for screen readers: `Vendors`. */
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Enter and double click open it; put the same address on the link of the key column. */
  onOpen?: ((row: Row) => void) | undefined;
  sort?: TableSort | undefined;
  onSort?: ((sort: TableSort) => void) | undefined;
  loading?: boolean | undefined;
  /** More rows are being fetched. */
  loadingMore?: boolean | undefined;
  hasMore?: boolean | undefined;
  onMore?: (() => void) | undefined;
  problem?: { title: string; detail: string } | undefined;
  onRetry?: (() => void) | undefined;
  /** Shown instead of the rows when there are none. */
  empty: EmptyWords;
  /** `total` rows in all, when it was asked for. */
  total?: { count: number; capped: boolean } | undefined;
  onCount?: (() => void) | undefined;
  /** A part of a page (tables inside a record): as high as its rows, and scrolled by the page. */
  inline?: boolean;
  /** The first few of many: how many there are is said elsewhere. */
  uncounted?: boolean;
  /** Stands beside the table and shows the row under the keyboard, or acts on the marked ones: rows get a box to mark them. */
  panel?: ((seen: SeenRows<Row>) => ReactNode) | undefined;
}

/**
 * A dense table of many rows: frozen header, virtualised, sorted by the server, walked by keyboard (arrows, Home, End,
 * Page Up and Down; Enter opens, Space selects, → and ← step through a row's links and buttons), columns chosen by the reader and remembered.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { name, label, columns, rows, rowId, sort, onSort, inline = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const choice = useColumnChoice(name, columns);
  const [frame, room] = useWidth();
  // Lists fit their window: rows become cards, or columns fold away. A table of a record scrolls or stacks below.
  const { cards, folded } = shapeOf(
    columns,
    choice.visibility,
    inline || room === null ? null : room - (props.panel ? leastWidth(markTrack) : 0),
  );

  const cells = new Map(columns.map(({ id, cell }) => [id, cell]));

  const table = useColumnModel({
    columns,
    rows,
    rowId,
    visibility: { ...choice.visibility, ...Object.fromEntries([...folded].map((id) => [id, false])) },
  });
  const shown = table.getRowModel().rows;

  const plain = inline && shown.length <= plainRows;
  const { panel } = props;
  // One press can mark all of them for a copy: they are loaded.
  const markable = panel !== undefined && shown.length <= plainRows;
  const { virtualizer, items, perPage } = useDrawnRows({
    count: shown.length,
    scroller,
    body,
    inline,
    cards,
    whole: plain || markable,
    more: props,
  });

  const visible = table.getVisibleLeafColumns();
  const marks = useMarkedRows(
    body,
    visible.map((column) => column.columnDef.meta?.words ?? ''),
  );
  const keys = useGridKeys({
    count: shown.length,
    pageSize: perPage(),
    onMove: (index) => virtualizer.scrollToIndex(index),
    onOpen: (index) => {
      const row = shown[index];
      if (row) props.onOpen?.(row.original);
    },
    onToggle: (index) => {
      const row = shown[index];
      if (row) marks.toggle(row.id, index);
    },
    pressablesOf: (index) => [
      ...(document
        .getElementById(`${gridId}-${String(index)}`)
        ?.querySelectorAll<HTMLElement>('a[href], button:not(:disabled)') ?? []),
    ],
  });

  const tracks = [
    ...(panel ? [markTrack] : []),
    ...visible.map((column) => column.columnDef.meta?.width ?? '1fr'),
  ].join(' ');
  const least = leastWidth(tracks) + (inline ? 0 : 24);
  const narrow = room !== null && (room < least || (inline && room < handheld && visible.length > 2));
  const stacked = cards || (narrow && plain);
  // On a wide screen a figure stays near the name it belongs to: the room left over is at the end of the row. A table of
  // words has better use for it.
  const hasFigures = visible.some((column) => column.columnDef.meta?.end);
  const widest = Math.max(alwaysTaken, Math.round(least * widestStretch));
  const spare = !hasFigures || room === null ? 0 : Math.max(0, room - widest);
  const fitted = useFittedTracks(head, body, tracks, {
    room,
    rows: `${String(stacked)} ${String(spare)} ${shown[0]?.id ?? ''} ${String(sort?.by)} ${String(sort?.direction)}`,
  });
  const lineStyle: CSSProperties = stacked
    ? {}
    : {
        gridTemplateColumns: fitted,
        minWidth: least,
        ...(spare > 0 ? { paddingInlineEnd: spare } : {}),
      };

  const seen: SeenRows<Row> = {
    active: shown[keys.active]?.original ?? null,
    marked: shown.filter(({ id }) => marks.isMarked(id)).map(({ original }) => original),
    unmark: marks.clear,
    next:
      keys.active + 1 < shown.length
        ? () => {
            keys.setActive(keys.active + 1);
            virtualizer.scrollToIndex(keys.active + 1);
          }
        : null,
    focus: () => scroller.current?.focus(),
  };

  const framed = (
    <div
      ref={frame}
      className={classes.frame}
      data-panel={panel !== undefined || undefined}
      data-inline={inline || undefined}
      data-stacked={stacked || undefined}
      data-cards={cards || undefined}
      data-sideways={(narrow && !stacked) || undefined}
    >
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={props.hasMore ? -1 : shown.length + 1}
        aria-colcount={visible.length + (panel ? 1 : 0)}
        aria-busy={props.loading || undefined}
        aria-multiselectable
        aria-activedescendant={shown.length > 0 ? `${gridId}-${String(keys.active)}` : undefined}
        onKeyDown={keys.onKeyDown}
        onCopy={marks.onCopy}
      >
        <div ref={head} className={classes.headWrap} role="rowgroup">
          <div className={classes.head} role="row" aria-rowindex={1} style={lineStyle}>
            {panel ? (
              <MarkAll
                marked={seen.marked.length}
                of={markable ? shown.length : 0}
                onAll={() => {
                  marks.markAll(shown.map(({ id }) => id));
                }}
                onNone={marks.clear}
              />
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
            <RowsToCome style={lineStyle} columns={visible.length} />
          ) : shown.length === 0 ? (
            <NoRows problem={props.problem} onRetry={props.onRetry} empty={props.empty} />
          ) : (
            <div
              ref={body}
              className={classes.body}
              role="rowgroup"
              style={
                stacked && !cards ? {} : { height: virtualizer.getTotalSize(), minWidth: lineStyle.minWidth }
              }
            >
              {items.map((item) => {
                const row = shown[item.index];
                if (!row) return null;
                return (
                  <DataTableRow
                    key={row.id}
                    id={`${gridId}-${String(item.index)}`}
                    index={item.index}
                    measured={cards ? virtualizer.measureElement : undefined}
                    isActive={item.index === keys.active}
                    onActive={() => {
                      keys.setActive(item.index);
                    }}
                    onOpen={props.onOpen && (() => props.onOpen?.(row.original))}
                    style={
                      stacked && !cards
                        ? {}
                        : {
                            ...lineStyle,
                            transform: `translateY(${String(item.start - virtualizer.options.scrollMargin)}px)`,
                          }
                    }
                    mark={{
                      isShown: panel !== undefined,
                      isMarked: marks.isMarked(row.id),
                      onToggle: () => {
                        marks.toggle(row.id, item.index);
                      },
                    }}
                    cells={row.getVisibleCells().map(({ id, column }) => ({
                      id,
                      end: column.columnDef.meta?.end ?? false,
                      words: column.columnDef.meta?.words ?? '',
                      // Called, not rendered as a component: columns made anew would reset its state.
                      content: cells.get(column.id)?.(row.original),
                    }))}
                  />
                );
              })}
            </div>
          )}
        </div>
      </div>
      <DataTableFooter
        {...props}
        shown={shown.length}
        folded={folded.size}
        marks={marks}
        choice={<ColumnChoice columns={columns} choice={choice} />}
      />
    </div>
  );
  if (!panel) return framed;
  return (
    <div className={classes.withPanel}>
      {framed}
      {/* eslint-disable-next-line react-hooks/refs -- focus is given when something is pressed, not while drawing */}
      {panel(seen)}
    </div>
  );
}
