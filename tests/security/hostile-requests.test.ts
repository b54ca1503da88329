import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCodes } from '../../server/ground/errors.contract.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callWithEach } from './walk/calls.ts';
import { exampleOf } from './walk/examples.ts';
import { textOf } from './walk/hostile-values.ts';
import { ofStep } from './walk/procedures.ts';
import { accepts, definitionOf, dotted, fieldsOf, unwrapped, withValueAt } from './walk/schemas.ts';

let services: TestServices;
let token: string;
beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme', 'globex', 'initech'] });
  token = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
});
afterAll(() => services.stop());

const changes = ofStep('tenant').filter(({ kind, input }) => kind === 'mutation' && input);
const lists = ofStep('tenant').filter(({ input }) =>
  fieldsOf(input).some(({ path }) => dotted(path) === 'cursor'),
);

interface Refusal {
  status: number;
  code: string;
  fields: string[];
}

const megabyte = 1024 * 1024;

/** The refusal in a response, which must have the form of all errors and reveal nothing about the server. */
async function refusalOf(response: Response): Promise<Refusal> {
  const text = await response.text();
  expect(text).not.toMatch(/node_modules|\.[jt]s:\d|\bat [\w.]+ \(|FST_ERR|SyntaxError|Unexpected token/);
  const whole = JSON.parse(text) as unknown;
  const { error } = (Array.isArray(whole) ? whole[0] : whole) as {
    error: { message: string; data: { code: string; httpStatus: number; fields?: { path: string }[] } };
  };
  expect(errorCodes, text).toContain(error.data.code);
  expect(error.message.length).toBeGreaterThan(10);
  expect(error.data.httpStatus).toBe(response.status);
  return {
    status: response.status,
    code: error.data.code,
    fields: (error.data.fields ?? []).map(({ path }) => path),
  };
}

const post = (name: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${services.apiUrl}/api/trpc/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body,
  });

const get = (name: string, query: string) =>
  fetch(`${services.apiUrl}/api/trpc/${name}${query}`, { headers: { authorization: `Bearer ${token}` } });

/** The server answers as if nothing had happened. */
async function worksOn(): Promise<void> {
  expect((await services.call('auth.me', undefined, token)).error).toBeUndefined();
}

describe('a body that is not JSON', () => {
  const bodies: Record<string, string> = {
    'cut off': '{"name":',
    'two values': '{} {}',
    'a comma too many': '{"a":1,}',
    'single quotes': "{'name':'x'}",
    'bare words': 'name=x&code=y',
    NaN: '{"quantity":NaN}',
    'a byte order mark': '\ufeff{}',
    'only an opening': '['.repeat(100_000),
    'control characters': '{"a":"\u0000"}',
    XML: '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  };
  test.each(Object.entries(bodies))('(%s) is INVALID in every change', async (_what, body) => {
    for (const { name } of changes) {
      expect(await refusalOf(await post(name, body)), name).toMatchObject({ status: 400, code: 'INVALID' });
    }
  });

  test('is INVALID in every query', async () => {
    for (const { name, kind } of ofStep('tenant')) {
      if (kind !== 'query') continue;
      for (const query of ['?input={', '?input=%00', '?input=%7B%7D%7D', '?input=%ff%fe']) {
        const response = await get(name, query);
        if (response.status !== 200)
          expect((await refusalOf(response)).code, `${name}${query}`).toBe('INVALID');
      }
    }
  });
});

describe('a request', () => {
  test('of another content type is refused', async () => {
    for (const type of [
      'text/plain',
      'text/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/octet-stream',
      'application/x-json',
      'nonsense',
      'application/json\t, text/html',
    ]) {
      const refused = await refusalOf(await post('vendors.create', '{"name":"x"}', { 'content-type': type }));
      expect(refused.code, type).toBe('INVALID');
      expect([400, 415], type).toContain(refused.status);
    }
  });

  test('of another method is refused', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const response = await fetch(`${services.apiUrl}/api/trpc/vendors.create`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{}',
      });
      expect((await refusalOf(response)).code).toBe('INVALID');
    }
    expect((await refusalOf(await post('vendors.list', '{}'))).status).toBe(405);
    expect((await refusalOf(await get('vendors.create', '?input={}'))).status).toBe(405);
  });

  test('for a procedure that does not exist is NOT_FOUND, whatever it is called', async () => {
    for (const name of [
      'nothing',
      'vendors',
      'vendors.',
      '.list',
      'vendors.list.x',
      '__proto__',
      'constructor',
      'vendors.__proto__',
      'toString',
      'admin.tenants.constructor',
      '%00',
      '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      'vendors%2Flist',
      'VENDORS.LIST',
      'vendors.list%20',
      'x'.repeat(4000),
    ]) {
      for (const response of [await get(name, ''), await post(name, '{}')]) {
        expect((await refusalOf(response)).code, name).toMatch(/^(NOT_FOUND|INVALID)$/);
      }
    }
  });

  test('whose headers are too large, or which is no HTTP, is answered in the same form', async () => {
    const large = await fetch(`${services.apiUrl}/api/trpc/vendors.list`, {
      headers: { authorization: `Bearer ${'x'.repeat(40_000)}` },
    });
    expect(await refusalOf(large)).toMatchObject({ status: 431, code: 'INVALID' });
    for (const bytes of ['nonsense\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'GET /\0 HTTP/1.1\r\n\r\n']) {
      const [head = '', body = ''] = (await raw(bytes)).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 400 /);
      expect(JSON.parse(body)).toMatchObject({ error: { data: { code: 'INVALID', httpStatus: 400 } } });
    }
    const smuggled = await raw(
      'POST /api/trpc/auth.logout HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n',
    );
    expect(smuggled.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
    await worksOn();
  });
});

