import type { z } from 'zod';

/** Checks a resolver's answer against its schema; a mismatch is a defect of ours, never the caller's. */
export function checkedOutput<Output extends z.ZodType>(output: Output, value: unknown): z.output<Output> {
  const result = output.safeParse(value);
  if (!result.success) throw new Error('The answer does not fit its schema.', { cause: result.error });
  return result.data;
}
