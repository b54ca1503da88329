import type { TRPCError } from '@trpc/server';
import type { FastifyBaseLogger } from 'fastify';
import type { Call } from '../ladder/call.ts';
import { callerOf } from '../ladder/caller.ts';
import type { ErrorCode } from '../ground/errors.contract.ts';
import type { Failure } from '../ladder/failure.ts';

/** The log's facts about a call that has ended. Neither its input nor its answer: they hold people's data. */
export interface EndedCall {
  /** The name of an existing procedure; a name made up by the sender is left out. */
  procedure: string | undefined;
  milliseconds: number;
  context: Pick<Call, 'caller'>;
}

/** They are in the audit trail and the metrics already: a storm of them must not fill the log as well. */
const quiet = new Set<ErrorCode>(['UNAUTHENTICATED', 'SESSION_REVOKED', 'RATE_LIMITED']);

/** A call that was answered: changes at `info`, reading at `debug`. */
export function logAnswer(log: FastifyBaseLogger, call: EndedCall, kind: 'query' | 'mutation'): void {
  if (kind === 'mutation') log.info(lineOf(call), 'changed');
  else log.debug(lineOf(call), 'read');
}

/** A call that failed: our defects at `error`, outages at `warn`, the caller's mistakes at `info`. */
export function logFailure(
  log: FastifyBaseLogger,
  call: EndedCall,
  failure: Failure,
  error: TRPCError,
): void {
  const { problem, httpStatus: status } = failure;
  const line = { ...lineOf(call), code: problem.code, status };
  if (failure.defect) log.error({ ...line, err: error.cause ?? error }, 'a call failed');
  else if (problem.code === 'UNAVAILABLE')
    log.warn({ ...line, err: problem.extras.cause ?? problem }, 'not available');
  else if (quiet.has(problem.code)) log.debug(line, 'refused');
  else log.info(line, 'refused');
}

function lineOf({ procedure, milliseconds, context }: EndedCall) {
  return { procedure, ...callerOf(context), ms: Math.round(milliseconds * 10) / 10 };
}
