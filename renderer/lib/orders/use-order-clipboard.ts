import { plural, t } from '@lingui/core/macro';
import type { UseFormReturnType } from '@mantine/form';
import { useRef } from 'react';
import { mostLines } from '../../../server/documents/lines.contract.ts';
import type { CellPlace, LineClipboard } from '../../ui/use-line-clipboard.ts';
import { notifyRefusal, notifyUndo } from '../notify.tsx';
import { copiedLines, spreadsheetOf } from './copied-lines.ts';
import { filledDown } from './filled-lines.ts';
import { isBlank, type OrderLineValues, type WithLines } from './order-lines.ts';
import { readBlock } from './pasted-columns.ts';
import { isFigureField, pastedLine } from './pasted-lines.ts';
import { isBlock, readCells } from './spreadsheet-text.ts';

/** One paste: the lines before it and after it, and where it began. */
interface Step {
  before: readonly OrderLineValues[];
  after: readonly OrderLineValues[];
  line: number;
}

/** The lines as they are now without what a step brought or changed; what was typed into others since stays. */
function withoutStep(now: readonly OrderLineValues[], { before, after }: Step): OrderLineValues[] {
  const was = new Map(before.map((line) => [line.id, line]));
  const became = new Map(after.map((line) => [line.id, line]));
  return now.flatMap((line) => {
    const old = was.get(line.id);
    if (!old) return became.has(line.id) ? [] : [line];
    return [old === became.get(line.id) ? line : old];
  });
}

/**
 * Blocks of a spreadsheet in an order that is typed: rows become lines below the one with the cursor; a block of
 * nothing but figures, pasted at a figure, goes down from there. One step takes it all back.
 */
export function useOrderClipboard<Values extends WithLines>(
  form: UseFormReturnType<Values>,
  put: (lines: OrderLineValues[]) => void,
) {
  const last = useRef<(Step & { shown: string }) | null>(null);
  const linesNow = () => form.getValues().lines;

  function bring(after: OrderLineValues[], line: number, words: string, note: string) {
    const step = { before: linesNow(), after, line };
    last.current = { ...step, shown: JSON.stringify(after) };
    put(after);
    notifyUndo(
      words,
      () => {
        last.current = null;
        put(withoutStep(linesNow(), step));
      },
      { label: t`Take it back`, note },
    );
  }

  function paste(text: string, at: CellPlace | null): boolean {
    if (!isBlock(text)) return false;
    const cells = readCells(text);
    const lines = linesNow();
    if (at && isFigureField(at.column)) {
      const filled = filledDown(lines, cells, { line: at.line, column: at.column });
      if (filled) {
        const left = cells.length - filled.rows;
        bring(
          filled.lines,
          at.line,
          plural(filled.rows, { one: 'Pasted into # line', other: 'Pasted into # lines' }),
          left > 0
            ? plural(left, {
                one: '# row of the block had no line to go to.',
                other: '# rows of the block had no line to go to.',
              })
            : '',
        );
        return true;
      }
    }
    const block = readBlock(cells);
    const ignored = block.ignored.join(', ');
    const brought = block.rows.map(pastedLine);
    if (brought.length === 0) return true;
    const place = at?.line ?? lines.length - 1;
    const stays = lines.filter((line, index) => index !== place || !isBlank(line));
    const into = stays.length < lines.length ? place : place + 1;
    if (stays.filter((line) => !isBlank(line)).length + brought.length > mostLines) {
      notifyRefusal({
        title: t`Nothing was pasted`,
        detail: plural(brought.length, {
          one: `An order has at most ${mostLines} lines: # more does not fit. Split it over two orders.`,
          other: `An order has at most ${mostLines} lines: # more do not fit. Split them over two orders.`,
        }),
      });
      return true;
    }
    // The line with the cursor is the first of the block: the cursor stays where it is.
    const here = stays.length < lines.length ? lines[place]?.id : undefined;
    const [first, ...others] = brought;
    const named = first && here !== undefined ? [{ ...first, id: here }, ...others] : brought;
    bring(
      [...stays.slice(0, into), ...named, ...stays.slice(into)],
      into,
      plural(brought.length, { one: 'Pasted # line', other: 'Pasted # lines' }),
      block.ignored.length > 0 ? t`Not taken: ${ignored}.` : '',
    );
    return true;
  }

  const clipboard: LineClipboard<OrderLineValues> = {
    paste,
    undo: () => {
      const step = last.current;
      if (!step || JSON.stringify(linesNow()) !== step.shown) return null;
      last.current = null;
      put(withoutStep(linesNow(), step));
      return step.line;
    },
    textOf: (lines) => spreadsheetOf(copiedLines(lines)),
  };

  return {
    clipboard,
    /** An answer changes lines that were pasted: that is no step of its own. */
    settle: (change: (lines: OrderLineValues[]) => OrderLineValues[]) => {
      const before = linesNow();
      const after = change(before);
      if (after === before) return;
      const step = last.current;
      if (step && JSON.stringify(before) === step.shown) step.shown = JSON.stringify(after);
      put(after);
    },
  };
}
