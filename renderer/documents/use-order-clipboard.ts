import { plural, t } from '@lingui/core/macro';
import type { UseFormReturnType } from '@mantine/form';
import { mostLines } from '../../server/documents/lines.contract.ts';
import type { CellPlace, LineClipboard } from '../ui/use-line-clipboard.ts';
import { notifyRefusal } from '../lib/notify.tsx';
import { copiedLines, spreadsheetOf } from './copied-lines.ts';
import { filledDown, filledWords } from './filled-lines.ts';
import { isBlank, type OrderLineValues, type WithLines } from './order-lines.ts';
import { readBlock } from './pasted-columns.ts';
import { figureFields, pastedLine } from './pasted-lines.ts';
import { isBlock, readCells } from './spreadsheet-text.ts';
import { useBlockSteps } from './use-block-steps.ts';

/**
 * Blocks of a spreadsheet in an order that is typed: rows become lines below the one with the cursor; a block of
 * nothing but figures, pasted at a figure, goes down from there. One step takes it all back.
 */
export function useOrderClipboard<Values extends WithLines>(
  form: UseFormReturnType<Values>,
  put: (lines: OrderLineValues[]) => void,
) {
  const linesNow = () => form.getValues().lines;
  const steps = useBlockSteps({ now: linesNow, put, lineId: ({ id }) => id });

  function paste(text: string, at: CellPlace | null): boolean {
    if (!isBlock(text)) return false;
    const cells = readCells(text);
    const lines = linesNow();
    const filled = at
      ? filledDown(lines, cells, at, { fields: figureFields, unitOf: ({ unit }) => unit })
      : null;
    if (at && filled) {
      steps.bring(filled.lines, at.line, ...filledWords(filled));
      return true;
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
    steps.bring(
      [...stays.slice(0, into), ...named, ...stays.slice(into)],
      into,
      plural(brought.length, { one: 'Pasted # line', other: 'Pasted # lines' }),
      block.ignored.length > 0 ? t`Not taken: ${ignored}.` : '',
    );
    return true;
  }

  const clipboard: LineClipboard<OrderLineValues> = {
    paste,
    undo: steps.undo,
    textOf: (lines) => spreadsheetOf(copiedLines(lines)),
  };
  return { clipboard, settle: steps.settle };
}
