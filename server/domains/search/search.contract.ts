import { z } from 'zod';
import { idSchema, textSchema } from '../../ground/record.contract.ts';
import { employeeStatusSchema } from '../employees/employees.contract.ts';
import { documentNames } from '../kinds.contract.ts';
import { partyStatusSchema } from '../party.contract.ts';
import { productStatusSchema } from '../products/products.contract.ts';
import { warehouseStatusSchema } from '../warehouses/warehouses.contract.ts';

/** What the command palette finds: a few of each kind, best first. */
export const findInputSchema = z.object({
  text: textSchema(100, 1),
  limit: z.int().min(1).max(10).default(5),
});
export type FindInput = z.output<typeof findInputSchema>;
const found = { id: idSchema, title: z.string(), detail: z.string() };
/** The state is one of the kind’s own. */
export const findResultSchema = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(documentNames), ...found, status: z.string() }),
    z.object({ kind: z.literal('vendor'), ...found, status: partyStatusSchema }),
    z.object({ kind: z.literal('product'), ...found, status: productStatusSchema }),
    z.object({ kind: z.literal('customer'), ...found, status: partyStatusSchema }),
    z.object({ kind: z.literal('employee'), ...found, status: employeeStatusSchema }),
    z.object({ kind: z.literal('warehouse'), ...found, status: warehouseStatusSchema }),
  ]),
);
export type FindResult = z.output<typeof findResultSchema>;