/** Sends bytes as they are; gives everything that comes back until the server closes. */
function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(services.apiUrl);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('a batch', () => {
  test('of a thousand calls is refused as a whole, in queries and in changes', async () => {
    const names = (name: string, count: number) => Array<string>(count).fill(name).join(',');
    const query = await get(names('auth.me', 1000), '?batch=1&input=%7B%7D');
    expect((await refusalOf(query)).code).toMatch(/^(INVALID|NOT_FOUND)$/);
    const inputs = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [index, { code: `B${index}`, name: 'x' }]),
    );
    const change = await post(`${names('vendors.create', 200)}?batch=1`, JSON.stringify(inputs));
    expect((await refusalOf(change)).code).toBe('INVALID');
    const { data } = await services.call<{ items: unknown[] }>('vendors.list', {}, token);
    expect(data.items).toEqual([]);
    await worksOn();
  });

  test('whose inputs are no object by position is answered call by call', async () => {
    for (const body of [
      '[]',
      '7',
      'null',
      '"x"',
      '{"__proto__":{}}',
      '{"-1":{}}',
      '{"0.5":{}}',
      '{"length":9}',
    ]) {
      const response = await post('vendors.create,vendors.create?batch=1', body);
      expect((await refusalOf(response)).code, body).toBe('INVALID');
    }
  });
});

describe('a giant', () => {
  test('text as long as a request may be, in any field of any change, is INVALID and named', async () => {
    const huge = 'x'.repeat(megabyte - 64 * 1024);
    for (const procedure of changes) {
      const fields = fieldsOf(procedure.input).filter(
        ({ schema }) => definitionOf(unwrapped(schema)).type === 'string',
      );
      // One text per procedure is spoiled; which one changes from procedure to procedure.
      const field = fields[changes.indexOf(procedure) % Math.max(1, fields.length)];
      if (!field) continue;
      const input = withValueAt(exampleOf(procedure.input!, undefined, [], field.path), field.path, huge);
      const [answer] = await callWithEach(services.apiUrl, procedure, [textOf(input)], token);
      expect(answer?.error?.code, `${procedure.name} ${dotted(field.path)}`).toBe('INVALID');
      expect(answer?.error?.fields?.map(({ path }) => path)).toContain(dotted(field.path));
      expect(answer?.text.length).toBeLessThan(5000);
    }
    await worksOn();
  });

  test('body of 50 MB is refused in bounded memory, ten at once, and the next request works', async () => {
    // The peak of this process, which holds the server as well as the senders: kilobytes.
    const chunk = Buffer.alloc(megabyte, 0x78);
    const body = () => {
      let left = 50;
      return new ReadableStream({
        pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
      });
    };
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const sent = Array.from({ length: 10 }, () =>
      fetch(`${services.apiUrl}/api/trpc/vendors.create`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body(),
        duplex: 'half',
      } as RequestInit).then(
        async (response) => (await refusalOf(response)).status,
        // The server may close before everything is sent; the sender sees a broken connection then.
        () => 413,
      ),
    );
    expect(await Promise.all(sent)).toEqual(Array(10).fill(413));
    clearInterval(watch);
    expect((peak - before) / megabyte).toBeLessThan(250);
    await worksOn();
  });

  test('nest of a million brackets is INVALID, and harms nobody', async () => {
    for (const depth of [10_000, 1_000_000]) {
      const nest = '['.repeat(depth) + ']'.repeat(depth);
      for (const body of [nest, `{"name":${nest}}`, `{"attributes":{"a":${nest}}}`]) {
        expect((await refusalOf(await post('vendors.create', body))).code).toBe('INVALID');
      }
    }
    await worksOn();
  });

  test('number of fields is INVALID in bounded time, and its answer stays small', async () => {
    const body = JSON.stringify(
      Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`field${n}`, n])),
    );
    const from = performance.now();
    const response = await post('vendors.create', body);
    expect(performance.now() - from).toBeLessThan(5000);
    const text = await response.clone().text();
    expect(text.length).toBeLessThan(50_000);
    expect((await refusalOf(response)).code).toBe('INVALID');
  });
});

