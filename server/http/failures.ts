import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { failureOf } from '../trpc/failure.ts';
import { errorOnTheWire } from '../trpc/trpc.ts';

/** An error that never reached a procedure, in the same form as one that did. */
export async function replyWithFailure(
  error: FastifyError | TRPCError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const wired = trpcErrorOf(error);
  const failure = failureOf(wired);
  if (failure.defect) request.log.error({ err: error, requestId: request.id }, 'a request failed');
  await reply
    .status(failure.httpStatus)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ error: errorOnTheWire(wired, undefined, request.id) }));
}

function trpcErrorOf(error: FastifyError | TRPCError): TRPCError {
  if (error instanceof TRPCError) return error;
  switch (error.statusCode) {
    case 413:
      return new TRPCError({ code: 'PAYLOAD_TOO_LARGE' });
    case 415:
      return new TRPCError({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    case 429:
      return new TRPCError({ code: 'TOO_MANY_REQUESTS' });
    case 404:
      return new TRPCError({ code: 'NOT_FOUND' });
    default:
      if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
        return new TRPCError({ code: 'BAD_REQUEST' });
      }
      return getTRPCErrorFromUnknown(error);
  }
}
