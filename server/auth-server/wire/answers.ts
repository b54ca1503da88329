import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { AuthFailure, emailExists, invalid, phoneExists } from './failure.ts';

/** From this version on errors are `{code, message}`; before it `{code: status, error_code, msg}`. */
const VERSION_HEADER = 'x-supabase-api-version';
const CODED_ERRORS_SINCE = '2024-01-01';
/** Lock not available, statement timeout, deadlock, serialisation failure: trying again helps. */
const BUSY = new Set(['55P03', '57014', '40P01', '40001']);
/** Error codes of the network and of PostgreSQL for an unreachable database. */
const GONE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '55000',
  '3D000',
  '28000',
  '28P01',
]);
const UNEXPECTED = 'Unexpected failure, please check server logs for more information';

/** Words any thrown thing as the answer of this request; only defects are logged, and never shown. */
export function sendFailure(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = asFailure(thrown, request.log);
  const asked = request.headers[VERSION_HEADER];
  const coded = typeof asked === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(asked) && asked >= CODED_ERRORS_SINCE;
  if (coded) void reply.header(VERSION_HEADER, CODED_ERRORS_SINCE);
  if (failure.retryAfterSeconds !== undefined) void reply.header('retry-after', failure.retryAfterSeconds);
  void reply.header('x-sb-error-code', failure.code);
  return reply
    .code(failure.status)
    .send(
      coded
        ? { code: failure.code, message: failure.message, ...failure.extras }
        : { code: failure.status, error_code: failure.code, msg: failure.message, ...failure.extras },
    );
}

function asFailure(thrown: unknown, log: FastifyBaseLogger): AuthFailure {
  if (thrown instanceof AuthFailure) return thrown;
  if (!(thrown instanceof Error)) return defect(thrown, log);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const status = 'statusCode' in thrown && typeof thrown.statusCode === 'number' ? thrown.statusCode : 0;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new AuthFailure(413, 'validation_failed', 'Request body is too large');
  if (status >= 400 && status < 500)
    return new AuthFailure(status, 'validation_failed', 'The request could not be read');
  if (code === '23505' || code === '23503') return conflict('constraint' in thrown ? thrown.constraint : '');
  if (code.length === 5 && code.startsWith('22')) return invalid('A value has an invalid form');
  if (BUSY.has(code) || isUnreachable(thrown, code)) {
    log.warn({ err: thrown }, 'the auth database is slow or out of reach');
    return new AuthFailure(503, 'request_timeout', 'The service is busy, please retry after a moment', {
      retryAfterSeconds: 1,
    });
  }
  return defect(thrown, log);
}

/** Two requests made, or one made and one removed, the same thing at the same moment. */
function conflict(constraint: unknown): AuthFailure {
  if (constraint === 'users_email_key') return emailExists();
  if (constraint === 'users_phone_key') return phoneExists();
  return new AuthFailure(409, 'conflict', 'Another request changed this at the same time, please retry');
}

function isUnreachable(error: Error, code: string): boolean {
  return (
    GONE.has(code) ||
    /^(08|53|57P)/.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  );
}

function defect(thrown: unknown, log: FastifyBaseLogger): AuthFailure {
  log.error({ err: thrown }, 'unexpected failure');
  return new AuthFailure(500, 'unexpected_failure', UNEXPECTED);
}
