/** The value below which `part` of the latencies lie; 0 when there are none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const highest = (values: readonly number[]): number => quantile(values, 1);

/** Calls `look` again and again, `everyMs` apart, while `work` runs; gives the highest number it saw. */
export async function highestWhile(
  work: Promise<unknown>,
  everyMs: number,
  look: () => Promise<number>,
): Promise<number> {
  let ended = false;
  const end = () => (ended = true);
  work.then(end, end);
  let most = 0;
  while (!ended) {
    most = Math.max(most, await look());
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return most;
}
