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

/** A line's description of its product. */
export const productOfLineSchema = referenceSchema({
  sku: z.string(),
  name: z.string(),
  unit: z.string(),
  kind: z.string(),
  taxClass: z.string(),
});

/** The same, with what is needed when its goods come or go. */
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
 * Changes of a draft's lines; lines that are not named stay as they are. `telling` marks fields that would reveal
 * prices by their effect on the total, if prices are restricted.
 */
export const lineChangesSchema = (telling: Field = (schema) => schema) =>
  z.strictObject({
    /** Omitted fields of a line stay. */
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
    /** The ids of all resulting lines, in their new order. */
    order: z.array(idSchema).max(mostLines).optional(),
  });
export type LineChanges = z.output<ReturnType<typeof lineChangesSchema>>;

/** The lines that an answer holds: this many of those after a line number. Without it an answer holds all. */
export const linesAskedSchema = z.strictObject({
  limit: z.int().min(0).max(mostLines),
  after: z.int().min(0).max(1_000_000).default(0),
});
export type LinesAsked = z.output<typeof linesAskedSchema>;

/** Reads a document, with all its lines or some of them. */
export const getWithLinesSchema = z.object({ id: idSchema, lines: linesAskedSchema.optional() });

/** An answer's summary of the lines that it doesn't hold. */
export const linesHeldFields = {
  /** Of the document, whichever lines the answer holds. */
  lineCount: z.int(),
  /** The value of `after` that asks for the following lines; null when none follow. */
  nextLines: z.int().nullable(),
};

/**
 * The parameters of a statement that reads a document: its id, the line number to start after, and the number of lines;
 * null for all.
 */
export const valuesAsked = (id: string, asked: LinesAsked | undefined) => [
  id,
  asked?.after ?? 0,
  asked ? asked.limit + 1 : null,
];

/** One line more than requested is read: it shows that more follow. */
export function heldLines<Line extends { lineNumber: number }>(
  read: Line[],
  asked: LinesAsked | undefined,
): { lines: Line[]; nextLines: number | null } {
  if (!asked || read.length <= asked.limit) return { lines: read, nextLines: null };
  const lines = read.slice(0, asked.limit);
  return { lines, nextLines: lines.at(-1)?.lineNumber ?? asked.after };
}
