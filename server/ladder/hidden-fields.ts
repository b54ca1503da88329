import type { z } from 'zod';
import { Problem, problemOf } from '../ground/problem.ts';
import { fieldRulesOf } from '../permissions/field-rules.ts';
import type { May } from '../permissions/field-rules.ts';
import type { TenantCall } from './tenant-call.ts';

/** Runs a call and hides what the actor may not see, in its answer and in the current record of a conflict alike. */
export async function hidingFields<Output extends z.ZodType>(
  { ctx }: TenantCall,
  output: Output,
  run: () => Promise<z.output<Output>>,
): Promise<z.output<Output>> {
  const rules = fieldRulesOf(output);
  const granted = ctx.entry.permissions;
  const may: May = (permission) => granted.has(permission);
  try {
    return rules.apply(await run(), may);
  } catch (error) {
    if (!(error instanceof Problem) || error.extras.current === undefined) throw error;
    const current = output.safeParse(error.extras.current);
    throw problemOf(error.code, error.said, {
      ...error.extras,
      current: current.success ? rules.apply(current.data, may) : undefined,
      cause: error,
    });
  }
}
