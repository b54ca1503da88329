import type {
  PurchaseOrder,
  PurchaseOrderLine,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { quantityOfGs1, type Gs1Content } from '../../../server/ground/gs1/reading.contract.ts';
import { receivableQuantity } from '../../../server/documents/progress.contract.ts';
import { orNull } from '../../lib/form-errors.ts';
import { momentOfDay, type CommandDayValues } from '../../documents/command-day.ts';
import { today } from '../../../server/ground/days.contract.ts';
import { newId } from '../../lib/new-id.ts';
import { isMore, isTyped, isZero, lineFieldPath, minus, plus, trimmed } from '../../documents/order-lines.ts';

/** One row of a delivery as it is counted. A line appears more than once when it is split over bins or lots. */
export interface ReceiptRow extends Record<string, unknown> {
  key: string;
  lineId: string;
  quantity: string;
  binId: string;
  lot: string;
  /** What the vendor calls the lot, where that is another number. */
  vendorLot: string;
  expiresOn: string;
  madeOn: string;
}

export interface ReceiptValues extends CommandDayValues, Record<string, unknown> {
  deliveryNote: string;
  rows: ReceiptRow[];
}

export function emptyRow(lineId: string): ReceiptRow {
  return {
    key: newId(),
    lineId,
    quantity: '',
    binId: '',
    lot: '',
    vendorLot: '',
    expiresOn: '',
    madeOn: '',
  };
}

/** Every open line, nothing counted yet: what is typed is what stood on the floor, not what was hoped for. */
export function emptyReceipt(order: PurchaseOrder): ReceiptValues {
  return {
    deliveryNote: '',
    day: today(),
    backdate: false,
    rows: order.lines.filter((line) => !isZero(line.open)).map((line) => emptyRow(line.id)),
  };
}

const isCounted = (row: ReceiptRow) => isTyped(row.quantity);

/** The counted rows as the contract wants them. */
export function receiptInput(values: ReceiptValues) {
  return {
    deliveryNote: values.deliveryNote,
    receivedAt: momentOfDay(values.day),
    backdate: values.backdate,
    lines: values.rows.filter(isCounted).map((row) => ({
      lineId: row.lineId,
      quantity: row.quantity,
      binId: orNull(row.binId),
      lot: row.lot,
      vendorLot: row.vendorLot,
      expiresOn: orNull(row.expiresOn),
      madeOn: orNull(row.madeOn),
    })),
  };
}

/** `lines.0.quantity` of the input as `rows.3.quantity` of the fields. */
export function receiptFieldPath(path: string, values: ReceiptValues): string {
  if (path === 'receivedAt') return 'day';
  return lineFieldPath(path, values.rows, isCounted, 'rows');
}

/** What is counted of one line over all its rows. */
export function countedOf(rows: readonly ReceiptRow[], lineId: string): string {
  return rows
    .filter((row) => row.lineId === lineId)
    .reduce((sum, row) => plus(sum, row.quantity || '0'), '0');
}

/** Fills every line up to what is still expected; rows that were split keep their own counts. */
export function withAllExpected(
  rows: readonly ReceiptRow[],
  lines: readonly PurchaseOrderLine[],
): ReceiptRow[] {
  const openOf = new Map(lines.map((line) => [line.id, line.open]));
  const filled = new Set<string>();
  return rows.map((row) => {
    if (filled.has(row.lineId)) return row;
    filled.add(row.lineId);
    const rest = minus(openOf.get(row.lineId) ?? '0', countedOf(rows, row.lineId));
    return isZero(rest) ? row : { ...row, quantity: trimmed(plus(row.quantity || '0', rest)) };
  });
}

/** What one scan says of the goods. */
export interface ScannedGoods {
  quantity: string;
  /** Empty where the code or the product has none. */
  lot: string;
  expiresOn: string;
  madeOn: string;
  /** The lot is a serial number: of one piece. */
  isSerial: boolean;
}

const onePiece: ScannedGoods = { quantity: '1', lot: '', expiresOn: '', madeOn: '', isSerial: false };

/** What a scan counts of a product: one, or what its GS1 code says, of a product that is kept by lots the lot too. */
export function goodsOf(
  { unit, tracksLots }: { unit: string; tracksLots: boolean },
  content: Gs1Content | null,
): ScannedGoods {
  if (!content) return onePiece;
  const goods = { ...onePiece, quantity: quantityOfGs1(content, unit) };
  if (!tracksLots) return goods;
  const { lot, serial, expiresOn, madeOn } = content;
  return {
    ...goods,
    lot: lot ?? serial ?? '',
    expiresOn: expiresOn ?? '',
    madeOn: madeOn ?? '',
    isSerial: lot === null && serial !== null,
  };
}

const isLot = (row: ReceiptRow, goods: ScannedGoods) =>
  row.lot.toUpperCase() === goods.lot.toUpperCase() &&
  (['expiresOn', 'madeOn'] as const).every(
    (day) => row[day] === '' || goods[day] === '' || row[day] === goods[day],
  );

/**
 * A scan more of a line, and the row it went into. Without a lot it is the row that was counted last for the line (or its
 * first); a lot goes to its own row, else to one that nothing stands in yet, else into a new one. Null for a serial number
 * that is counted already.
 */
export function withScanned(
  rows: readonly ReceiptRow[],
  lineId: string,
  goods: ScannedGoods = onePiece,
): { rows: ReceiptRow[]; key: string } | null {
  const own = rows.filter((row) => row.lineId === lineId);
  const counted = own.filter(isCounted);
  const given = own.find((row) => goods.lot !== '' && isLot(row, goods));
  if (given && goods.isSerial && isCounted(given)) return null;
  const free = own.find((row) => !isCounted(row) && row.lot === '');
  const into = given ?? (goods.lot === '' ? (counted.at(-1) ?? own[0]) : free);
  const row = into ?? emptyRow(lineId);
  const filled = {
    ...row,
    quantity: plus(row.quantity || '0', goods.quantity),
    lot: row.lot || goods.lot,
    expiresOn: row.expiresOn || goods.expiresOn,
    madeOn: row.madeOn || goods.madeOn,
  };
  const at = into ? rows.indexOf(into) : rows.findLastIndex((one) => one.lineId === lineId) + 1;
  return { rows: rows.toSpliced(at, into ? 1 : 0, filled), key: filled.key };
}

export interface TooMany {
  /** How many more than are still expected. */
  over: string;
  /** How many more are allowed without the override, by the rule the server goes by. */
  letThrough: string;
  isLetThrough: boolean;
}

/** What to say about a line's count: more than was ordered, done, or nothing. */
export function countRemark(line: PurchaseOrderLine, counted: string): TooMany | 'complete' | null {
  if (isZero(counted)) return null;
  if (isMore(counted, line.open)) {
    const most = receivableQuantity({ ...line, unit: line.product.unit, done: line.received }).toFixed();
    return {
      over: minus(counted, line.open),
      letThrough: minus(most, line.open),
      isLetThrough: !isMore(counted, most),
    };
  }
  return isMore(line.open, counted) ? null : 'complete';
}
