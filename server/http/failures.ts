import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemData } from '../ground/errors.contract.ts';
import { wordsOf } from '../ground/reasons/reasons.contract.ts';
import type { Reason } from '../ground/reasons/reasons.contract.ts';
import { failureOf } from '../ladder/failure.ts';
import { errorOnTheWire } from '../ladder/trpc.ts';
import { languageOf } from './accept-language.ts';

/** An error that never reached a procedure, in the same form as one that did. */
export async function replyWithFailure(
  error: FastifyError | TRPCError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const wired = trpcErrorOf(error);
  const failure = failureOf(wired);
  const language = languageOf(request.headers['accept-language']);
  if (failure.defect) request.log.error({ err: wired.cause ?? wired }, 'a request failed');
  // A body that is too large isn't waited for.
  if (failure.httpStatus === 413) reply.header('connection', 'close');
  const { retryAfterSeconds } = failure.problem.extras;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  await reply
    .status(failure.httpStatus)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ error: errorOnTheWire(wired, undefined, request.id, language) }));
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

/** Refusals of Node's HTTP parser before there is a request: headers that are too large, or no HTTP at all. */
const brokenRequests: Readonly<Record<string, [status: number, reason: Reason]>> = {
  HPE_HEADER_OVERFLOW: [431, 'request.headers_too_long'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request.too_slow'],
};

/** Answers on the bare connection, in the one form of all errors, and closes it. */
export function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [httpStatus, reason] = brokenRequests[error.code] ?? [400, 'request.not_http'];
  // The caller's language is not known yet.
  const message = wordsOf({ reason, parameters: {} }, 'en');
  const data: ProblemData = { code: 'INVALID', httpStatus, reason, parameters: {} };
  const body = JSON.stringify({ error: { code: TRPC_ERROR_CODES_BY_KEY.BAD_REQUEST, message, data } });
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${String(httpStatus)} ${STATUS_CODES[httpStatus] ?? ''}\r\ncontent-type: application/json\r\n` +
        `content-length: ${String(Buffer.byteLength(body))}\r\nconnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}
