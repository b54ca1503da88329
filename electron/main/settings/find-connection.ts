import { t } from '@lingui/core/macro';
import { z } from 'zod';
import { parseAddress } from '../../ipc/address.ts';
import { Refused } from '../../ipc/answer.ts';
import { connectionSchema } from '../../ipc/contract.ts';
import type { Connection } from '../../ipc/contract.ts';
import { acceptConnection } from './connection.ts';

/** How long a person waits for a server that may not be there (ms). */
const patience = 10_000;

/** What every Quartermaster server says about itself at `/config.json`. */
const answerSchema = z.object({ apiUrl: z.string(), authUrl: z.string(), anonKey: z.string() });

/**
 * The services of the server at an address that a person typed: `work.example`, `https://work.example/` or
 * `127.0.0.1:4870`.
 * @throws {Refused} when nothing answers, what answers is not a Quartermaster, or passwords would travel unencrypted.
 */
export async function findConnection(
  fetch: (input: string, init: RequestInit) => Promise<Response>,
  typed: string,
): Promise<Connection> {
  const server = serverOf(typed);
  const { host } = server;
  const webUrl = new URL('/', server).href;
  // Checked before the server is asked anything.
  acceptConnection({ apiUrl: webUrl, authUrl: webUrl, anonKey: '-', webUrl });
  let answer: unknown;
  try {
    const response = await fetch(`${webUrl}config.json`, { signal: AbortSignal.timeout(patience) });
    answer = response.ok ? await jsonOf(response) : undefined;
  } catch (error) {
    throw new Refused(whyNot(host, error));
  }
  const told = answerSchema.safeParse(answer);
  const connection = connectionSchema.safeParse({
    ...told.data,
    apiUrl: told.data?.apiUrl === '' ? server.origin : told.data?.apiUrl,
    webUrl,
  });
  if (!connection.success) throw new Refused(t`${host} answers, but it is not a Quartermaster server.`);
  return acceptConnection(connection.data);
}

/** What a person can do about a server that could not be asked. */
function whyNot(host: string, error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'TimeoutError' || name === 'AbortError' || message.includes('ERR_TIMED_OUT'))
    return t`${host} takes too long to answer. Check that this computer is on the network, and try again.`;
  // Chromium's names for a certificate of another host, an expired one, one from an issuer this computer doesn't
  // trust, or no TLS at all.
  if (/ERR_(CERT|SSL|TLS)_/.test(message))
    return t`The encryption of ${host} cannot be trusted, so nothing was sent to it. Tell your administrators: its certificate may have expired, or somebody is in between.`;
  return t`${host} does not answer. Check the address, and that this computer is on the network.`;
}

/** undefined for anything but JSON, such as a web page of another product. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An address without a scheme means https, except on this machine, where the local default listens. */
function serverOf(typed: string): URL {
  const trimmed = typed.trim();
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/i.test(trimmed);
  const url = parseAddress(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${loopback ? 'http' : 'https'}://${trimmed}`,
  );
  if (!url || !/^https?:$/.test(url.protocol)) throw new Refused(t`This is not the address of a server.`);
  return url;
}
