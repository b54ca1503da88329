import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { ServerConfig } from '../config.ts';
import { answerBrokenRequest, replyWithFailure } from './failures.ts';
import { refuseOtherHosts } from './hosts.ts';
import { loggableError } from './loggable-error.ts';

/** The largest request anywhere but at the API, which knows the caller (server/ladder/request-size.ts). Bytes. */
const bodyLimit = 64 * 1024;
/** Lines that wait for a slow reader of the log; more are dropped rather than kept in memory. Bytes. */
const waitingLines = 8 * 1024 * 1024;
/** The time within which a well-behaved client sends the headers of a request. Milliseconds. */
const headersTimeout = 15_000;
const requestIdForm = /^[\w-]{8,64}$/;

/**
 * Fastify with the parts that all routes share: request ids, limits, CORS, headers, and errors of the closed list only.
 */
export function createApp(config: ServerConfig, logStream?: DestinationStream): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = pino(
    {
      level: config.logLevel,
      // Headers hold tokens always, the query of a subscription may.
      serializers: {
        req: (request: { method: string; url: string }) => ({
          method: request.method,
          path: request.url.split('?')[0],
        }),
        err: loggableError,
      },
      redact: ['req.headers', 'authorization', '*.password', '*.authorization'],
    },
    logStream ?? pino.destination({ dest: 2, sync: false, maxLength: waitingLines }),
  );
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit,
    trustProxy: config.trustProxy ?? false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID();
    },
    requestTimeout: config.requestTimeoutMs,
    http: {
      headersTimeout: Math.min(headersTimeout, config.requestTimeoutMs),
      connectionsCheckingInterval: Math.min(5000, config.requestTimeoutMs),
    },
    keepAliveTimeout: 75_000,
    routerOptions: { maxParamLength: 5000 },
    forceCloseConnections: true,
    return503OnClosing: true,
    clientErrorHandler: answerBrokenRequest,
  });
  refuseOtherHosts(app, config);
  const own = config.publicUrl === undefined ? [] : [new URL(config.publicUrl).origin];
  void app.register(cors, {
    origin: ['app://main', 'app://admin', ...own],
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'x-request-id',
      'trpc-accept',
      'last-event-id',
    ],
    exposedHeaders: ['x-request-id', 'retry-after', 'date'],
    maxAge: 600,
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => replyWithFailure(error, request, reply));
  return app;
}
