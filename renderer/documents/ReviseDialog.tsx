import { t } from '@lingui/core/macro';
import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import type { LineRevision } from '../../server/documents/revising.contract.ts';
import { DayField } from '../ui/DayField.tsx';
import { LineGrid, type LineColumn } from '../ui/LineGrid.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import { Note, ProblemNote } from '../ui/States.tsx';
import { useAbility } from '../lib/ability.ts';
import { commandWords, useCommand } from '../lib/command.ts';
import { readProblem } from '../lib/error-words.ts';
import { focusFirstError } from '../lib/first-error.ts';
import { notifyDone } from '../lib/notify.tsx';
import { formatQuantity } from '../ui/formats.ts';
import { isMore, isZero, minus, plus, trimmed, trimmedPrice } from './order-lines.ts';
import { isOverCredit, OverCreditAdvice } from './over-credit.tsx';
import { figureFields, figureWords, isFigureField } from './pasted-lines.ts';
import { useGivenClipboard } from './use-given-clipboard.ts';

/** An order under way as the dialog needs it; `done` is what was received or shipped of a line. */
export interface OrderUnderWay {
  number: string;
  day: string | null;
  lines: readonly {
    id: string;
    lineNumber: number;
    product: { sku: string; name: string; unit: string };
    ordered: string;
    done: string;
    cancelled: string;
    /** null where the reader sees no prices. */
    unitPrice: string | null;
    discountPercent: string | null;
  }[];
}

export interface RevisionInput {
  day: string | null;
  lines: LineRevision[];
  reason: string;
  exceedCredit: boolean;
}

interface Line {
  id: string;
  number: number;
  sku: string;
  name: string;
  unit: string;
  /** The part that can't be changed: done or cancelled. */
  settled: string;
  quantity: string;
  unitPrice: string | null;
  discountPercent: string;
}

const decimal = (
  id: 'quantity' | 'unitPrice' | 'discountPercent',
  header: string,
  width: string,
  places: number,
): LineColumn<Line> => ({
  id,
  header,
  width,
  align: 'end',
  input: {
    kind: 'decimal',
    places,
    value: (line) => line[id] ?? '',
    set: (line, value) => ({ ...line, [id]: value }),
  },
});

const columns: readonly LineColumn<Line>[] = [
  { id: 'sku', header: 'SKU', width: 'minmax(96px, 1fr)', cell: (line) => line.sku },
  { id: 'name', header: t`Product`, width: 'minmax(140px, 2fr)', cell: (line) => line.name },
  {
    id: 'settled',
    header: t`Done`,
    width: '80px',
    align: 'end',
    cell: (line) => (isZero(line.settled) ? '' : formatQuantity(line.settled)),
  },
  decimal('quantity', t`Ordered`, '96px', 3),
  {
    id: 'unit',
    header: t`Unit`,
    headHidden: true,
    width: '48px',
    cell: (line) => <span data-quiet>{line.unit}</span>,
  },
  decimal('unitPrice', t`Price`, '112px', 4),
  decimal('discountPercent', t`Disc. %`, '80px', 2),
];

function linesOf(order: OrderUnderWay): Line[] {
  return order.lines
    .map((line) => ({
      id: line.id,
      number: line.lineNumber,
      sku: line.product.sku,
      name: line.product.name,
      unit: line.product.unit,
      settled: plus(line.done, line.cancelled),
      quantity: trimmed(line.ordered),
      unitPrice: line.unitPrice === null ? null : trimmedPrice(line.unitPrice),
      discountPercent: isZero(line.discountPercent ?? '0') ? '' : trimmed(line.discountPercent ?? ''),
    }))
    .filter((line) => isMore(line.quantity, line.settled));
}

/** What was changed, and nothing else: two people may change different lines one after the other. */
function changesOf(before: readonly Line[], after: readonly Line[]): LineRevision[] {
  return after.flatMap((line, index): LineRevision[] => {
    const was = before[index];
    if (!was) return [];
    const change: LineRevision = { lineId: line.id };
    if (line.quantity !== was.quantity) change.quantity = line.quantity;
    if (line.unitPrice !== null && line.unitPrice !== was.unitPrice) change.unitPrice = line.unitPrice;
    if (line.discountPercent !== was.discountPercent) {
      change.discountPercent = line.discountPercent === '' ? '0' : line.discountPercent;
    }
    return Object.keys(change).length > 1 ? [change] : [];
  });
}

/** The paths of what is typed in the lines; other refusals are shown above them. */
const inACell = /^lines\.\d+\.(quantity|unitPrice|discountPercent)$/;

interface ReviseDialogProps {
  order: OrderUnderWay;
  /** The expected day: its label here, and its name in the input. */
  dayLabel: string;
  dayField: string;
  /** The right to go over a limit of credit, of documents that have one. */
  exceedCreditWith?: Permission;
  send: (input: RevisionInput) => Promise<{ status: string }>;
  opened: boolean;
  onClose: () => void;
}

