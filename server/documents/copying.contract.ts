import { z } from 'zod';
import { fieldProblemSchema } from '../ground/errors.contract.ts';
import {
  moneyOutSchema,
  percentOutSchema,
  quantityOutSchema,
  unitPriceOutSchema,
  idSchema,
  referenceSchema,
} from '../ground/record.contract.ts';
import { productOfLineSchema } from './lines.contract.ts';

/** The initial content of a copy of an order. `price` says who may see the prices of this kind of order. */
export function copySchema<Price extends z.ZodType>(price: (schema: typeof moneyOutSchema) => Price) {
  return z.object({
    /** The order it is a copy of. */
    number: z.string(),
    party: referenceSchema({ name: z.string() }),
    warehouseId: idSchema,
    /** Days from the order's own day to its expected or promised day; null without such a day. */
    daysAhead: z.int().nullable(),
    shipping: price(moneyOutSchema),
    notes: z.string().nullable(),
    lines: z.array(
      z.object({
        product: productOfLineSchema,
        quantity: quantityOutSchema,
        /** The product's price of today; the order's own if the product has none. */
        unitPrice: price(unitPriceOutSchema),
        /** The order's own price. */
        earlierPrice: price(unitPriceOutSchema),
        discountPercent: price(percentOutSchema),
        /** The rate of today; null if its tax class has none. */
        taxPercent: percentOutSchema.nullable(),
        note: z.string().nullable(),
      }),
    ),
    /** What can't be ordered again unchanged, by the fields of the new draft. */
    problems: z.array(fieldProblemSchema),
  });
}

/** The initial content of a copy of an order of any kind; a price is null for people who may not see it. */
export type OrderCopy = z.output<ReturnType<typeof copySchema<z.ZodNullable<typeof moneyOutSchema>>>>;
