import { z } from 'zod';
import { fieldProblemSchema } from '../ground/errors.contract.ts';
import { decimalOutSchema, idSchema, referenceSchema } from '../ground/record.contract.ts';

type DecimalOut = typeof decimalOutSchema;

/** What a copy of an order begins with. `price` says who may see the prices of this kind of order. */
export function copySchema<Price extends z.ZodType>(price: (schema: DecimalOut) => Price) {
  return z.object({
    /** The order it is a copy of. */
    number: z.string(),
    party: referenceSchema({ name: z.string() }),
    warehouseId: idSchema,
    /** How many days after its own the order was expected or promised; null without such a day. */
    daysAhead: z.int().nullable(),
    shipping: price(decimalOutSchema),
    notes: z.string().nullable(),
    lines: z.array(
      z.object({
        product: referenceSchema({
          sku: z.string(),
          name: z.string(),
          unit: z.string(),
          kind: z.string(),
          taxClass: z.string(),
        }),
        quantity: decimalOutSchema,
        /** The product's price of today; the order's own where the product has none. */
        unitPrice: price(decimalOutSchema),
        /** What the order had. */
        earlierPrice: price(decimalOutSchema),
        discountPercent: price(decimalOutSchema),
        /** The rate of today; null where its tax class has none. */
        taxPercent: decimalOutSchema.nullable(),
        note: z.string().nullable(),
      }),
    ),
    /** What can't be ordered again as it was, by the fields of the new draft. */
    problems: z.array(fieldProblemSchema),
  });
}
