/** The outcome of a suite. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** The tests that failed, as a person looks for them: the file, then the name. */
  failures: readonly string[];
}

export const none: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function sum(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    failures: [...one.failures, ...other.failures],
  };
}
