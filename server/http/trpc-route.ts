import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../platform.ts';
import { appRouter } from '../router.ts';
import type { RequestContext } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import { invalidField } from '../trpc/problem.ts';
import { errorOnTheWire } from '../trpc/trpc.ts';
import { logAnswer, logFailure } from './call-log.ts';
import type { EndedCall } from './call-log.ts';
import type { ServerMetrics } from './metrics.ts';
import { callsOf, procedureAt } from './trpc-calls.ts';
import type { Call } from './trpc-calls.ts';

const keyForm = /^[\x21-\x7e]{1,200}$/;

/**
 * Mounts the router at /api/trpc. Queries and mutations are answered here directly, in the protocol of tRPC's own
 * adapter but without its web Request, Response and stream per call, which cost a third of a small request (figures:
 * docs/decisions/0009). Subscriptions go through tRPC's adapter.
 */
export async function registerTrpc(
  app: FastifyInstance,
  platform: Platform,
  metrics: ServerMetrics,
): Promise<void> {
  const report = (error: TRPCError, call: EndedCall, request: FastifyRequest) => {
    const failure = failureOf(error);
    metrics.failure(failure.problem.code);
    logFailure(request.log, call, failure, error);
  };

  const answer = async (call: Call, context: RequestContext, request: FastifyRequest): Promise<Answer> => {
    const { procedure, path, input } = call;
    const started = performance.now();
    const ended = (): EndedCall => ({
      procedure: procedure && path,
      milliseconds: performance.now() - started,
      context,
    });
    try {
      if (procedure === undefined) throw new TRPCError({ code: 'NOT_FOUND' });
      const { type } = procedure._def;
      if ((type === 'mutation') !== (request.method === 'POST'))
        throw new TRPCError({ code: 'METHOD_NOT_SUPPORTED' });
      if (type === 'subscription') throw new TRPCError({ code: 'BAD_REQUEST' });
      const data: unknown = await procedure({
        path,
        type,
        ctx: context,
        getRawInput: () => Promise.resolve(input()),
        signal: undefined,
        batchIndex: call.index,
      });
      logAnswer(request.log, ended(), type);
      return { status: 200, body: { result: { data } } };
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause);
      report(error, ended(), request);
      const shape = errorOnTheWire(error, path, context.requestId);
      const { httpStatus: status, retryAfterSeconds } = shape.data;
      return { status, body: { error: shape }, retryAfterSeconds };
    } finally {
      if (procedure) metrics.called(path, performance.now() - started);
    }
  };

  await app.register(async (api) => {
    api.removeContentTypeParser('application/json');
    api.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    api.all<{ Params: { path: string } }>('/api/trpc/:path', async (request, reply) => {
      const context = contextOf(request, platform);
      const { path } = request.params;
      if (isStreamed(request, path)) {
        return stream(request, reply, path, context, (error, failed) =>
          report(
            error,
            { procedure: procedureAt(failed ?? '') && failed, milliseconds: reply.elapsedTime, context },
            request,
          ),
        );
      }
      const calls = callsOf(request, path);
      reply.header('content-type', 'application/json').header('cache-control', 'no-store');
      if (!Array.isArray(calls)) {
        const { status, body, retryAfterSeconds } = await answer(calls, context, request);
        if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
        return reply.status(status).send(JSON.stringify(body));
      }
      const answers = await Promise.all(calls.map((call) => answer(call, context, request)));
      const statuses = new Set(answers.map(({ status }) => status));
      const waits = answers.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds);
      if (Math.max(...waits) > 0) reply.header('retry-after', Math.max(...waits));
      const [only = 200] = statuses;
      return reply
        .status(statuses.size > 1 ? 207 : only)
        .send(JSON.stringify(answers.map(({ body }) => body)));
    });
  });
}

interface Answer {
  status: number;
  body: object;
  retryAfterSeconds?: number | undefined;
}

function isStreamed(request: FastifyRequest, path: string): boolean {
  const { accept, 'trpc-accept': trpcAccept } = request.headers;
  return (
    trpcAccept === 'application/jsonl' ||
    accept?.includes('application/jsonl') === true ||
    procedureAt(path)?._def.type === 'subscription'
  );
}

async function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  context: RequestContext,
  onError: (error: TRPCError, path: string | undefined) => void,
): Promise<void> {
  await fastifyRequestHandler({
    router: appRouter,
    req: request,
    res: reply,
    path,
    createContext: () => context,
    responseMeta: () => ({ headers: new Headers([['cache-control', 'no-store']]) }),
    onError: ({ error, path: failed }) => onError(error, failed),
  });
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
