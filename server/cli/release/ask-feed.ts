import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import type { Ask } from '../../../electron/releases/following/feed-fetcher.ts';

const bodyless = [204, 304];

/**
 * Asks a feed by Node's own HTTP and follows no redirect. Not by `fetch`: the one of Node 24 ends the whole process when
 * a server closes the connection while a large answer is still being written to disk (nodejs/undici#5360).
 */
export const askByHttp: Ask = (address, { headers, signal }) =>
  new Promise((resolve, reject) => {
    const { get } = address.startsWith('https:') ? https : http;
    const options = { headers: Object.fromEntries(new Headers(headers)), signal: signal ?? undefined };
    get(address, options, (answer) => {
      const status = answer.statusCode ?? 500;
      const body = bodyless.includes(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
      resolve(new Response(body, { status, headers: Object.entries(answer.headersDistinct).flatMap(pairs) }));
    }).on('error', reject);
  });

const pairs = ([name, values]: [string, string[] | undefined]) =>
  (values ?? []).map((value): [string, string] => [name, value]);
