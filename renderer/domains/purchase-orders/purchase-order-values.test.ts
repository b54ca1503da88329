import { describe, expect, it } from 'vitest';
import {
  createPurchaseOrderSchema,
  updatePurchaseOrderSchema,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { orderFieldPath } from '../../documents/order-values.ts';
import { emptyLine } from '../../documents/order-lines.ts';
import { today } from '../../../server/ground/days.contract.ts';
import {
  emptyPurchaseOrder,
  purchaseOrderInput,
  purchaseOrderLabels,
  purchaseOrderValues,
} from './purchase-order-values.ts';
import { orderedBolts, purchaseOrder } from './testing/purchase-order.ts';

const wrongOf = (values: ReturnType<typeof emptyPurchaseOrder>) => {
  const { error } = createPurchaseOrderSchema.safeParse(purchaseOrderInput(values));
  return error?.issues.map(({ path }) => orderFieldPath(path.join('.'), values));
};

describe('the draft of a purchase order', () => {
  it('is sent as it was read, when nothing was typed', () => {
    const order = purchaseOrder('draft');
    const input = { id: order.id, version: order.version, ...purchaseOrderInput(purchaseOrderValues(order)) };
    expect(updatePurchaseOrderSchema.parse(input)).toEqual({
      id: order.id,
      version: 3,
      vendorId: order.vendor.id,
      warehouseId: order.warehouse.id,
      orderDate: '2026-05-04',
      expectedDate: '2026-05-11',
      shipping: '0',
      vendorReference: 'Q-17',
      notes: 'Leave at gate 2',
      answerLines: { limit: 0, after: 0 },
      lines: [
        {
          id: order.lines[0]?.id,
          productId: order.lines[0]?.product.id,
          quantity: '10',
          unitPrice: '12.50',
          discountPercent: '0',
          note: null,
        },
      ],
    });
  });

  it('is of what is still wanted, when a part was cancelled before it was sent back', () => {
    const part = orderedBolts({ cancelled: '4.000', open: '6.000' });
    const all = orderedBolts({
      id: '01890000-0000-7000-8000-000000000012',
      cancelled: '10.000',
      open: '0.000',
    });
    const { lines } = purchaseOrderValues(purchaseOrder('draft', { lines: [part, all] }));
    expect(lines.map(({ quantity }) => quantity)).toEqual(['6']);
  });

  it('shows no price to who may not see one', () => {
    const hidden = orderedBolts({ unitPrice: null, discountPercent: null });
    const values = purchaseOrderValues(purchaseOrder('draft', { shipping: null, lines: [hidden] }));
    expect([values.shipping, values.lines[0]?.unitPrice, values.lines[0]?.discountPercent]).toEqual([
      '',
      '',
      '',
    ]);
  });

  it('begins empty, on today’s day in India, and names what is missing at its fields', () => {
    const values = emptyPurchaseOrder();
    expect(values.orderDate).toBe(today());
    expect(wrongOf(values)).toEqual(['vendorId', 'warehouseId', 'lines']);
  });

  it('puts what is wrong of a line at the line that was typed, past the empty ones', () => {
    const order = purchaseOrderValues(purchaseOrder('draft'));
    const typed = { ...emptyLine(), productId: order.lines[0]?.productId ?? '', quantity: '0' };
    expect(wrongOf({ ...order, lines: [emptyLine(), typed] })).toEqual(['lines.1.quantity']);
  });

  it('has a name for every field, where two versions of it are compared', () => {
    const { lines, ...head } = purchaseOrderValues(purchaseOrder('draft'));
    const { id: _id, kind: _kind, ...line } = lines[0] ?? emptyLine();
    const fields = [...Object.keys(head), ...Object.keys(line).map((field) => `lines.*.${field}`)];
    expect(fields.filter((field) => !(field in purchaseOrderLabels))).toEqual([]);
  });
});
