import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { fractionOf } from '../../../server/ground/india.contract.ts';
import type { PurchaseOrderLine } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { Bin } from '../../../server/domains/warehouses/warehouses.contract.ts';
import { purchaseOrderRights } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { firstWrongLine } from '../../lib/form-errors.ts';
import { figureWords } from '../../documents/pasted-lines.ts';
import { NameWithRemark } from '../../documents/NameWithRemark.tsx';
import { countedColumn } from '../../documents/counted-column.ts';
import scanning from '../../documents/scanning.module.css';
import { useGivenClipboard } from '../../documents/use-given-clipboard.ts';
import { saidWords } from '../../lib/reason-words.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Code, Quantity } from '../../ui/Figures.tsx';
import { formatQuantity } from '../../ui/formats.ts';
import { LineGrid, type CellColumn, type LineColumn } from '../../ui/LineGrid.tsx';
import type { DayDirection } from '../../ui/typed-day.ts';
import { RecordSelect } from '../../ui/RecordSelect.tsx';
import { useBinSource } from '../inventory/BinField.tsx';
import { countedOf, countRemark, emptyRow, type ReceiptRow, type ReceiptValues } from './receipt-values.ts';

function wrongIn(row: ReceiptRow | undefined, lineOf: ReadonlyMap<string, PurchaseOrderLine>) {
  const line = row && lineOf.get(row.lineId);
  if (!line) return null;
  const { unit } = line.product;
  return figureWords(row.quantity, 'quantity', unit) ?? saidWords(fractionOf(row.quantity, unit));
}

