import { expect, test } from 'vitest';
import { adjustStockSchema } from '../../server/domains/inventory/inventory.contract.ts';
import { createPurchaseOrderSchema } from '../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { onlyGiven } from './only-given.ts';

const id = '0190d3f2-7c1a-7c3e-8a4b-1f2e3d4c5b6a';

test('a form sends what its fields hold, and no default for a field it leaves out', () => {
  const given = { productId: id, warehouseId: id, quantity: ' 5 ', reason: 'found', note: ' ' };
  expect(onlyGiven(adjustStockSchema.parse(given), given)).toEqual({ ...given, quantity: '5', note: null });
});

test('a form leaves out in lines, too, what they leave out', () => {
  const line = { productId: id, quantity: '1', unitPrice: '2' };
  const given = { vendorId: id, warehouseId: id, lines: [line, { ...line, note: ' late ' }] };
  expect(onlyGiven(createPurchaseOrderSchema.parse(given), given)).toEqual({
    ...given,
    lines: [line, { ...line, note: 'late' }],
  });
});
