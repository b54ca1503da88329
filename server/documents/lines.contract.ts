import { z } from 'zod';
import {
  idSchema,
  optionalTextSchema,
  percentSchema,
  positiveQuantitySchema,
  referenceSchema,
  unitPriceSchema,
} from '../ground/record.contract.ts';
import { refusal } from '../ground/reasons/reasons.contract.ts';

/** How many lines an order may have; the longest seen have 2,749. */
export const mostLines = 5_000;

const terms = {
  productId: idSchema,
  quantity: positiveQuantitySchema,
  unitPrice: unitPriceSchema,
  discountPercent: percentSchema,
  note: optionalTextSchema(200),
};
const given = {
  ...terms,
  discountPercent: terms.discountPercent.default('0'),
  note: terms.note.default(null),
};

/** What a line tells of its product. */
export const productOfLineSchema = referenceSchema({
  sku: z.string(),
  name: z.string(),
  unit: z.string(),
  kind: z.string(),
  taxClass: z.string(),
});

/** The same, with what is asked when goods of it come or go. */
export const movedProductSchema = productOfLineSchema.extend({
  tracksLots: z.boolean(),
  barcodes: z.array(z.string()),
});

/** All lines of a draft. */
export const draftLinesSchema = z
  .array(
    z.strictObject({
      /** Made by the client; a line keeps its id while the draft is edited. */
      id: idSchema.optional(),
      ...given,
    }),
  )
  .min(1, { error: refusal('input.no_lines') })
  .max(mostLines);

type Field = <T extends z.ZodType>(schema: T) => T;

/**
 * What changes on the lines of a draft; lines that are not named stay as they are. `telling` marks what would tell prices
 * by its effect on the total, where prices are for a few.
 */
export const lineChangesSchema = (telling: Field = (schema) => schema) =>
  z.strictObject({
    /** What is left out of a line stays. */
    set: z
      .array(
        z.strictObject({
          id: idSchema,
          ...z.object({ ...terms, quantity: telling(terms.quantity) }).partial().shape,
        }),
      )
      .max(mostLines)
      .default([]),
    /** New lines, at the end. The id is made by the client. */
    add: z
      .array(z.strictObject({ id: idSchema, ...given }))
      .max(mostLines)
      .default([]),
    remove: telling(z.array(idSchema).max(mostLines)).default([]),
    /** The ids of all lines there are then, in the order they shall stand in. */
    order: z.array(idSchema).max(mostLines).optional(),
  });
export type LineChanges = z.output<ReturnType<typeof lineChangesSchema>>;

/** Which lines an answer holds: so many of those that stand after a line number. Without it an answer holds all. */
export const linesAskedSchema = z.strictObject({
  limit: z.int().min(0).max(mostLines),
  after: z.int().min(0).max(1_000_000).default(0),
});
export type LinesAsked = z.output<typeof linesAskedSchema>;

/** Reads a document, with all its lines or some of them. */
export const getWithLinesSchema = z.object({ id: idSchema, lines: linesAskedSchema.optional() });

/** What an answer says of the lines that it doesn't hold. */
export const linesHeldFields = {
  /** Of the document, whatever the answer holds of them. */
  lineCount: z.int(),
  /** What to ask the following lines with, as `after`; null when none follow. */
  nextLines: z.int().nullable(),
};

/** What a statement that reads a document takes: its id, the number that its lines begin after, and how many of them; null for all. */
export const valuesAsked = (id: string, asked: LinesAsked | undefined) => [
  id,
  asked?.after ?? 0,
  asked ? asked.limit + 1 : null,
];

/** One line more is read than was asked for: it tells that some follow. */
export function heldLines<Line extends { lineNumber: number }>(
  read: Line[],
  asked: LinesAsked | undefined,
): { lines: Line[]; nextLines: number | null } {
  if (!asked || read.length <= asked.limit) return { lines: read, nextLines: null };
  const lines = read.slice(0, asked.limit);
  return { lines, nextLines: lines.at(-1)?.lineNumber ?? asked.after };
}
