import { describe, expect, test } from 'vitest';
import { purchaseOrderKind as kind } from '../../domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { changedFields } from './changed-fields.ts';

describe('the audit trail', () => {
  test('tells no change where a figure was only written with other zeros, on the record and in its lines', () => {
    const before = {
      shipping: '0.00',
      total: '10.00',
      lines: [{ quantity: '5.000', unitPrice: '2.0000', note: null }],
    };
    const after = { shipping: '0', total: '10', lines: [{ quantity: '5', unitPrice: '2', note: null }] };
    expect(changedFields(kind, before, after)).toEqual({});
    expect(changedFields(kind, before, { ...after, shipping: '0.01' })).toEqual({
      shipping: { before: '0.00', after: '0.01' },
    });
    const more = { ...after, lines: [{ ...after.lines[0], quantity: '5.001' }] };
    expect(Object.keys(changedFields(kind, before, more))).toEqual(['lines']);
  });

  test('tells of every character of a text that looks like a figure, and of values that come or go', () => {
    expect(changedFields(kind, { vendorReference: '5.0' }, { vendorReference: '5' })).toHaveProperty(
      'vendorReference',
    );
    expect(changedFields(kind, { creditLimit: null }, { creditLimit: '0' })).toEqual({
      creditLimit: { before: null, after: '0' },
    });
  });
});
