import type { IncomingMessage } from 'node:http';
import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../platform.ts';
import { appRouter } from '../router.ts';
import type { RequestContext } from '../ladder/context.ts';
import { failureOf } from '../ladder/failure.ts';
import { invalidField } from '../ground/problem.ts';
import { requireSmallStructure, withoutSession, withSession } from '../ladder/request-size.ts';
import type { RequestSize } from '../ladder/request-size.ts';
import { errorOnTheWire } from '../ladder/trpc.ts';
import { logAnswer, logFailure } from './call-log.ts';
import type { EndedCall } from './call-log.ts';
import type { ServerMetrics } from './metrics.ts';
import { languageOf } from './accept-language.ts';
import { hasUnknownLength, isLong, readBody, takeBody } from './request-body.ts';
import { callsOf, metaOf, namesOf, procedureAt } from './trpc-calls.ts';
import type { Call } from './trpc-calls.ts';

const keyForm = /^[\x21-\x7e]{1,200}$/;

/**
 * Mounts the router at /api/trpc. Queries and mutations are answered here directly, in the protocol of tRPC's own
 * adapter but without its web Request, Response and stream per call, which cost half of a small request (figures:
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
      const shape = errorOnTheWire(error, path, context.requestId, context.language);
      const { httpStatus: status, retryAfterSeconds } = shape.data;
      return { status, body: { error: shape }, retryAfterSeconds };
    } finally {
      if (procedure) metrics.called(path, performance.now() - started);
    }
  };

  const respond = async (request: FastifyRequest<Named>, reply: FastifyReply) => {
    const { context, refused } = request.looked;
    const { path } = request.params;
    // tRPC's adapter would read a body that was left unread.
    if (!refused && isStreamed(request, path)) {
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
    return reply.status(statuses.size > 1 ? 207 : only).send(JSON.stringify(answers.map(({ body }) => body)));
  };

  await app.register(async (api) => {
    api.decorateRequest('looked');
    api.addHook<Named>('onRequest', async (request, reply) => {
      request.looked = await firstLook(request, platform);
      const { refused, size, userId } = request.looked;
      const isTooLong = isLong(request, size.bytes);
      // The rest of a body that won't be read isn't waited for.
      if (isTooLong || (refused && hasUnknownLength(request))) reply.header('connection', 'close');
      // A caller who is refused anyway is answered without reading the body.
      if (refused) {
        // tRPC's own adapter would read the body, so it is not used here.
        if (isStreamed(request, request.params.path)) await request.looked.context.identity;
        return respond(request, reply);
      }
      if (isTooLong) throw new TRPCError({ code: 'PAYLOAD_TOO_LARGE' });
      if (userId !== undefined) takeBody(request, reply, { userId, most: size.bytes }, platform);
      const { input } = request.query as { input?: unknown };
      if (typeof input === 'string') requireSmallStructure(input, size);
      return undefined;
    });
    // Fastify would read plain text too, past the look at its outline.
    api.removeAllContentTypeParsers();
    api.addContentTypeParser(
      'application/json',
      async (request: FastifyRequest, payload: IncomingMessage) => {
        const { size } = request.looked;
        const text = await readBody(payload, size.bytes);
        requireSmallStructure(text, size);
        return text;
      },
    );
    api.all<Named>('/api/trpc/:path', respond);
  });
}

interface Named {
  Params: { path: string };
}

/** The known facts of a request before its body is read. */
interface FirstLook {
  context: RequestContext;
  size: RequestSize;
  /** Whose open session it shows, where a procedure asks for one. */
  userId?: string;
  /** It has no session, and no procedure it names answers without one. */
  refused: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    looked: FirstLook;
  }
}

async function firstLook(request: FastifyRequest<Named>, platform: Platform): Promise<FirstLook> {
  const context = contextOf(request, platform);
  const known = namesOf(request.params.path).flatMap((name) => metaOf(name) ?? []);
  const guarded = known.filter(({ step }) => step !== 'public');
  const userId = guarded.length === 0 ? undefined : await identified(context);
  if (userId === undefined) {
    return { context, size: withoutSession, refused: guarded.length === known.length };
  }
  const sizes = [withSession, ...known.flatMap(({ size }) => size ?? [])];
  const size = {
    bytes: Math.max(...sizes.map(({ bytes }) => bytes)),
    elements: Math.max(...sizes.map(({ elements }) => elements)),
  };
  return { context, size, userId, refused: false };
}

/** The token and its session are checked at once for all calls; a refusal is kept as the answer of each. */
async function identified(context: RequestContext): Promise<string | undefined> {
  const identity = Promise.resolve().then(() => context.gate.identify(context.bearer, context.origin));
  context.identity = identity;
  return identity.then(
    (known) => {
      context.identity = known;
      return known.userId;
    },
    () => undefined,
  );
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
    throw invalidField('Idempotency-Key', 'request.idempotency_key');
  }
  return {
    requestId: request.id,
    language: languageOf(request.headers['accept-language']),
    origin: { ip: request.ip, device: device.slice(0, 200) },
    bearer,
    idempotencyKey,
    log: request.log,
    gate: platform.gate,
    services: platform.services,
  };
}
