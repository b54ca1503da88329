import type { SalesOrder, Shipment } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { momentOfDay, type CommandDayValues } from '../../documents/command-day.ts';
import { today } from '../../../server/ground/days.contract.ts';
import { isMore, isTyped, isZero, lineFieldPath, plus, trimmed } from '../../documents/order-lines.ts';

/** One line of a shipment as it is picked. */
export interface ShipmentRow extends Record<string, unknown> {
  lineId: string;
  quantity: string;
  /** Of a product kept by lots. */
  lot: string;
}

export interface ShipmentValues extends CommandDayValues, Record<string, unknown> {
  mode: Shipment['mode'];
  carrier: string;
  trackingNumber: string;
  rows: ShipmentRow[];
}

/** Every line with something reserved, nothing picked yet. */
export function emptyShipment(order: SalesOrder): ShipmentValues {
  return {
    mode: 'road',
    carrier: '',
    trackingNumber: '',
    day: today(),
    backdate: false,
    rows: order.lines
      .filter((line) => !isZero(line.reserved))
      .map((line) => ({ lineId: line.id, quantity: '', lot: '' })),
  };
}

const isPicked = (row: ShipmentRow) => isTyped(row.quantity);

/** The picked rows as the contract wants them. */
export function shipmentInput({ rows, day, ...header }: ShipmentValues) {
  const lines = rows.filter(isPicked).map(({ lineId, quantity, lot }) => ({ lineId, quantity, lot }));
  return { ...header, shippedAt: momentOfDay(day), lines };
}

/** `lines.0.quantity` of the input as `rows.3.quantity` of the fields. */
export function shipmentFieldPath(path: string, values: ShipmentValues): string {
  if (path === 'shippedAt') return 'day';
  return lineFieldPath(path, values.rows, isPicked, 'rows');
}

/** Everything that is reserved. */
export function withAllReserved(rows: readonly ShipmentRow[], order: SalesOrder): ShipmentRow[] {
  const reserved = new Map(order.lines.map((line) => [line.id, line.reserved]));
  return rows.map((row) => ({ ...row, quantity: trimmed(reserved.get(row.lineId) ?? '') }));
}

/** One more of a line, or as many as a scan says, but never more than is reserved: null then. */
export function withOnePicked(
  rows: readonly ShipmentRow[],
  line: { id: string; reserved: string },
  quantity = '1',
): ShipmentRow[] | null {
  const next = rows.map((row) =>
    row.lineId === line.id ? { ...row, quantity: plus(row.quantity || '0', quantity) } : row,
  );
  const now = next.find((row) => row.lineId === line.id)?.quantity;
  return now === undefined || isMore(now, line.reserved) ? null : next;
}

export function pickedLines(rows: readonly ShipmentRow[]): number {
  return rows.filter(isPicked).length;
}
