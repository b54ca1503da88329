import { z } from 'zod';
import {
  idOf,
  percentOutSchema,
  quantityOutSchema,
  unitPriceOutSchema,
} from '../../ground/record.contract.ts';

/**
 * What the commands of all orders write to the trail besides the fields of an order: a draft as typed, the terms of its
 * lines, a reason. `price` says who may see the prices of this kind of order.
 */
export function orderTrail<Price extends z.ZodType, Percent extends z.ZodType>(rules: {
  price: (schema: typeof unitPriceOutSchema) => Price;
  percent: (schema: typeof percentOutSchema) => Percent;
}) {
  return {
    number: z.string(),
    warehouseId: idOf('warehouse'),
    reason: z.string().nullable(),
    linesReordered: z.boolean(),
    lines: z.array(
      z.object({
        lineNumber: z.int(),
        productId: idOf('product'),
        quantity: quantityOutSchema,
        cancelled: quantityOutSchema,
        unitPrice: rules.price(unitPriceOutSchema),
        discountPercent: rules.percent(percentOutSchema),
        note: z.string().nullable(),
      }),
    ),
  };
}
