import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { AppLink } from '../ui/AppLink.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../ui/DataTable.tsx';
import { Code, Money, Quantity } from '../ui/Figures.tsx';
import { formatPercent, formatQuantity } from '../ui/formats.ts';
import { useCommand } from '../lib/command.ts';
import { notifyDone } from '../lib/notify.tsx';
import { paths } from '../lib/paths.ts';
import { isZero } from './order-lines.ts';

/** A line of a kept order, as far as all orders have it. */
interface KeptOrderLine {
  id: string;
  lineNumber: number;
  product: { id: string; sku: string; name: string; unit: string };
  hsnCode: string;
  ordered: string;
  unitPrice: string | null;
  discountPercent: string | null;
  taxPercent: string;
  net: string | null;
  note: string | null;
}

/** What was ordered; `nameWidth` is in pixels, at the least. */
export function productColumns<Line extends KeptOrderLine>(nameWidth: number): DataColumn<Line>[] {
  return [
    { id: 'number', header: '#', width: '36px', align: 'end', fixed: true, cell: (line) => line.lineNumber },
    {
      id: 'sku',
      header: 'SKU',
      width: 'minmax(96px, 1fr)',
      fixed: true,
      cell: (line) => (
        <AppLink to={paths.product(line.product.id)} tabIndex={-1}>
          <Code>{line.product.sku}</Code>
        </AppLink>
      ),
    },
    {
      id: 'name',
      header: t`Product`,
      width: `minmax(${String(nameWidth)}px, 3fr)`,
      cell: (line) => <span title={line.note ?? line.product.name}>{line.product.name}</span>,
    },
    { id: 'hsn', header: 'HSN', width: '84px', hidden: true, cell: (line) => <Code>{line.hsnCode}</Code> },
    {
      id: 'ordered',
      header: t`Ordered`,
      align: 'end',
      width: '90px',
      cell: (line) => <Quantity value={line.ordered} unit={line.product.unit} />,
    },
  ];
}

/** The amounts; widths are in pixels. */
export function amountColumns<Line extends KeptOrderLine>(
  widths: { price: number; net: number },
  { hideTax = false }: { hideTax?: boolean } = {},
): DataColumn<Line>[] {
  return [
    {
      id: 'price',
      header: t`Price`,
      align: 'end',
      width: `${String(widths.price)}px`,
      cell: (line) => <Money value={line.unitPrice} unitPrice />,
    },
    {
      id: 'discount',
      header: t`Disc.`,
      align: 'end',
      width: '60px',
      cell: (line) => (isZero(line.discountPercent ?? '0') ? '' : formatPercent(line.discountPercent)),
    },
    {
      id: 'tax',
      header: 'GST',
      ...(hideTax ? { hidden: true } : {}),
      align: 'end',
      width: '58px',
      cell: (line) => formatPercent(line.taxPercent),
    },
    {
      id: 'net',
      header: t`Net`,
      align: 'end',
      width: `${String(widths.net)}px`,
      cell: (line) => <Money value={line.net} />,
    },
  ];
}

/** Closes one line, for people who may. */
interface LineClosing<Line> {
  openOf: (line: Line) => string;
  send: (line: { lineId: string; reason: string }) => Promise<unknown>;
  /** The consequence for this quantity of the product. */
  words: (open: { quantity: string; unit: string }) => string;
}

/** The lines of a kept order; what is open of a line can be cancelled where `closing` is given. */
export function OrderLinesTable<Line extends KeptOrderLine>({
  lines,
  columns,
  closing,
}: {
  lines: readonly Line[];
  columns: readonly DataColumn<Line>[];
  closing: LineClosing<Line> | null;
}) {
  const [line, setLine] = useState<Line | null>(null);
  const close = useCommand(
    async (reason: string) => closing?.send({ lineId: line?.id ?? '', reason }),
    (_answer, isLeft) => {
      notifyDone(t`Line closed`, line?.product.name);
      if (!isLeft) setLine(null);
    },
  );
  const button: DataColumn<Line> = {
    id: 'close',
    header: t`Close`,
    headHidden: true,
    width: '92px',
    fixed: true,
    cell: (row) =>
      !closing || isZero(closing.openOf(row)) ? null : (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            setLine(row);
          }}
        >{t`Close line`}</Button>
      ),
  };
  const open = line && closing && { quantity: formatQuantity(closing.openOf(line)), unit: line.product.unit };
  return (
    <>
      <DataTable
        inline
        name="order-lines"
        label={t`Lines of the order`}
        columns={closing ? [...columns, button] : columns}
        rows={lines}
        rowId={(row) => row.id}
        empty={{
          title: t`No lines`,
          text: t`Lines say which products are ordered, how many and at what price.`,
        }}
      />
      <ConfirmDialog
        opened={line !== null}
        onClose={() => {
          setLine(null);
          close.leave();
        }}
        title={t`Close line ${String(line?.lineNumber ?? '')}: ${line?.product.name ?? ''}`}
        confirmLabel={t`Close line`}
        reason={{ label: t`Reason, for the record`, required: false }}
        busy={close.busy}
        problem={close.problem}
        onConfirm={close.run}
      >
        {open && closing.words(open)}
      </ConfirmDialog>
    </>
  );
}
