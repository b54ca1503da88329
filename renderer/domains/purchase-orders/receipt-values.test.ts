import { describe, expect, it } from 'vitest';
import type { PurchaseOrderLine } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import {
  countedOf,
  countRemark,
  emptyRow,
  receiptFieldPath,
  receiptInput,
  withAllExpected,
  withOneMore,
  type ReceiptRow,
} from './receipt-values.ts';

const orderLine = (id: string, ordered: string, open: string) =>
  ({ id, ordered, open, product: { unit: 'NOS' } }) as PurchaseOrderLine;
const row = (lineId: string, quantity = ''): ReceiptRow => ({ ...emptyRow(lineId), quantity });

describe('counting a delivery', () => {
  it('starts at nothing and takes all that is expected at one press', () => {
    const lines = [orderLine('a', '10', '4'), orderLine('b', '5', '5.500')];
    expect(withAllExpected([row('a'), row('b')], lines).map((one) => one.quantity)).toEqual(['4', '5.5']);
  });

  it('fills a split line only by what is still missing', () => {
    const rows = [row('a', '1'), row('a', '2')];
    const filled = withAllExpected(rows, [orderLine('a', '10', '10')]);
    expect(countedOf(filled, 'a')).toBe('10');
    expect(filled[1]?.quantity).toBe('2');
  });

  it('never takes away what was counted beyond the order', () => {
    expect(withAllExpected([row('a', '12')], [orderLine('a', '10', '10')])[0]?.quantity).toBe('12');
  });

  it('counts a scan where the line was counted last', () => {
    const rows = withOneMore([row('a', '3'), row('a', '1'), row('b')], 'a');
    expect(rows.map((one) => one.quantity)).toEqual(['3', '2', '']);
  });

  it('says how much is over what was ordered', () => {
    const line = (tolerancePercent: string, unit = 'KGS') => {
      const open = orderLine('a', '3', '1');
      return { ...open, product: { ...open.product, unit }, received: '2', cancelled: '0', tolerancePercent };
    };
    // The tolerance of the product itself, to the third decimal and rounded down: 3 × 33.34 % is 1.000, not 33.3 %.
    expect(countRemark(line('33.34'), '2')).toEqual({ over: '1', letThrough: '1', isLetThrough: true });
    expect(countRemark(line('33.32'), '2')).toEqual({ over: '1', letThrough: '0.999', isLetThrough: false });
    // Counted goods have no fractions: 33.32 % of three is none.
    expect(countRemark(line('33.34', 'NOS'), '2')).toEqual({
      over: '1',
      letThrough: '1',
      isLetThrough: true,
    });
    expect(countRemark(line('33.32', 'NOS'), '2')).toEqual({
      over: '1',
      letThrough: '0',
      isLetThrough: false,
    });
    expect(countRemark(orderLine('a', '100', '20'), '20')).toBe('complete');
    expect(countRemark(orderLine('a', '100', '20'), '19')).toBeNull();
  });

  it('sends only counted rows, and finds the row of a refusal', () => {
    const values = {
      deliveryNote: '',
      day: '2026-05-04',
      backdate: false,
      rows: [row('a'), row('b', '0'), row('c', '7')],
    };
    expect(receiptInput(values).lines.map((one) => one.lineId)).toEqual(['c']);
    expect(receiptFieldPath('lines.0.quantity', values)).toBe('rows.2.quantity');
  });
});