/** What arrived, line by line: how many, into which bin, of which lot. The arrows stay in their column. */
export function ReceiptGrid({
  form,
  lines,
  warehouseId,
  bins,
  onRows,
}: {
  form: UseFormReturnType<ReceiptValues>;
  lines: readonly PurchaseOrderLine[];
  /** Where the goods go, and its bins once they are known. */
  warehouseId: string;
  bins: readonly Bin[];
  onRows: (rows: ReceiptRow[]) => void;
}) {
  const { can } = useAbility();
  const { rows } = form.values;
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const isFirst = (row: ReceiptRow) => rows.find((one) => one.lineId === row.lineId)?.key === row.key;
  const tracksLots = rows.some((row) => lineOf.get(row.lineId)?.product.tracksLots);
  const binSource = useBinSource(warehouseId);

  const split = (row: ReceiptRow) => {
    const index = rows.findIndex((one) => one.key === row.key);
    onRows([...rows.slice(0, index + 1), emptyRow(row.lineId), ...rows.slice(index + 1)]);
  };

  const clipboard = useGivenClipboard<ReceiptRow>({
    now: () => form.getValues().rows,
    put: onRows,
    lineId: (row) => row.key,
    productOf: (row) => lineOf.get(row.lineId)?.product,
    fields: ['quantity'],
  });

  const isKeptByLots = (row: ReceiptRow) => lineOf.get(row.lineId)?.product.tracksLots ?? false;
  const referenceColumn = (id: 'lot' | 'vendorLot', header: string): CellColumn<ReceiptRow> => ({
    id,
    header,
    input: {
      kind: 'reference',
      value: (row) => row[id],
      set: (row, text) => ({ ...row, [id]: text }),
      absent: (row) => !isKeptByLots(row),
    },
  });
  const dayColumn = (
    id: 'expiresOn' | 'madeOn',
    header: string,
    direction: DayDirection,
  ): CellColumn<ReceiptRow> => ({
    id,
    header,
    cell: (row, index, mark, set) =>
      isKeptByLots(row) ? (
        <DayField
          label={t`${header}, line ${String(index + 1)}`}
          hideLabel
          direction={direction}
          inputProps={{ ...mark }}
          value={row[id]}
          onChange={(day) => {
            set((now) => ({ ...now, [id]: day }));
          }}
        />
      ) : null,
  });

  const columns: LineColumn<ReceiptRow>[] = [
    {
      id: 'sku',
      header: 'SKU',
      width: 'minmax(96px, 1fr)',
      cell: (row) => (isFirst(row) ? <Code>{lineOf.get(row.lineId)?.product.sku}</Code> : null),
    },
    {
      id: 'name',
      header: t`Product`,
      width: 'minmax(160px, 3fr)',
      cell: (row) => {
        const line = lineOf.get(row.lineId);
        if (!line) return t`No longer open`;
        if (!isFirst(row)) return t`as above, another bin or lot`;
        return (
          <Remarked
            line={line}
            counted={countedOf(rows, line.id)}
            mayExceed={can(purchaseOrderRights.overReceive)}
          />
        );
      },
    },
    {
      id: 'expected',
      header: t`Expected`,
      width: '112px',
      align: 'end',
      cell: (row) => {
        const line = lineOf.get(row.lineId);
        return line && isFirst(row) ? <Quantity value={line.open} unit={line.product.unit} /> : null;
      },
    },
    countedColumn(t`Arrived`, '104px'),
    {
      id: 'binId',
      header: t`Bin`,
      width: '148px',
      cell: (row, index, mark, set) => (
        <RecordSelect
          inputProps={{ ...mark, variant: 'unstyled' }}
          aria-label={t`Bin, line ${String(index + 1)}`}
          placeholder={t`Default bin`}
          source={binSource}
          value={row.binId === '' ? null : row.binId}
          valueLabel={bins.find((bin) => bin.id === row.binId)?.code ?? null}
          clearable
          onChange={(binId) => {
            set((now) => ({ ...now, binId: binId ?? '' }));
          }}
        />
      ),
    },
    ...(tracksLots
      ? [
          {
            ...referenceColumn('lot', t`Lot`),
            width: '132px',
            below: referenceColumn('vendorLot', t`Vendor’s lot`),
          },
          {
            ...dayColumn('expiresOn', t`Expires`, 'ahead'),
            width: '140px',
            below: dayColumn('madeOn', t`Made on`, 'behind'),
          },
        ]
      : []),
    {
      id: 'split',
      header: t`Split`,
      headHidden: true,
      width: '40px',
      cell: (row, index) => (
        <ActionIcon
          aria-label={t`Split line ${String(index + 1)} over another bin or lot`}
          title={t`Split over another bin or lot`}
          tabIndex={-1}
          onClick={() => {
            split(row);
          }}
        >
          <IconArrowsSplit2 size={15} />
        </ActionIcon>
      ),
    },
  ];

  return (
    <>
      <LineGrid
        label={t`What arrived`}
        lines={rows}
        onChange={onRows}
        lineId={(row) => row.key}
        columns={columns}
        canRemove={(row) => !isFirst(row)}
        firstWrong={firstWrongLine(form.errors, 'rows')}
        clipboard={clipboard}
        error={(index, column) => {
          const refused = form.errors[`rows.${String(index)}.${column}`];
          if (column === 'quantity' && refused && isOver(rows[index], rows, lineOf)) return t`Too many`;
          return refused ?? (column === 'quantity' ? wrongIn(rows[index], lineOf) : null);
        }}
        empty={t`Nothing is open on this order any more.`}
      />
      {form.errors.lines ? (
        <p
          className={scanning.lineNote}
          role="alert"
        >{t`Count at least one line: type a quantity, scan, or press “+ All expected”.`}</p>
      ) : null}
    </>
  );
}

/** A row whose line has more than may come in: the reason is beside its name. */
function isOver(
  row: ReceiptRow | undefined,
  rows: readonly ReceiptRow[],
  lineOf: ReadonlyMap<string, PurchaseOrderLine>,
): boolean {
  const line = row && lineOf.get(row.lineId);
  const remark = line ? countRemark(line, countedOf(rows, line.id)) : null;
  return remark !== null && remark !== 'complete' && !remark.isLetThrough;
}

function Remarked({
  line,
  counted,
  mayExceed,
}: {
  line: PurchaseOrderLine;
  counted: string;
  mayExceed: boolean;
}) {
  const { name } = line.product;
  const remark = countRemark(line, counted);
  if (remark === null) return <NameWithRemark name={name}>{null}</NameWithRemark>;
  if (remark === 'complete')
    return <NameWithRemark name={name} tone="good">{t`Complete with this`}</NameWithRemark>;
  const over = formatQuantity(remark.over);
  return (
    <NameWithRemark name={name}>
      {remark.isLetThrough
        ? t`${over} over, within tolerance`
        : mayExceed
          ? t`${over} over: received under your name`
          : t`${over} over: needs an approver`}
    </NameWithRemark>
  );
}
