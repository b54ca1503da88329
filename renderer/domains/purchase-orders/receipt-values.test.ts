import { describe, expect, it } from 'vitest';
import { readGs1 } from '../../../server/ground/gs1/reading.contract.ts';
import type { PurchaseOrderLine } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import {
  countedOf,
  countRemark,
  emptyRow,
  receiptFieldPath,
  receiptInput,
  withAllExpected,
  goodsOf,
  withScanned,
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
    const next = withScanned([row('a', '3'), row('a', '1'), row('b')], 'a');
    expect(next?.rows.map((one) => one.quantity)).toEqual(['3', '2', '']);
  });

  it('counts a scanned lot in its own row, and makes one for it', () => {
    const goods = (lot: string, quantity = '1', expiresOn = '') => ({
      lot,
      quantity,
      expiresOn,
      madeOn: '',
      isSerial: false,
    });
    const first = withScanned([row('a'), row('b')], 'a', goods('L-1', '12', '2027-01-31'));
    const again = withScanned(first?.rows ?? [], 'a', goods('l-1', '12', '2027-01-31'));
    const other = withScanned(again?.rows ?? [], 'a', goods('L-2'));
    // One lot has one last day: another one is left for the person, and the server, to see.
    const otherDay = withScanned(other?.rows ?? [], 'a', goods('L-1', '1', '2028-01-31'));
    expect(otherDay?.rows.map((one) => [one.lineId, one.lot, one.quantity, one.expiresOn])).toEqual([
      ['a', 'L-1', '24', '2027-01-31'],
      ['a', 'L-2', '1', ''],
      ['a', 'L-1', '1', '2028-01-31'],
      ['b', '', '', ''],
    ]);
    expect(otherDay?.key).toBe(otherDay?.rows[2]?.key);
  });

  it('counts a serial number once', () => {
    const serial = { lot: 'S-1', quantity: '1', expiresOn: '', madeOn: '', isSerial: true };
    const first = withScanned([row('a')], 'a', serial);
    expect(withScanned(first?.rows ?? [], 'a', serial)).toBeNull();
    expect(withScanned(first?.rows ?? [], 'a', { ...serial, lot: 'S-2' })?.rows).toHaveLength(2);
  });

  it('takes of a GS1 code what the product is kept by', () => {
    const reading = readGs1('(01)08901234567890(10)L-1(11)260131(17)270131(37)12');
    const content = reading.kind === 'elements' ? reading : null;
    expect(goodsOf({ unit: 'NOS', tracksLots: true }, content)).toMatchObject({
      quantity: '12',
      lot: 'L-1',
      expiresOn: '2027-01-31',
      madeOn: '2026-01-31',
    });
    expect(goodsOf({ unit: 'NOS', tracksLots: false }, content)).toMatchObject({
      quantity: '12',
      lot: '',
      expiresOn: '',
      madeOn: '',
    });
    expect(goodsOf({ unit: 'NOS', tracksLots: true }, null).quantity).toBe('1');
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
      rows: [
        row('a'),
        row('b', '0'),
        { ...row('c', '7'), lot: 'L-1', vendorLot: 'V-9', madeOn: '2026-04-01' },
      ],
    };
    expect(receiptInput(values).lines).toEqual([
      {
        lineId: 'c',
        quantity: '7',
        binId: null,
        lot: 'L-1',
        vendorLot: 'V-9',
        expiresOn: null,
        madeOn: '2026-04-01',
      },
    ]);
    expect(receiptFieldPath('lines.0.quantity', values)).toBe('rows.2.quantity');
  });
});
