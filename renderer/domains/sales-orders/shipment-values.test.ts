import { describe, expect, it } from 'vitest';
import {
  pickedLines,
  shipmentFieldPath,
  shipmentInput,
  withOnePicked,
  type ShipmentValues,
} from './shipment-values.ts';

const values = (quantities: string[]): ShipmentValues => ({
  mode: 'road',
  carrier: '',
  trackingNumber: '',
  rows: quantities.map((quantity, index) => ({ lineId: `line-${String(index)}`, quantity, lot: '' })),
});

describe('picking a shipment', () => {
  it('sends only what was picked', () => {
    expect(shipmentInput(values(['', '0', '2'])).lines).toEqual([
      { lineId: 'line-2', quantity: '2', lot: '' },
    ]);
    expect(pickedLines(values(['', '0', '2']).rows)).toBe(1);
  });

  it('puts a refusal at the row that was typed', () => {
    expect(shipmentFieldPath('lines.0.quantity', values(['', '3']))).toBe('rows.1.quantity');
  });

  it('picks one more at a scan, but never more than is reserved', () => {
    const { rows } = values(['1']);
    expect(withOnePicked(rows, { id: 'line-0', reserved: '2.000' })?.[0]?.quantity).toBe('2');
    expect(withOnePicked(rows, { id: 'line-0', reserved: '1.000' })).toBeNull();
  });
});