/** Changes an order that is under way: its day, and quantities and prices of what is open. Ctrl+Enter saves. */
export function ReviseDialog(props: ReviseDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t`Change ${props.order.number}`} size={860}>
      {props.opened ? <Body {...props} /> : null}
    </Modal>
  );
}

function Body({ order, dayLabel, dayField, exceedCreditWith, send, onClose }: ReviseDialogProps) {
  const { can } = useAbility();
  const [initial] = useState(() => linesOf(order));
  const [lines, setLines] = useState(initial);
  const [day, setDay] = useState(order.day ?? '');
  const [reason, setReason] = useState('');
  const [exceedCredit, setExceed] = useState(false);
  const changes = changesOf(initial, lines);
  const form = useRef<HTMLFormElement>(null);
  /** What was sent last: a refusal is about that, and stays at a field as long as its value does. */
  const [sent, setSent] = useState({ changes, lines, day, reason });
  const revise = useCommand(
    send,
    (revised, isLeft) => {
      notifyDone(
        revised.status === 'pending_approval' ? t`Order changed; it waits for an approval` : t`Order changed`,
        order.number,
      );
      if (!isLeft) onClose();
    },
    () => {
      focusFirstError(form.current ?? undefined);
    },
  );
  const problems = revise.error ? (readProblem(revise.error).fields ?? []) : [];
  const problemAt = (path: string) => problems.find((field) => field.path === path)?.message;
  const isAtItsField = problems.length > 0 && problems.every(({ path }) => inACell.test(path));
  const isEdited = lines !== sent.lines || day !== sent.day;
  const overCredit = revise.error !== null && !isEdited && isOverCredit(revise.error);
  // A quantity changes the order's total, and the consequences of that would reveal the price.
  const showsPrices = lines.every((line) => line.unitPrice !== null);
  const clipboard = useGivenClipboard<Line>({
    now: () => lines,
    put: (next) => {
      setLines(next);
      setExceed(false);
    },
    lineId: (line) => line.id,
    productOf: (line) => line,
    fields: figureFields,
  });
  const nothing = changes.length === 0 && day === (order.day ?? '');
  const save = () => {
    if (revise.busy || nothing || reason.trim() === '') return;
    setSent({ changes, lines, day, reason });
    revise.run({ day: day === '' ? null : day, lines: changes, reason: reason.trim(), exceedCredit });
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
      }}
    >
      <Stack gap="sm">
        {revise.error && !isAtItsField && !isEdited ? <ProblemNote {...commandWords(revise.error)} /> : null}
        <DayField
          label={dayLabel}
          direction="ahead"
          inputProps={{ 'data-autofocus': 'true' }}
          value={day}
          error={day === sent.day ? problemAt(dayField) : undefined}
          onChange={setDay}
        />
        {showsPrices ? (
          <LineGrid
            label={t`Open lines`}
            lines={lines}
            onChange={(next) => {
              setLines(next);
              // It was allowed for the total of that moment.
              setExceed(false);
            }}
            lineId={(line) => line.id}
            columns={columns}
            clipboard={clipboard}
            empty={t`Nothing is open on this order any more.`}
            error={(index, column) => {
              const line = lines[index];
              const unread =
                line && isFigureField(column) ? figureWords(line[column] ?? '', column, line.unit) : null;
              if (unread) return unread;
              if (column === 'quantity' && line && isMore(line.settled, line.quantity)) {
                return t`${trimmed(line.settled)} are done: ${trimmed(minus(line.settled, line.quantity))} too few`;
              }
              const at = sent.changes.findIndex((change) => change.lineId === line?.id);
              if (at < 0 || line?.[column as keyof Line] !== sent.lines[index]?.[column as keyof Line])
                return undefined;
              return problemAt(`lines.${String(at)}.${column}`);
            }}
          />
        ) : (
          <Note>{t`Only people who see prices can change quantities and prices.`}</Note>
        )}
        {overCredit && exceedCreditWith && !can(exceedCreditWith) ? <OverCreditAdvice /> : null}
        {overCredit && exceedCreditWith && can(exceedCreditWith) ? (
          <Checkbox
            label={t`Change it all the same, over the credit limit, under my name`}
            checked={exceedCredit}
            onChange={(event) => {
              setExceed(event.currentTarget.checked);
            }}
          />
        ) : null}
        <ReasonField
          value={reason}
          onType={setReason}
          error={reason === sent.reason ? problemAt('reason') : undefined}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t`Back`}</Button>
          <Button
            type="submit"
            loading={revise.busy}
            disabled={nothing || reason.trim() === ''}
          >{t`Save changes`}</Button>
        </Group>
      </Stack>
    </form>
  );
}
