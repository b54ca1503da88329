import { z } from 'zod';
import { textSchema } from './record.contract.ts';

/** A filter of a list: the record whose code it is, in small letters or in capitals. */
export const wholeCodeSchema = textSchema(48);

/** Totals are counted only on request, and no further than this: "10,000+". */
export const totalCap = 10_000;

/** The largest page a list gives. */
export const largestPage = 200;

/**
 * The input of a list: `search` is the typed text, `filter` is per list, `sort` one of the list's columns, `cursor` the
 * `nextCursor` of the page before (keyset paging: stable while rows come and go).
 */
export function listInputSchema<F extends z.ZodRawShape, S extends readonly [string, ...string[]]>(
  filter: F,
  sortable: S,
) {
  return z.object({
    search: textSchema(200).optional(),
    filter: z.strictObject(filter).partial().optional(),
    sort: z.object({ by: z.enum(sortable), direction: z.enum(['asc', 'desc']).default('asc') }).optional(),
    limit: z.int().min(1).max(largestPage).default(50),
    cursor: z.string().max(1000).nullish(),
    /** Ask for `total`: it costs more than the page itself. */
    total: z.boolean().optional(),
  });
}

/** One page of a list. `totalCapped` says that there are more than `total`. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int().optional(),
    totalCapped: z.boolean().optional(),
  });
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number | undefined;
  totalCapped?: boolean | undefined;
}
