/**
 * The last statement of a transaction, sent in the message that commits: what it locks is locked for that message only,
 * never while an answer is on its way. Its result is known only after the commit.
 */
export interface LastStatement {
  /**
   * Common table expressions, separated by commas. One of them is named `given` and has one row with one column, the text
   * `value`. They use `$1` to `$n` for `values`.
   */
  steps: string;
  values: readonly unknown[];
  /** Where in the call's answer the value belongs; until then a provisional value stands there. */
  path: readonly (string | number)[];
}

/** The answer with the value in its place. */
export function completed<T>(answer: T, path: LastStatement['path'], value: string): T {
  const [step, ...rest] = path;
  if (step === undefined) return value as T;
  const parts = answer as Readonly<Record<string | number, unknown>>;
  const part = completed(parts[step], rest, value);
  return (Array.isArray(answer) ? answer.with(Number(step), part) : { ...parts, [step]: part }) as T;
}
