import { createTRPCClient, httpBatchLink, httpLink, retryLink, splitLink, type TRPCLink } from '@trpc/client';
import { tap } from '@trpc/server/observable';
import type { AppRouter } from '../../server/router.ts';
import { readProblem } from './error-words.ts';
import { newId } from './new-id.ts';
import type { Reachability } from './reachability.ts';
import { timeLimitLink, timeLimits, type TimeLimits } from './time-limit.ts';
import { spokenLanguage } from './reason-words.ts';
import type { TokenSource } from './token-source.ts';

export type ApiClient = ReturnType<typeof createApiClient>;

export interface ApiClientOptions {
  apiUrl: string;
  tokens: TokenSource;
  reachability: Reachability;
  /** The session is over for good; the person must sign in again. */
  onSessionEnd: (reason: 'revoked' | 'ended') => void;
  /** The server refused what the screen offered. */
  onForbidden?: () => void;
  limits?: TimeLimits;
}

const mostAttempts = 3;

function isUncertain(error: unknown): boolean {
  const { code } = readProblem(error);
  return code === 'NO_ANSWER' || code === 'TOO_LATE' || code === 'UNAVAILABLE';
}

/**
 * Every mutation gets an Idempotency-Key. The key stays with its call (same procedure, same input) until the server
 * gave a definite answer: neither an automatic retry nor a second press of the button after a lost answer does the
 * work twice.
 */
function idempotencyLink(): TRPCLink<AppRouter> {
  const open = new Map<string, string>();
  return () =>
    ({ op, next }) => {
      if (op.type !== 'mutation') return next(op);
      const call = `${op.path}\n${JSON.stringify(op.input)}`;
      const idempotencyKey = open.get(call) ?? newId();
      open.set(call, idempotencyKey);
      return next({ ...op, context: { ...op.context, idempotencyKey } }).pipe(
        tap({
          next: () => open.delete(call),
          error: (error) => {
            if (!isUncertain(error)) open.delete(call);
          },
        }),
      );
    };
}

/** Tells the banner whether the server answers. */
function reachabilityLink(reachability: Reachability): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      next(op).pipe(
        tap({
          next: () => {
            reachability.answered();
          },
          error: (error) => {
            if (error.name === 'AbortError' || error.cause?.name === 'AbortError') return;
            if (readProblem(error).code === 'NO_ANSWER') reachability.failed();
            else reachability.answered();
          },
        }),
      );
}

/**
 * The typed client. Queries are batched; mutations travel alone, each with its own key, and so does a query that may
 * be slow (`trpc: { context: { alone: true } }`): a batch is answered when its last one is. A refused token is renewed
 * once; what may have been lost on the way (UNAVAILABLE, no answer) is tried up to three times, within the call's time
 * limit.
 */
export function createApiClient({
  apiUrl,
  tokens,
  reachability,
  onSessionEnd,
  onForbidden,
  limits = timeLimits,
}: ApiClientOptions) {
  const url = `${apiUrl}/api/trpc`;

  /** The caller, and the language of its refusals. */
  async function ofCaller(): Promise<Record<string, string>> {
    const token = await tokens.token();
    return {
      'accept-language': spokenLanguage(),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
  }

  return createTRPCClient<AppRouter>({
    links: [
      idempotencyLink(),
      timeLimitLink(reachability, limits),
      retryLink({
        retry({ error, attempts, op }) {
          const { code } = readProblem(error);
          if (code === 'FORBIDDEN') onForbidden?.();
          if (code === 'SESSION_REVOKED') {
            onSessionEnd('revoked');
            return false;
          }
          if (code === 'UNAUTHENTICATED') {
            if (attempts === 1) {
              tokens.markStale();
              return true;
            }
            if (op.path !== 'auth.openSession') onSessionEnd('ended');
            return false;
          }
          return isUncertain(error) && attempts < mostAttempts;
        },
        retryDelayMs: (attempt) => Math.min(250 * 2 ** attempt, 2000),
      }),
      reachabilityLink(reachability),
      splitLink({
        condition: (op) => op.type === 'mutation' || op.context.alone === true,
        true: httpLink({
          url,
          headers: async ({ op }) => ({
            ...(await ofCaller()),
            ...(typeof op.context.idempotencyKey === 'string'
              ? { 'idempotency-key': op.context.idempotencyKey }
              : {}),
          }),
        }),
        false: httpBatchLink({ url, headers: ofCaller, maxURLLength: 6000 }),
      }),
    ],
  });
}
