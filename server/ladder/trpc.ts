import { initTRPC } from '@trpc/server';
import type { TRPCError } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { TRPC_ERROR_CODE_NUMBER } from '@trpc/server/rpc';
import type { z } from 'zod';
import type { Ending } from '../auth/endings.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import type { RequestContext } from './context.ts';
import { boundedMessage } from './answer-limits.ts';
import type { ProblemData } from '../ground/errors.contract.ts';
import { failureOf, problemData } from './failure.ts';
import type { Language } from '../ground/languages.contract.ts';
import type { RequestSize } from './request-size.ts';
import { wordSchemaRefusals } from '../ground/input-words.contract.ts';

wordSchemaRefusals();

/** The known facts of a procedure before it is called: the tests walk the router by them. */
export interface ProcedureMeta {
  step: 'public' | 'session' | 'tenant' | 'platform';
  permission?: Permission;
  /** A change also needs this permission to read what it changes. */
  reads?: Permission;
  /** The request may be this large; `withSession` unless it says so. */
  size?: RequestSize;
  /** How it may end sessions, its caller's own or others'. */
  ends?: readonly Ending[];
  input?: z.ZodType;
  output?: z.ZodType;
}

/** The error part of an answer. The only form errors have on the wire. */
export interface WireError {
  /** JSON-RPC's number for the kind of error, as tRPC's protocol has it. */
  code: TRPC_ERROR_CODE_NUMBER;
  message: string;
  data: ProblemData;
}

/** Words an error for the wire, in the caller's language. */
export function errorOnTheWire(
  error: TRPCError,
  path: string | undefined,
  requestId: string | undefined,
  language: Language,
): WireError {
  const failure = failureOf(error);
  return {
    code: TRPC_ERROR_CODES_BY_KEY[error.code],
    message: boundedMessage(failure.problem.wordsIn(language)),
    data: problemData(failure, path, requestId, language),
  };
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
    errorFormatter: ({ error, path, ctx }) =>
      errorOnTheWire(error, path, ctx?.requestId, ctx?.language ?? 'en'),
  });

export const router = trpc.router;
