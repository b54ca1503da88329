import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { metaOf } from '../../server/http/trpc-calls.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';
import { procedures } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';
import { sendRaw } from './walk/raw-request.ts';
import type { RawAnswer, RawRequest } from './walk/raw-request.ts';
import { definitionOf, unwrapped } from './walk/schemas.ts';

/**
 * Bodies of every hostile shape sent to every procedure, without a session and with one that may call it. `Q` marks
 * what was sent; answers are searched for it.
 */
let installation: Installation;
let node: Node;
let owner: string;
beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  // Short enough for a test to see the cut-off, long enough for every other request.
  node = await installation.startNode({ requestTimeoutMs: 4000 });
  owner = await installation.open(installation.ownerOf('acme'), node);
});
afterAll(() => installation.close());

type Sent = Omit<RawRequest, 'path'>;
type Shape = (procedure: WalkedProcedure) => Sent;

const json = { 'content-type': 'application/json' };
const whole = (body: string | Buffer, headers: Record<string, string> = json): Sent => ({
  headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  body,
});
const mark = 'Q'.repeat(150);
const nearlyAll = 1_000_000;

/** The fields a procedure knows, at the top of its input. */
function fieldsOf(input: z.ZodType | undefined): string[] {
  if (!input) return [];
  const def = definitionOf(unwrapped(input));
  return def.type === 'object' ? Object.keys(def.shape) : [];
}

const fixed = (sent: Sent): Shape => {
  return () => sent;
};
const many = (count: number, of: string) => `[${`${of},`.repeat(count - 1)}${of}]`;

/** Whole bodies, each within what the server reads of somebody's body. */
const read: Record<string, Shape> = {
  'a deep nest': fixed(whole('['.repeat(nearlyAll / 2) + ']'.repeat(nearlyAll / 2))),
  'three hundred thousand elements': fixed(whole(many(nearlyAll / 3, '[]'))),
  'long names in each other': fixed(whole(`{"${mark}${mark}":`.repeat(3000) + '1' + '}'.repeat(3000))),
  'a thousand names nobody knows': fixed(
    whole(`{${Array.from({ length: 1000 }, (_, at) => `"${String(at)}${mark}":1`).join(',')}}`),
  ),
  'a text as long as a body': fixed(whole(JSON.stringify('Q'.repeat(nearlyAll)))),
  'hostile text in every field': ({ input }) =>
    whole(JSON.stringify(Object.fromEntries(fieldsOf(input).map((name) => [name, mark])))),
  'records and lists in every field': ({ input }) => {
    const inner = Array.from({ length: 30 }, (_, at): [string, string] => [`${mark}${String(at)}`, mark]);
    const values = fieldsOf(input).map((name, at) => [
      name,
      // Texts and records by turns: some fields do take a list of any texts.
      at % 2 ? Object.fromEntries(inner) : inner.flatMap(([key, value]) => [value, { [key]: value }]),
    ]);
    return whole(JSON.stringify(Object.fromEntries(values)));
  },
  'no JSON': fixed(whole(`{"${mark}": `)),
  'a form of parts': fixed(
    whole(`--x\r\ncontent-disposition: form-data; name="${mark}"\r\n\r\n1\r\n--x--\r\n`, {
      'content-type': 'multipart/form-data; boundary=x',
    }),
  ),
  'a squeezed body': fixed(whole(gzipSync(many(100_000, '[]')), { ...json, 'content-encoding': 'gzip' })),
  'fewer bytes than there are': fixed({
    headers: { ...json, 'content-length': '2', connection: 'close' },
    body: many(1000, '[]'),
  }),
  'a body in pieces that lie about their lengths': fixed({
    headers: { ...json, 'transfer-encoding': 'chunked' },
    body: 'FFFFFFFFFFFFFFFFF\r\n[]\r\n0\r\n\r\n',
  }),
};

const aMillion = many(1_100_000, '[]');

/** Bodies longer than the server reads. Only a part is sent: the server must not wait for the rest. */
const unread: Record<string, Shape> = {
  'ten megabytes': fixed({
    headers: { ...json, 'content-length': String(10 * 1024 * 1024) },
    body: `"${'Q'.repeat(60_000)}`,
  }),
  'a million elements': ({ name }) =>
    // Some take longer bodies, and count their parts.
    metaOf(name)?.size
      ? whole(aMillion)
      : {
          headers: { ...json, 'content-length': String(Buffer.byteLength(aMillion)) },
          body: aMillion.slice(0, 60_000),
        },
};

