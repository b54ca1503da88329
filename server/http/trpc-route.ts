import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Platform } from '../platform.ts';
import { appRouter } from '../router.ts';
import type { AppRouter } from '../router.ts';
import type { RequestContext } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import { invalidField } from '../trpc/problem.ts';
import type { ServerMetrics } from './metrics.ts';

/** More calls than this don't fit into one batch. */
const largestBatch = 50;
const keyForm = /^[\x21-\x7e]{1,200}$/;

/** Mounts the router at /api/trpc. */
export async function registerTrpc(
  app: FastifyInstance,
  platform: Platform,
  metrics: ServerMetrics,
): Promise<void> {
  const options: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    maxBatchSize: largestBatch,
    createContext: ({ req }) => contextOf(req, platform),
    responseMeta: () => ({ headers: new Headers([['cache-control', 'no-store']]) }),
    onError({ error, path, req, ctx }) {
      const failure = failureOf(error);
      metrics.failure(failure.problem.code);
      if (failure.defect) {
        req.log.error(
          { err: error.cause ?? error, path, requestId: ctx?.requestId ?? req.id },
          'a call failed',
        );
      }
    },
  };
  await app.register(fastifyTRPCPlugin, { prefix: '/api/trpc', trpcOptions: options });
}

function contextOf(request: FastifyRequest, platform: Platform): RequestContext {
  const { authorization, 'user-agent': device = '', 'idempotency-key': key } = request.headers;
  const bearer = /^bearer /i.test(authorization ?? '') ? authorization?.slice(7).trim() : undefined;
  const idempotencyKey = Array.isArray(key) ? key[0] : key;
  if (idempotencyKey !== undefined && !keyForm.test(idempotencyKey)) {
    throw invalidField('Idempotency-Key', 'An Idempotency-Key has 1 to 200 printable characters.');
  }
  return {
    requestId: request.id,
    origin: { ip: request.ip, device: device.slice(0, 200) },
    bearer,
    idempotencyKey,
    log: request.log,
    gate: platform.gate,
    services: platform.services,
  };
}
