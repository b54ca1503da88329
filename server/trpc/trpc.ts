import { initTRPC } from '@trpc/server';
import type { z } from 'zod';
import type { Permission } from '../auth/permissions.contract.ts';
import type { RequestContext } from './context.ts';
import { failureOf, problemData } from './failure.ts';

/** What is known about a procedure without calling it: the tests walk the router by it. */
export interface ProcedureMeta {
  step: 'public' | 'session' | 'tenant' | 'platform';
  permission?: Permission;
  input?: z.ZodType;
  output?: z.ZodType;
}

/** The one tRPC instance, with the one error formatter: nothing but codes of the closed list leaves the server. */
export const trpc = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: {
      enabled: true,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter({ shape, error, path, ctx }) {
      const failure = failureOf(error);
      return {
        code: shape.code,
        message: failure.problem.message,
        data: problemData(failure, path, ctx?.requestId),
      };
    },
  });

export const router = trpc.router;
export const mergeRouters = trpc.mergeRouters;