const path = ({ name }: WalkedProcedure, query = '') => `/api/trpc/${name}${query}`;
const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

async function send(
  procedure: WalkedProcedure,
  shape: Shape,
  token?: string,
  query = '',
): Promise<RawAnswer> {
  const { headers, ...sent } = shape(procedure);
  return sendRaw(node.url, {
    ...sent,
    path: path(procedure, query),
    headers: { ...headers, ...bearer(token) },
  });
}

/** Sends to every procedure, some at a time; complains of each answer that is not a small, plain refusal. */
async function walk(shape: Shape, token: string | undefined, query = ''): Promise<string[]> {
  const wrong: string[] = [];
  const waiting = procedures.filter(({ input }) => !takesAnything(input));
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let procedure = waiting.shift(); procedure; procedure = waiting.shift()) {
        const { status, text } = await send(procedure, shape, token, query);
        const echoed = text.match(/Q/g)?.length ?? 0;
        const statuses = token === undefined ? [400, 401, 405, 413, 415] : [400, 403, 404, 405, 413, 415];
        if (!statuses.includes(status) || text.length > 6000 || echoed > 800)
          wrong.push(
            `${procedure.name}: ${String(status)}, ${text.length} characters, ${echoed} of them sent`,
          );
      }
    }),
  );
  return wrong;
}

/** A procedure without an input ignores the body, so the body can do no harm. */
const takesAnything = (input: z.ZodType | undefined) => input === undefined || input.safeParse('Q').success;

const takesNothing = (input: z.ZodType | undefined) => input?.safeParse(undefined).success === true;

async function requireHealth(): Promise<void> {
  const health = await fetch(`${node.url}/api/health`);
  expect(await health.json()).toMatchObject({ ready: true });
  expect((await node.query('auth.me', { token: owner })).status).toBe(200);
}

describe.each([['nobody'], ['an owner']])('sent by %s', (who) => {
  const token = () => (who === 'nobody' ? undefined : owner);

  test.each(Object.entries({ ...read, ...unread }))(
    '%s: every procedure refuses it in a few words',
    async (_what, shape) => {
      expect(await walk(shape, token())).toEqual([]);
      await requireHealth();
    },
    60_000,
  );

  test('a batch with something else than inputs in it is refused, in whatever form the answer is wanted', async () => {
    const forms: Record<string, string>[] = [{}, { 'trpc-accept': 'application/jsonl' }];
    for (const form of forms) {
      for (const body of ['[]', '"Q"', `{"0":"${mark}","${mark}":1}`, '7']) {
        const shape = fixed(whole(body, { ...json, connection: 'close', ...form }));
        const wrong: string[] = [];
        for (const procedure of procedures) {
          if (takesAnything(procedure.input) || takesNothing(procedure.input)) continue;
          if (procedure.kind !== 'mutation') continue;
          const { text } = await send(procedure, shape, token(), '?batch=1');
          if (!text.includes('"error"') || text.length > 6000) wrong.push(`${procedure.name}: ${text}`);
        }
        expect(wrong).toEqual([]);
      }
    }
    await requireHealth();
  }, 60_000);

  test('a question of a hostile shape is refused like a body', async () => {
    const inputs = ['['.repeat(6000), many(5000, '1'), `{"${'Q'.repeat(5000)}":1}`, `"${'Q'.repeat(9000)}"`];
    for (const procedure of procedures) {
      if (procedure.kind !== 'query' || takesAnything(procedure.input)) continue;
      for (const input of inputs) {
        const { status, text } = await sendRaw(node.url, {
          path: path(procedure, `?input=${encodeURIComponent(input).slice(0, 15_000)}`),
          method: 'GET',
          headers: bearer(token()),
        });
        expect([400, 401, 403, 431], procedure.name).toContain(status);
        expect(text.length, procedure.name).toBeLessThan(6000);
      }
    }
    await requireHealth();
  }, 60_000);

  test('a body that never comes holds nothing up: without a session nobody waits for it, with one it is cut off', async () => {
    const promised = fixed({ headers: { ...json, 'content-length': '50000' }, body: '{' });
    const answers = await Promise.all(procedures.map((procedure) => send(procedure, promised, token())));
    await requireHealth();
    const wrong = answers
      .map(({ status }, at) => ({ name: procedures[at]?.name, status }))
      // A procedure without a session waits for its body like any other.
      .filter(({ status }) => ![400, 401, 403, 405, 408].includes(status));
    expect(wrong).toEqual([]);
  }, 60_000);
});
