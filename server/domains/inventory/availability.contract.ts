import { z } from 'zod';
import { amount, quantity, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { quantityOutSchema, idSchema } from '../../ground/record.contract.ts';

/** The most products that one call asks about. */
export const mostProductsAsked = 200;

export const availabilityInputSchema = z.strictObject({
  warehouseId: idSchema,
  productIds: z.array(idSchema).min(1).max(mostProductsAsked),
  /** A confirmed sales order that waits: only what waited before it is served before it. */
  salesOrderId: idSchema.optional(),
});

/** A product's availability to a sale from one warehouse. */
const availabilitySchema = z.object({
  productId: idSchema,
  /** On hand in lots that can be used, not reserved and not in quarantine. */
  free: quantityOutSchema,
  /** The quantity others already wait for: the next goods are theirs. */
  waiting: quantityOutSchema,
  /** What is open on confirmed purchase orders, by the day it is expected; the unknown day last. */
  arrivals: z.array(z.object({ day: z.string().nullable(), quantity: quantityOutSchema })),
});
export const availabilitiesSchema = z.array(availabilitySchema);
export type AvailabilityInput = z.output<typeof availabilityInputSchema>;
export type Availability = z.output<typeof availabilitySchema>;

/** What one line can have, with the lines of the same product above it served first. */
export interface LineAvailability {
  /** Free for this line, as a decimal string. */
  free: string;
  /** The quantity the line wants beyond that; `0.000` when there is enough. */
  short: string;
  /** The day on which the last of the shortage is expected; null when it isn't known. */
  day: string | null;
  /** Whether the whole shortage is on order. */
  onOrder: boolean;
}

/** `quantity` is a decimal string, and empty or half typed counts as nothing. Lines whose product isn't known give null. */
export function availabilityOfLines(
  lines: readonly { productId: string; quantity: string }[],
  known: ReadonlyMap<string, Availability>,
): (LineAvailability | null)[] {
  const taken = new Map<string, Amount>();
  return lines.map(({ productId, quantity: typed }) => {
    const stock = known.get(productId);
    if (!stock) return null;
    const before = taken.get(productId) ?? zero;
    const wanted = parsed(typed);
    taken.set(productId, before.plus(wanted));
    const free = notNegative(amount(stock.free).minus(before));
    const short = notNegative(wanted.minus(free));
    const missing = notNegative(before.plus(wanted).minus(stock.free));
    const arrival = short.isZero() ? null : arrivalOf(stock, missing);
    return {
      free: quantity(free),
      short: quantity(short),
      day: arrival?.day ?? null,
      onOrder: arrival !== null,
    };
  });
}

/** When this much will have arrived beyond what others wait for; null when that much isn't on order. */
function arrivalOf({ waiting, arrivals }: Availability, missing: Amount): { day: string | null } | null {
  let open = amount(waiting).plus(missing);
  for (const arrival of arrivals) {
    open = open.minus(arrival.quantity);
    if (!open.greaterThan(0)) return { day: arrival.day };
  }
  return null;
}

function notNegative(value: Amount): Amount {
  return value.isNegative() ? zero : value;
}

function parsed(typed: string): Amount {
  return /^\d+(\.\d*)?$|^\.\d+$/.test(typed) ? amount(typed) : zero;
}
