import { request } from 'node:http';
import {
  createTRPCUntypedClient,
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  TRPCClientError,
} from '@trpc/client';
import type { TRPCLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppRouter } from '../../server/router.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;
let url: string;
let token: string;

beforeAll(async () => {
  installation = await startInstallation();
  url = installation.node.url;
  await installation.provision('acme');
  token = await installation.open(installation.ownerOf('acme'));
});
afterAll(() => installation.close());

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
  });

const codeOf = async (response: Response) => {
  const body = (await response.json()) as {
    error: { message: string; data: { code: string; httpStatus: number } };
  };
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:\d|at async/);
  expect(body.error.data.httpStatus).toBe(response.status);
  return [response.status, body.error.data.code];
};

describe('whatever is sent', () => {
  test('an unknown procedure, a wrong method and broken JSON are answered with a code', async () => {
    expect(await codeOf(await fetch(`${url}/api/trpc/no.such`))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await fetch(`${url}/api/trpc/auth.logout`))).toEqual([405, 'INVALID']);
    expect(await codeOf(await post('/api/trpc/auth.logout', '{"scope":'))).toEqual([400, 'INVALID']);
    expect(await codeOf(await fetch(`${url}/api/trpc/auth.me?input=%7B`))).toEqual([401, 'UNAUTHENTICATED']);
    expect(await codeOf(await fetch(`${url}/api/nothing`))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await post('/api/trpc/auth.logout', '[]'))).toEqual([400, 'INVALID']);
    expect(await codeOf(await post('/api/trpc/auth.logout', '{"scope":"all"}'))).toEqual([400, 'INVALID']);
    expect(await codeOf(await post('/api/trpc/auth.logout', '<x/>', { 'content-type': 'text/xml' }))).toEqual(
      [415, 'INVALID'],
    );
  });

  test('fifty megabytes are refused and the next request works', async () => {
    const sent = post('/api/trpc/auth.logout', 'x'.repeat(50 * 1024 * 1024)).then(codeOf, () => [
      413,
      'INVALID',
    ]);
    expect(await sent).toEqual([413, 'INVALID']);
    expect((await installation.node.query('auth.me', { token })).status).toBe(200);
  });

  test('an invalid or unsigned token is UNAUTHENTICATED', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = part({ sub: crypto.randomUUID(), exp: 9e9, session_id: 'x', aud: 'authenticated' });
    const forged = [
      'x',
      'a.b.c',
      `${part({ alg: 'none' })}.${claims}.`,
      `${part({ alg: 'HS256', kid: 'x' })}.${claims}.c2ln`,
      `${part({ alg: 'ES256' })}.${claims}.c2ln`,
      `${part({ alg: 'ES256', kid: 'nobody' })}.${claims}.c2ln`,
      'x'.repeat(10_000),
      installation.config.auth.anonKey,
      installation.serviceRoleKey,
    ];
    for (const bearer of forged) {
      const answer = await installation.node.query('auth.me', { token: bearer });
      expect([answer.status, answer.error.data.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  test('a batch keeps its answers apart, and one that is too long is refused', async () => {
    const batch = await fetch(`${url}/api/trpc/auth.me,no.such?batch=1&input=%7B%7D`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(batch.status).toBe(207);
    const [me, missing] = (await batch.json()) as { result?: object; error?: { data: { code: string } } }[];
    expect(me?.result).toBeDefined();
    expect(missing?.error?.data.code).toBe('NOT_FOUND');
    const long = Array.from({ length: 60 }, () => 'auth.me').join(',');
    expect((await fetch(`${url}/api/trpc/${long}?batch=1`)).status).toBe(400);
  });

  test('a call is answered the same alone, in a batch, and through the adapter of tRPC itself', async () => {
    const options = { url: `${url}/api/trpc`, headers: { authorization: `Bearer ${token}` } };
    const vendor = { id: '01980000-0000-7000-8000-000000000001', code: 'V-1', name: 'Steel & Co' };
    const calls = [
      ['mutation', 'vendors.create', vendor],
      ['mutation', 'vendors.create', vendor],
      ['mutation', 'vendors.create', { ...vendor, name: '' }],
      ['mutation', 'vendors.update', { id: vendor.id, version: 99, name: 'Steel' }],
      ['query', 'auth.me', undefined],
      ['query', 'vendors.get', { id: vendor.id }],
      ['query', 'vendors.get', { id: '01980000-0000-7000-8000-000000000002' }],
      ['query', 'vendors.list', { limit: 5, search: 'stéel' }],
      ['query', 'vendors.list', { limit: -1 }],
      ['query', 'vendors.nothing', {}],
    ] as const;
    const answersBy = async (link: TRPCLink<AppRouter>) => {
      const client = createTRPCUntypedClient<AppRouter>({ links: [link] });
      const answer = async ([kind, path, input]: (typeof calls)[number]) => {
        try {
          return { data: await client[kind](path, input) };
        } catch (error) {
          if (!(error instanceof TRPCClientError)) throw error;
          return {
            error: {
              ...(error as TRPCClientError<AppRouter>).shape,
              data: { ...(error.data as object), requestId: '' },
            },
          };
        }
      };
      const created = await answer(calls[0]);
      return [created, ...(await Promise.all(calls.slice(1).map(answer)))];
    };
    const alone = await answersBy(httpLink(options));
    expect(alone.filter((answer) => 'data' in answer)).toHaveLength(5);
    expect(await answersBy(httpBatchLink(options))).toEqual(alone);
    expect(await answersBy(httpBatchStreamLink(options))).toEqual(alone);
  });

  test('an invalid idempotency key is refused', async () => {
    const answer = await installation.node.mutate('auth.logout', {
      token,
      headers: { 'idempotency-key': 'a b' },
    });
    expect([answer.status, answer.error.data.code]).toEqual([400, 'INVALID']);
  });

  test('a strange Host header breaks nothing', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      request({ hostname, port, path: '/api/trpc/auth.me', headers: { host: 'a b%' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

describe('the server', () => {
  test('tells its health and its figures, the latter to this machine only', async () => {
    const health = await fetch(`${url}/api/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      ready: true,
      checks: { database: true, auth: true, registry: true },
    });
    expect(await (await fetch(`${url}/api/metrics`)).text()).toContain('qm_http_request_seconds');
    const forwarded = await fetch(`${url}/api/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(forwarded.status).toBe(404);
  });

  test('lets the app’s own pages call it from another origin, and no others', async () => {
    const allow = async (origin: string) =>
      (await fetch(`${url}/api/health`, { headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await allow('app://main')).toBe('app://main');
    expect(await allow('app://admin')).toBe('app://admin');
    for (const origin of ['https://evil.test', 'null', 'app://main.evil', 'http://localhost:5173']) {
      expect(await allow(origin)).toBeNull();
    }
  });

  test('gives a request its number back', async () => {
    const answer = await fetch(`${url}/api/trpc/no.such`, {
      headers: { 'x-request-id': 'from-the-client-1' },
    });
    expect(answer.headers.get('x-request-id')).toBe('from-the-client-1');
    expect(JSON.stringify(await answer.json())).toContain('from-the-client-1');
  });

  test('tells a page where to go, and nothing secret', async () => {
    const config = await (await fetch(`${url}/config.json`)).text();
    expect(JSON.parse(config)).toEqual({
      apiUrl: url,
      authUrl: installation.authUrl,
      anonKey: installation.config.auth.anonKey,
      demo: false,
    });
    expect(config).not.toContain(installation.serviceRoleKey);
  });
});
