import { describe, expect, it } from 'vitest';
import { today } from '../../../server/ground/days.contract.ts';
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
  day: '2026-05-04',
  backdate: false,
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

  it('says on which day in India the goods left, and of today no moment but now', () => {
    const { shippedAt } = shipmentInput(values(['1']));
    expect(shippedAt).toBe('2026-05-04T18:29:00Z');
    expect(shipmentInput({ ...values(['1']), day: today() }).shippedAt).toBeUndefined();
    expect(shipmentFieldPath('shippedAt', values(['1']))).toBe('day');
  });

  it('picks one more at a scan, but never more than is reserved', () => {
    const { rows } = values(['1']);
    expect(withOnePicked(rows, { id: 'line-0', reserved: '2.000' })?.[0]?.quantity).toBe('2');
    expect(withOnePicked(rows, { id: 'line-0', reserved: '1.000' })).toBeNull();
  });
});
