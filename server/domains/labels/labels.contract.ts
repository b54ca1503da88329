import { z } from 'zod';
import { daySchema, idSchema, textSchema } from '../../ground/record.contract.ts';
import { symbologySchema } from './label-templates.contract.ts';
import { labelledKinds } from './labelled-kinds.contract.ts';

/** Labels made at once, all copies together. */
export const mostLabels = 5_000;

export const renderLabelsSchema = z.strictObject({
  kind: z.enum(labelledKinds),
  items: z
    .array(
      z.strictObject({
        id: idSchema,
        copies: z.int().min(1).max(mostLabels).default(1),
        /** Of a product only: on the label, and in its GS1 code. A lot has its own. */
        lot: textSchema(60, 1).optional(),
        expiresOn: daySchema.optional(),
      }),
    )
    .min(1)
    .max(mostLabels),
  template: textSchema(40, 1).default('50x25'),
  /** In place of the template's own symbols. */
  symbology: symbologySchema.optional(),
  /** `svg` is a picture of the first label. */
  format: z.enum(['pdf', 'zpl', 'svg']).default('pdf'),
  /** Dots per inch of the label printer, for ZPL. */
  dpi: z.union([z.literal(203), z.literal(300)]).default(203),
  /** Labels of the first sheet that are used up already. */
  skip: z.int().min(0).max(200).default(0),
});
export const labelsSchema = z.object({
  contentType: z.string(),
  fileName: z.string(),
  /** A PDF is base64; ZPL and pictures are text. */
  encoding: z.enum(['base64', 'utf8']),
  content: z.string(),
  /** How many labels they are, on how many pages. */
  labels: z.int(),
  pages: z.int(),
  /** Characters that are in none of the fonts: an empty box stands in their place. */
  missing: z.array(z.string()).meta({ largest: 100 }),
});
export type RenderLabels = z.output<typeof renderLabelsSchema>;
export type Labels = z.output<typeof labelsSchema>;