describe('a cursor', () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const id = randomUUID();
  const hostile = [
    'x',
    '{}',
    '%00',
    '\u202e',
    'x'.repeat(1000),
    encoded(null),
    encoded([]),
    encoded({}),
    encoded(['name', 'asc', 'x', "' or true --"]),
    encoded(['name', 'asc', "x'; drop table vendors; --", id, 1]),
    encoded(['tenant_id', 'asc', 'x', id]),
    encoded(['name', 'sideways', 'x', id]),
    encoded(['name', 'asc', { $ne: 1 }, id]),
    encoded(['name', 'asc', 'a\u0000b', id]),
    encoded(['name', 'asc', '\ud800', id]),
    encoded(['updatedAt', 'asc', '0000-01-01T00:00:00Z', id]),
    encoded(['updatedAt', 'asc', 'infinity', id]),
    encoded(['x', id]),
    encoded(['0000-01-01T00:00:00Z', id]),
    encoded(['2026-02-30', 'x']),
    encoded(['9'.repeat(400), id]),
    encoded(['NaN', id]),
    Buffer.from([0xff, 0xfe, 0x00]).toString('base64url'),
  ];

  test('that a list did not give is INVALID on the cursor, or an empty page', async () => {
    for (const procedure of [...lists, ...ofStep('platform').filter((one) => one.name.endsWith('.list'))]) {
      const bearer = procedure.step === 'platform' ? await operator() : token;
      const base = accepts(procedure.input!, {}) ? {} : (exampleOf(procedure.input!) as object);
      const inputs = hostile.map((cursor) => textOf({ ...base, cursor }));
      const answers = await callWithEach(services.apiUrl, procedure, inputs, bearer);
      answers.forEach(({ error, text }, index) => {
        const what = `${procedure.name} ${hostile[index]}: ${text}`;
        if (!error) return;
        expect(error.code, what).toBe('INVALID');
        expect(
          error.fields?.map(({ path }) => path),
          what,
        ).toEqual(['cursor']);
      });
      const refused = answers.filter(({ error }) => error).length;
      expect(refused, procedure.name).toBeGreaterThan(hostile.length / 2);
    }
  });

  test('that a list of the platform gave leads through all its pages, in every order', async () => {
    const bearer = await operator();
    for (const { name, input } of ofStep('platform').filter((one) => one.name.endsWith('.list'))) {
      const sort = fieldsOf(input).find(({ path }) => dotted(path) === 'sort.by');
      const def = sort && definitionOf(unwrapped(sort.schema));
      for (const by of def?.type === 'enum' ? Object.values(def.entries) : []) {
        let cursor: string | null | undefined;
        for (let page = 1; page <= 3 && cursor !== null; page += 1) {
          const answer = await services.call<{ nextCursor: string | null }>(
            name,
            { limit: 1, sort: { by, direction: 'desc' }, cursor },
            bearer,
          );
          expect(answer.error, `${name} by ${by}, page ${page}`).toBeUndefined();
          cursor = answer.data.nextCursor;
        }
      }
    }
  });

  let operatorToken: Promise<string> | undefined;
  const operator = () => (operatorToken ??= services.addOperator().then((email) => services.signIn(email)));
});

describe('an Idempotency-Key', () => {
  test('that is not one is INVALID by name, before anything is done', async () => {
    for (const key of ['x'.repeat(201), 'a b', 'a\tb', '\u00e9', 'a\u0080', ' ']) {
      const response = await post('vendors.create', '{"code":"KEY","name":"Keyed"}', {
        'idempotency-key': key,
      });
      if (key.trim() === '') continue;
      expect(await refusalOf(response), key).toEqual({
        status: 400,
        code: 'INVALID',
        fields: ['Idempotency-Key'],
      });
    }
    const twice = await raw(
      `POST /api/trpc/vendors.create HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\nidempotency-key: a\r\nidempotency-key: b\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`,
    );
    expect(twice).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('of another person is another key', async () => {
    const colleague = await services.signIn(await services.addPerson('acme', ['owner']));
    const key = randomUUID();
    const first = await services.call<{ id: string }>(
      'vendors.create',
      { code: 'ONE', name: 'One' },
      token,
      key,
    );
    const second = await services.call<{ id: string }>(
      'vendors.create',
      { code: 'TWO', name: 'Two' },
      colleague,
      key,
    );
    expect([first.error, second.error]).toEqual([undefined, undefined]);
    expect(second.data.id).not.toBe(first.data.id);
  });
});
