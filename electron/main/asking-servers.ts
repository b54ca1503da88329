import { i18n } from '@lingui/core';
import { net, session } from 'electron';

/** How the main process calls the services: without cookies or a cache. */
export function servicesFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  // Mails and refusals are worded in the person's language.
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  headers.set('accept-language', i18n.locale);
  return net.fetch(input instanceof URL ? input.href : input, {
    ...init,
    headers,
    credentials: 'omit',
    cache: 'no-store',
  });
}

/** Asks a server that pages may not reach because nobody has chosen it yet, in a session that stores nothing. */
export function askAnyServer(input: string, init: RequestInit): Promise<Response> {
  return session.fromPartition('asks-any-server', { cache: false }).fetch(input, {
    ...init,
    credentials: 'omit',
  });
}
