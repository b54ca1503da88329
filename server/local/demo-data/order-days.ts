import type { SeededRandom } from './random.ts';

/** A fate of orders, how many have it, and the fewest and the most days ago that they were ordered. */
export type FatePlan<Fate> = readonly (readonly [Fate, number, number, number])[];

/** The oldest order, in days; the shelves were filled before. */
const longestAgo = 362;

/**
 * One day for every order, counted from today (−1 is yesterday). Orders that count as business come evenly through the
 * year, so that no month stands out: each takes a free slot in the period of its outcome, or the nearest one when those
 * are taken. The plan has the outcomes with the shortest periods first.
 */
function evenDays<Fate>(random: SeededRandom, plan: FatePlan<Fate>): [Fate, number][] {
  const total = plan.reduce((sum, [, count]) => sum + count, 0);
  const width = longestAgo / total;
  const free = Array.from({ length: total }, (_, slot) => 1 + Math.floor((slot + random.next()) * width));
  return plan.flatMap(([fate, count, latest, earliest]) =>
    Array.from({ length: count }, (): [Fate, number] => {
      const away = (day: number) => Math.max(0, latest - day, day - earliest);
      const nearest = Math.min(...free.map(away));
      const index = random.pick([...free.keys()].filter((slot) => away(free[slot] ?? 0) === nearest));
      const [day = 1] = free.splice(index, 1);
      return [fate, -day];
    }),
  );
}

/** One day for every order, anywhere in the time of its fate. */
function anyDays<Fate>(random: SeededRandom, plan: FatePlan<Fate>): [Fate, number][] {
  return plan.flatMap(([fate, count, latest, earliest]) =>
    Array.from({ length: count }, (): [Fate, number] => [fate, -random.whole(latest, earliest)]),
  );
}

/** Plans all orders of a year: those that count as business come evenly through it, the others anywhere. */
export function planOrders<Fate>(
  year: { random: SeededRandom; on: (day: number, work: () => void) => void },
  business: FatePlan<Fate>,
  others: FatePlan<Fate>,
  order: (fate: Fate) => void,
): void {
  for (const [fate, day] of [...evenDays(year.random, business), ...anyDays(year.random, others)]) {
    year.on(day, () => {
      order(fate);
    });
  }
}
