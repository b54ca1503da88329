import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedLimit } from '../../server/ladder/input-sizes.ts';
import { withoutSession, withSession } from '../../server/ladder/request-size.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { procedures } from './walk/procedures.ts';
import { definitionOf, dotted, fieldsOf, unwrapped } from './walk/schemas.ts';

let services: TestServices;
let token: string;
beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'], environment: { QM_BODY_RATE: '1' } });
  token = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
});
afterAll(() => services.stop());

interface Answer {
  status: number;
  text: string;
  code: string | undefined;
  fields: string[];
}

async function send(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(`${services.apiUrl}/api/trpc/${path}`, init);
  const text = await response.text();
  const whole = JSON.parse(text) as unknown;
  const { error } = (Array.isArray(whole) ? whole[0] : whole) as {
    error?: { data: { code: string; fields?: { path: string }[] } };
  };
  return {
    status: response.status,
    text,
    code: error?.data.code,
    fields: (error?.data.fields ?? []).map(({ path }) => path),
  };
}

const post = (path: string, body: string, bearer?: string) =>
  send(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body,
  });

/** Bodies of this many bytes that cost far more to read than to send. */
const shapes: Record<string, (bytes: number) => string> = {
  'empty lists': (bytes) => `[${'[],'.repeat(bytes / 3 - 2)}[]]`,
  'empty objects': (bytes) => `[${'{},'.repeat(bytes / 3 - 2)}{}]`,
  numbers: (bytes) => `[${'1,'.repeat(bytes / 2 - 2)}1]`,
  'a nest': (bytes) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  'long nested names': (bytes) => {
    const name = 'n'.repeat(1000);
    const count = Math.floor(bytes / 1010);
    return `${`{"${name}":`.repeat(count)}1${'}'.repeat(count)}`;
  },
  'short names': (bytes) =>
    `{${Array.from({ length: Math.floor(bytes / 12) - 1 }, (_, at) => `"f${String(at).padStart(6, '0')}":1`).join(',')}}`,
};

const works = async () => {
  expect((await services.call('auth.me', undefined, token)).error).toBeUndefined();
};

/** Sends the head of a request that promises a body, without the body; gives the answer. */
function headOnly(
  path: string,
  bearer: string | undefined,
  length: number,
  header = 'x-none: x',
): Promise<string> {
  const { hostname, port, host } = new URL(services.apiUrl);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `POST /api/trpc/${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n${header}\r\n` +
          `${bearer === undefined ? '' : `authorization: Bearer ${bearer}\r\n`}content-length: ${String(length)}\r\n\r\n`,
      ),
    );
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      socket.destroy();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('without an open session', () => {
  const guarded = procedures.filter(({ step, kind }) => step !== 'public' && kind !== 'subscription');
  const open = procedures.filter(({ step }) => step === 'public');

  test('no procedure waits for the body before it refuses', async () => {
    for (const { name } of guarded) {
      for (const bearer of [undefined, 'none.at.all']) {
        expect(await headOnly(name, bearer, 900_000), name).toMatch(/^HTTP\/1\.1 (401|405) /);
      }
    }
    const batch = guarded.slice(0, 20).map(({ name }) => name);
    expect(await headOnly(`${batch.join(',')}?batch=1`, undefined, 900_000)).toMatch(
      /^HTTP\/1\.1 (207|401) /,
    );
  });

  test('a streamed answer is refused as early, and nothing of the body is taken', async () => {
    for (const bearer of [undefined, 'none.at.all']) {
      const streamed = ['trpc-accept: application/jsonl', 'accept: application/jsonl'];
      for (const header of streamed) {
        const answer = await headOnly('vendors.create?batch=1', bearer, 900_000, header);
        expect(answer).toMatch(/^HTTP\/1\.1 401 /);
        expect(answer).toMatch(/connection: close/i);
      }
    }
  });

  test('a procedure that takes a body takes a small one', async () => {
    for (const { name } of open) {
      expect(await headOnly(name, undefined, withoutSession.bytes + 1), name).toMatch(/^HTTP\/1\.1 413 /);
    }
    const chunked = await send('auth.openSession', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new ReadableStream({
        start(controller) {
          for (let sent = 0; sent <= withoutSession.bytes; sent += 16_384)
            controller.enqueue(Buffer.alloc(16_384, 32));
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    await works();
  });

  test.each(Object.entries(shapes))(
    '%s are refused by every procedure, in a few words',
    async (_what, make) => {
      const body = make(withoutSession.bytes - 1000);
      for (const { name, kind } of procedures) {
        if (kind !== 'mutation') continue;
        const { code, text } = await post(name, body);
        expect(code, name).toMatch(/^(UNAUTHENTICATED|INVALID)$/);
        expect(text.length, name).toBeLessThan(1000);
      }
      await works();
    },
  );
});

describe('with an open session', () => {
  test.each(Object.entries(shapes))('%s are INVALID before anything is made of them', async (_what, make) => {
    const { code, text } = await post('vendors.create', make(withSession.bytes - 1000), token);
    expect(code).toBe('INVALID');
    expect(text.length).toBeLessThan(1000);
    await works();
  });

  test('a list or record with too many entries is refused by its number, with one complaint', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 9_000 }, (_, at) => [`name ${String(at)}`, at]),
    );
    const many = await post('vendors.create', JSON.stringify({ name: 'Many', attributes }), token);
    expect(many).toMatchObject({ code: 'INVALID', fields: ['attributes'] });
    const ids = Array.from({ length: 1_500 }, () => 7);
    const filter = { limit: 10, filter: { ids } };
    const list = await send(`purchaseOrders.list?input=${encodeURIComponent(JSON.stringify(filter))}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(list).toMatchObject({ code: 'INVALID', fields: ['filter.ids'] });
  });

  test('every list and record of every input names its largest number of entries, and no request holds more', () => {
    const boundless = procedures.flatMap(({ name, input }) =>
      fieldsOf(input)
        .map(({ path, schema }) => ({ path, inner: unwrapped(schema) }))
        .filter(({ inner }) => ['array', 'record'].includes(definitionOf(inner).type))
        .filter(({ inner }) => (namedLimit(inner) ?? Infinity) > 10_000)
        .map(({ path }) => `${name} ${dotted(path)}`),
    );
    expect(boundless).toEqual([]);
  });

  test('plain text is not read as JSON, whatever it holds', async () => {
    const { status, code } = await send('vendors.create', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: '{"code":"TEXT","name":"Plain"}',
    });
    expect([status, code]).toEqual([415, 'INVALID']);
  });

  test('a body that says it is too long is refused, and its connection closed', async () => {
    const answer = await headOnly('vendors.create', token, withSession.bytes + 1);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/connection: close/i);
  });

  test('names that nobody knows come back in part only', async () => {
    const body = JSON.stringify(
      Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`${String(at)}${'k'.repeat(150)}`, 1])),
    );
    const { code, text } = await post('vendors.create', body, token);
    expect(code).toBe('INVALID');
    expect(text.length).toBeLessThan(1500);
  });

  test('names of a record come back in part only, however many entries are wrong', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [`${String(at)}${'k'.repeat(150)}`, 1]),
    );
    const body = JSON.stringify({ code: 'PART', name: 'In part', attributes });
    const { code, text } = await post('vendors.create', body, token);
    expect(code).toBe('INVALID');
    expect(text.match(/k/g)?.length).toBeLessThan(700);
    const unknown = await post('x'.repeat(4000), '{}', token);
    expect(unknown.code).toBe('NOT_FOUND');
    expect(unknown.text.length).toBeLessThan(1000);
  });

  test('the wrong lines of a long order are named all the same', async () => {
    const lines = Array.from({ length: 40 }, () => ({
      productId: randomUUID(),
      quantity: 'x',
      unitPrice: '1',
    }));
    const { code, fields } = await post('salesOrders.create', JSON.stringify({ lines }), token);
    expect(code).toBe('INVALID');
    expect(fields.filter((path) => /^lines\.\d+\.quantity$/.test(path)).length).toBeGreaterThan(20);
  });

  test('more calls than fit into a batch are refused, in whatever form the answer is wanted', async () => {
    const names = Array<string>(600).fill('auth.me').join(',');
    for (const headers of [{}, { 'trpc-accept': 'application/jsonl' }, { accept: 'application/jsonl' }]) {
      const { status, text } = await send(`${names}?batch=1&input=%7B%7D`, {
        headers: { authorization: `Bearer ${token}`, ...(headers as Record<string, string>) },
      });
      expect(status).toBe(400);
      expect(text.length).toBeLessThan(1000);
    }
  });

  test('who sends megabyte after megabyte has to wait, unread, while others and small changes go on', async () => {
    const sender = await services.signIn(await services.addPerson('acme', ['buyer']));
    const large = JSON.stringify({ code: 'LARGE', name: 'n'.repeat(900_000) });
    const codes: (string | undefined)[] = [];
    for (let sent = 0; sent < 60 && codes.at(-1) !== 'RATE_LIMITED'; sent += 1)
      codes.push((await post('vendors.create', large, sender)).code);
    expect(codes.slice(0, 16)).toEqual(Array(16).fill('INVALID'));
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    const answer = await headOnly('vendors.create', sender, 1_000_000);
    expect(answer).toMatch(/^HTTP\/1\.1 429 /);
    expect(answer).toMatch(/retry-after: 1\r\n/i);
    expect(answer).toMatch(/connection: close/i);
    const small = JSON.stringify({ id: randomUUID(), code: 'SMALL', name: 'It is small' });
    expect((await post('vendors.create', small, sender)).code).toBeUndefined();
    expect((await post('vendors.create', large, token)).code).toBe('INVALID');
  });

  test('an order of 5,000 lines, each with a note, is taken; one line more is refused by its number', async () => {
    const line = () => ({
      productId: randomUUID(),
      quantity: '123456.789',
      unitPrice: '98765.4321',
      discountPercent: '12.5',
      note: 'n'.repeat(200),
    });
    const lines = Array.from({ length: 5_000 }, line);
    const order = { vendorId: randomUUID(), warehouseId: randomUUID(), lines };
    const { fields } = await post('purchaseOrders.create', JSON.stringify(order), token);
    // Each line was checked: these products don't exist.
    expect(fields).toEqual(expect.arrayContaining(['lines.0.productId', 'vendorId']));
    const longer = await post(
      'purchaseOrders.create',
      JSON.stringify({ ...order, lines: [...lines, line()] }),
      token,
    );
    expect(longer).toMatchObject({ code: 'INVALID', fields: ['lines'] });
  });

  test('what fits is taken', async () => {
    const note = 'n'.repeat(300);
    const attributes = Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [`name ${String(at)}`, note]),
    );
    const { code } = await post(
      'vendors.create',
      JSON.stringify({ id: randomUUID(), code: 'FITS', name: 'It fits', attributes }),
      token,
    );
    expect(code).toBeUndefined();
  });
});
