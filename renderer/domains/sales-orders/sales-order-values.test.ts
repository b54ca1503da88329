import { describe, expect, it } from 'vitest';
import {
  createSalesOrderSchema,
  updateSalesOrderSchema,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { emptyLine } from '../../documents/order-lines.ts';
import { orderFieldPath } from '../../documents/order-values.ts';
import {
  emptySalesOrder,
  salesOrderInput,
  salesOrderLabels,
  salesOrderValues,
} from './sales-order-values.ts';
import { salesOrder } from './testing/sales-order.ts';

describe('the draft of a sales order', () => {
  it('is sent as it was read, when nothing was typed', () => {
    const order = salesOrder('draft');
    const input = { id: order.id, version: order.version, ...salesOrderInput(salesOrderValues(order)) };
    expect(updateSalesOrderSchema.parse(input)).toEqual({
      id: order.id,
      version: 3,
      customerId: order.customer.id,
      warehouseId: order.warehouse.id,
      orderDate: '2026-05-04',
      promisedDate: '2026-05-11',
      shipping: '50',
      customerReference: null,
      notes: null,
      answerLines: { limit: 0, after: 0 },
      lines: [
        {
          id: order.lines[0]?.id,
          productId: order.lines[0]?.product.id,
          quantity: '10',
          unitPrice: '15.00',
          discountPercent: '2.5',
          note: 'in two boxes',
        },
      ],
    });
  });

  it('takes a day that was emptied as none', () => {
    const values = { ...salesOrderValues(salesOrder('draft')), promisedDate: '' };
    expect(salesOrderInput(values)).toMatchObject({ promisedDate: null });
  });

  it('begins empty, and names what is missing at its fields', () => {
    const values = emptySalesOrder();
    const { error } = createSalesOrderSchema.safeParse(salesOrderInput(values));
    expect(error?.issues.map(({ path }) => orderFieldPath(path.join('.'), values))).toEqual([
      'customerId',
      'warehouseId',
      'lines',
    ]);
  });

  it('has a name for every field, where two versions of it are compared', () => {
    const { lines, ...head } = salesOrderValues(salesOrder('draft'));
    const { id: _id, kind: _kind, ...line } = lines[0] ?? emptyLine();
    const fields = [...Object.keys(head), ...Object.keys(line).map((field) => `lines.*.${field}`)];
    expect(fields.filter((field) => !(field in salesOrderLabels))).toEqual([]);
  });
});
