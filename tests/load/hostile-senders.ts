/** A thread of ten senders of hostile requests, so that making them costs neither the API nor the measuring process. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

export interface Attack {
  apiUrl: string;
  /** From a signed-in person; the other half of the requests come from nobody. */
  token: string;
  requestsPerSecond: number;
  senders: number;
}

/** What the answers were. */
export interface Attacked {
  requests: number;
  /** Refused with words; the rest found their connection closed. */
  answered: number;
  perSecond: number;
  /** Requests that were not refused at all. */
  taken: number;
}

interface Hostile {
  path: string;
  body: Buffer;
  token?: string;
  headers?: string;
}

const many = (bytes: number, of: string) => `[${`${of},`.repeat(bytes / (of.length + 1) - 1)}${of}]`;
const nest = `${`{"${'n'.repeat(190)}":`.repeat(2400)}1${'}'.repeat(2400)}`;
const attributes = `{"code":"H","name":"Hostile","attributes":{${Array.from({ length: 60_000 }, (_, at) => `"a${String(at)}":""`).join(',')}}}`;

function hostileRequests(token: string): Hostile[] {
  const texts: [path: string, text: string, headers?: string][] = [
    ['auth.openSession', many(10_500_000, '[]')],
    ['auth.openSession', many(60_000, '[]')],
    ['vendors.create', many(1_000_000, '[]')],
    ['vendors.create', nest],
    ['vendors.create', attributes],
    ['vendors.create', `"${'x'.repeat(1_000_000)}"`],
    ['salesOrders.create', `{"lines":${many(1_000_000, '{}')}}`],
    [`${Array<string>(600).fill('auth.me').join(',')}?batch=1`, '{}', 'trpc-accept: application/jsonl\r\n'],
  ];
  const all = texts.map(([path, text, headers]) => ({ path, body: Buffer.from(text), headers }));
  // In turn without a session and with one.
  return all.flatMap(({ headers, ...one }) => {
    const request = headers === undefined ? one : { ...one, headers };
    return [request, { ...request, token }];
  });
}

/** Sends one request on a connection of its own; gives the status, 0 when there was none. */
function send(apiUrl: string, { path, body, token, headers = '' }: Hostile): Promise<number> {
  const { hostname, port, host } = new URL(apiUrl);
  const bearer = token === undefined ? '' : `authorization: Bearer ${token}\r\n`;
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST /api/trpc/${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n${bearer}${headers}` +
          `content-length: ${String(body.length)}\r\n\r\n`,
      );
      socket.write(body);
    });
    socket.setTimeout(30_000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1', 0, 20);
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)));
  });
}

const { apiUrl, token, requestsPerSecond, senders } = workerData as Attack;
const requests = hostileRequests(token);
const attacked: Attacked = { requests: 0, answered: 0, perSecond: 0, taken: 0 };
let ended = false;
parentPort?.once('message', () => (ended = true));

const started = performance.now();
await Promise.all(
  Array.from({ length: senders }, async (_, sender) => {
    const everyMs = (1000 / requestsPerSecond) * senders;
    for (let at = 0; !ended; at += 1) {
      const due = started + (at + sender / senders) * everyMs;
      await sleep(Math.max(0, due - performance.now()));
      const status = await send(apiUrl, requests[(at * senders + sender) % requests.length] as Hostile);
      attacked.requests += 1;
      if (status >= 400) attacked.answered += 1;
      else if (status > 0) attacked.taken += 1;
    }
  }),
);
attacked.perSecond = attacked.requests / ((performance.now() - started) / 1000);
parentPort?.postMessage(attacked);
