import type { ServerClock } from './server-clock.ts';

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Long enough for a slow line, short enough that a person still waits for it. */
const patience = 20_000;

/**
 * The fetch of the auth client. On a refresh, 409 (another refresh holds the lock) and 429 (too many) mean "later",
 * but auth-js takes them for the end of the session and erases it. It retries a 503.
 */
export function authFetch(fetch: Fetch, clock: ServerClock): Fetch {
  return async (input, init) => {
    const sentAt = Date.now();
    const response = await fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(patience) });
    clock.learn(response.headers.get('date'), sentAt, Date.now());
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
    const isRefresh = pathname.endsWith('/token') && searchParams.get('grant_type') === 'refresh_token';
    if (isRefresh && (response.status === 409 || response.status === 429)) {
      return new Response(await response.text(), { status: 503, headers: response.headers });
    }
    return response;
  };
}
