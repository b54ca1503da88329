/** Writes what went wrong to standard error, in one line without values: they may hold secrets. */
export function report(problem: string, cause: unknown): void {
  const reason =
    cause === undefined
      ? ''
      : cause instanceof Error
        ? `: ${cause.name}: ${cause.message}`
        : `: ${JSON.stringify(cause)}`;
  process.stderr.write(`quartermaster: ${problem}${reason}\n`);
}
