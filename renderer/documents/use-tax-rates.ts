import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { taxClassesSchema } from '../../server/domains/products/products.contract.ts';
import { daySchema } from '../../server/ground/record.contract.ts';
import { useTRPC } from '../lib/services.tsx';
import type { TaxRates } from './order-lines.ts';

/** Rates change a few times a year: asked for once in a while for each day that is typed. */
const freshForMs = 300_000;

const ratesByClass = (classes: z.output<typeof taxClassesSchema>): Readonly<Record<string, string>> =>
  Object.fromEntries(classes.map(({ taxClass, ratePercent }) => [taxClass, ratePercent]));

/** The rates of a day (`YYYY-MM-DD`), by which an order of that day is taxed; null before they are here, or for no day. */
export function useTaxRates(day: string): TaxRates {
  const { data } = useQuery(
    useTRPC().products.taxClasses.queryOptions(
      { on: day },
      { staleTime: freshForMs, enabled: daySchema.safeParse(day).success, select: ratesByClass },
    ),
  );
  return data ?? null;
}
