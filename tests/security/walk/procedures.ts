import type { z } from 'zod';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import type { Ending } from '../../../server/auth/endings.ts';
import { appRouter } from '../../../server/router.ts';
import type { ProcedureMeta } from '../../../server/ladder/trpc.ts';

/** A procedure of the router as the suites see it. */
export interface WalkedProcedure {
  /** `vendors.list` */
  name: string;
  kind: 'query' | 'mutation' | 'subscription';
  step: ProcedureMeta['step'];
  /** Undefined where everybody of the step may call it. */
  permission: Permission | undefined;
  /** What a change asks for besides: to read what it changes. */
  reads: Permission | undefined;
  /** How it may end sessions; undefined where it doesn't say. */
  ends: readonly Ending[] | undefined;
  input: z.ZodType | undefined;
  output: z.ZodType | undefined;
}

interface Definition {
  type: WalkedProcedure['kind'];
  meta?: ProcedureMeta;
  inputs: z.ZodType[];
  output?: z.ZodType;
}

/** Everything the router holds: a procedure that is added to it is in every generated suite at once. */
export const procedures: readonly WalkedProcedure[] = Object.entries(
  // tRPC types this record as nested, and keeps it flat, by full names.
  appRouter._def.procedures as unknown as Record<string, { _def: Definition }>,
).map(([name, { _def }]) => {
  if (!_def.meta) throw new Error(`${name} says nothing of its step on the ladder.`);
  return {
    name,
    kind: _def.type,
    step: _def.meta.step,
    permission: _def.meta.permission,
    reads: _def.meta.reads,
    ends: _def.meta.ends,
    input: _def.meta.input ?? _def.inputs[0],
    output: _def.meta.output ?? _def.output,
  };
});

export const ofStep = (...steps: ProcedureMeta['step'][]): WalkedProcedure[] =>
  procedures.filter(({ step }) => steps.includes(step));
