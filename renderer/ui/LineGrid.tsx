import { t } from '@lingui/core/macro';
import { Button, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import classes from './LineGrid.module.css';
import { cellColumns, type CellColumn, type LineColumn, type SetLine } from './LineCell.tsx';
import type { CellMark } from './LineInput.tsx';
import { LineCopy } from './LineCopy.tsx';
import { LineRow, type LineActions } from './LineRow.tsx';
import { leastWidth, useNarrowerThan } from './tracks.ts';
import { useLineClipboard, type LineClipboard } from './use-line-clipboard.ts';
import { useShownLines } from './use-shown-lines.ts';

export type { CellColumn, CellMark, LineColumn, SetLine };

export interface LineGridProps<Line> {
  /** For screen readers: `Order lines`. */
  label: string;
  lines: readonly Line[];
  onChange: (lines: Line[]) => void;
  lineId: (line: Line) => string;
  columns: readonly LineColumn<Line>[];
  /** Makes an empty line; without it lines are given (receiving, shipping). */
  newLine?: () => Line;
  canRemove?: (line: Line) => boolean;
  /** The error of a cell, by line and column. */
  error?: (index: number, column: string) => ReactNode;
  /** The first line with an error: it is always drawn, so that the focus can go there. */
  firstWrong?: number;
  /** Under the last line, in the columns' own tracks: totals. By column id. */
  foot?: Readonly<Record<string, ReactNode>>;
  /** Said while there are no lines: why, and what brings one. */
  empty: string;
  disabled?: boolean;
  /** Blocks of a spreadsheet, in and out. */
  clipboard?: LineClipboard<Line>;
}

/**
 * Lines of a document, typed like a ledger. Tab goes cell by cell, the up and down arrows stay in their column, Enter
 * goes down and adds a line at the end, Ctrl+Delete removes the line. Works from the numeric pad alone. Shift+Space
 * marks a line for a copy, Ctrl+Z takes back the block pasted last. Of many lines only those in sight are drawn, and
 * those around the focus.
 */
export function LineGrid<Line>(props: LineGridProps<Line>) {
  const { lines, onChange, columns, newLine, disabled = false } = props;
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const goTo = useRef<{ line: number; column: string } | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const removable = newLine !== undefined || props.canRemove !== undefined;
  const template = `36px ${columns.map((column) => column.width).join(' ')}${removable ? ' 36px' : ''}`;

  const tracks = useMemo(() => ({ '--tracks': template }) as CSSProperties, [template]);
  const [wrap, stacked] = useNarrowerThan(leastWidth(template));
  const shown = useShownLines({
    body,
    count: lines.length,
    keyOf: (index) => {
      const line = lines[index];
      return line === undefined ? index : props.lineId(line);
    },
    kept: [focused, props.firstWrong ?? null],
  });

  function cellsOf(column: string): HTMLElement[] {
    const cells = grid.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [];
    return [...cells].filter((cell) => cell.dataset.column === column);
  }

  function focusCell(line: number, column: string): boolean {
    const cell = cellsOf(column).find((one) => one.dataset.line === String(line));
    cell?.focus();
    if (cell instanceof HTMLInputElement) cell.select();
    return cell !== undefined;
  }

  useEffect(() => {
    if (!goTo.current) return;
    if (focusCell(goTo.current.line, goTo.current.column)) goTo.current = null;
    else if (goTo.current.line < lines.length) shown.bring(goTo.current.line);
  });

  // Several answers can come at once, before anything is drawn: each change builds on the one before it.
  const latest = useRef(lines);
  useLayoutEffect(() => {
    latest.current = lines;
  });
  function give(next: Line[]) {
    latest.current = next;
    onChange(next);
  }

  function setLine(id: string, next: Line | ((now: Line) => Line)) {
    const change = typeof next === 'function' ? (next as (now: Line) => Line) : () => next;
    give(latest.current.map((one) => (props.lineId(one) === id ? change(one) : one)));
  }

  function add(column?: string) {
    if (!newLine || disabled) return;
    const first = column ?? columns.find((one) => one.input ?? one.cell)?.id ?? '';
    goTo.current = { line: latest.current.length, column: first };
    give([...latest.current, newLine()]);
  }

  function remove(index: number, column: string) {
    const line = latest.current[index];
    if (!line || disabled || (props.canRemove && !props.canRemove(line))) return;
    goTo.current = { line: Math.max(0, Math.min(index, latest.current.length - 2)), column };
    give(latest.current.filter((one) => props.lineId(one) !== props.lineId(line)));
  }

  const blocks = useLineClipboard({ grid, clipboard: props.clipboard, lines, lineId: props.lineId });

  // Rows are drawn again only when something of theirs changes: their callbacks stay the same.
  const acting = useRef({ setLine, remove, mark: blocks.mark });
  useLayoutEffect(() => {
    acting.current = { setLine, remove, mark: blocks.mark };
  });
  const [actions] = useState<LineActions<Line>>(() => ({
    set: (id, next) => {
      acting.current.setLine(id, next);
    },
    remove: (index, column) => {
      acting.current.remove(index, column);
    },
    mark: (index, through) => {
      acting.current.mark(index, through);
    },
  }));

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const target = event.target as HTMLElement;
    const line = Number(target.dataset.line);
    const column = target.dataset.column;
    if (column === undefined || Number.isNaN(line) || event.defaultPrevented) return;
    const listOpen = target.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Delete' && event.ctrlKey && removable) {
      event.preventDefault();
      remove(line, column);
    } else if (event.key === ' ' && event.shiftKey && props.clipboard) {
      event.preventDefault();
      blocks.mark(line, false);
    } else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      const began = props.clipboard?.undo() ?? null;
      if (began === null) return;
      event.preventDefault();
      goTo.current = { line: began, column };
    } else if (listOpen || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      focusCell(line + (event.key === 'ArrowDown' ? 1 : -1), column);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!focusCell(line + 1, columnAfterEnter(column))) add();
    }
  }

  function onFocus(event: FocusEvent<HTMLDivElement>) {
    const line = Number((event.target as HTMLElement).dataset.line);
    if (!Number.isNaN(line)) setFocused(line);
  }

  /** From the last column Enter starts the next line; from the others it goes straight down. */
  function columnAfterEnter(column: string): string {
    const typed = cellColumns(columns).filter((one) => one.input ?? one.cell);
    const inputs = typed.filter((one) => cellsOf(one.id).length > 0);
    return newLine && inputs.at(-1)?.id === column ? (inputs[0]?.id ?? column) : column;
  }

  return (
    <div ref={wrap} className={classes.wrap} data-stacked={stacked || undefined}>
      <div
        ref={grid}
        className={classes.grid}
        role="table"
        aria-label={props.label}
        aria-rowcount={lines.length + 1}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        {...blocks.events}
      >
        <div className={classes.head} role="row" aria-rowindex={1} style={tracks}>
          <span role="columnheader" className={classes.number}>
            #
          </span>
          {columns.map((column) => (
            <span key={column.id} role="columnheader" data-end={column.align === 'end' || undefined}>
              {column.headHidden ? <VisuallyHidden>{column.header}</VisuallyHidden> : column.header}
              {column.below ? <span className={classes.headBelow}>{column.below.header}</span> : null}
            </span>
          ))}
          {removable ? (
            <span role="columnheader">
              <VisuallyHidden>{t`Remove`}</VisuallyHidden>
            </span>
          ) : null}
        </div>
        <div ref={body} className={classes.lines} role="rowgroup" style={{ height: shown.height }}>
          {shown.rows.map(({ index, top }) => {
            const line = lines[index];
            if (line === undefined) return null;
            return (
              <LineRow
                key={props.lineId(line)}
                id={props.lineId(line)}
                line={line}
                index={index}
                columns={columns}
                errors={cellColumns(columns).map((column) => props.error?.(index, column.id))}
                tracks={tracks}
                top={top}
                measure={shown.measure}
                removable={removable && !disabled && (!props.canRemove || props.canRemove(line))}
                hasRemoval={removable}
                disabled={disabled}
                marked={props.clipboard ? blocks.isMarked(line) : undefined}
                actions={actions}
              />
            );
          })}
        </div>
        {lines.length === 0 ? <div className={classes.empty}>{props.empty}</div> : null}
        {props.foot ? (
          <div className={classes.foot} role="row" style={tracks}>
            <span role="cell" />
            {columns.map((column) => (
              <span key={column.id} role="cell" data-end={column.align === 'end' || undefined}>
                {props.foot?.[column.id]}
              </span>
            ))}
          </div>
        ) : null}
      </div>
      <div className={classes.below}>
        {newLine && !disabled ? (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={15} />}
            onClick={() => {
              add();
            }}
          >{t`Add line`}</Button>
        ) : null}
        {props.clipboard && lines.length > 0 ? (
          <LineCopy marked={blocks.marked.length} text={blocks.text} onClear={blocks.clear} />
        ) : null}
      </div>
    </div>
  );
}
