// @vitest-environment node
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { initTRPC } from '@trpc/server';
import { createHTTPServer } from '@trpc/server/adapters/standalone';
import { afterEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../server/ground/errors.contract.ts';
import { createApiClient } from './api-client.ts';
import type { AuthBridge, AuthSession } from './auth-bridge.ts';
import { readProblem, wordsOf } from './error-words.ts';
import { Reachability } from './reachability.ts';
import { TokenSource } from './token-source.ts';

interface Heard {
  key: string | undefined;
  token: string | undefined;
}

class Refusal extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

/** A server that speaks the real wire and answers by plan: a code, or null for success. */
async function serverThat(plan: (ErrorCode | null)[]) {
  const heard: Heard[] = [];
  const trpc = initTRPC.context<Heard>().create({
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      data: { code: error.cause instanceof Refusal ? error.cause.code : 'UNAVAILABLE', httpStatus: 500 },
    }),
  });
  const procedure = trpc.procedure.use(({ ctx, next }) => {
    heard.push({ key: ctx.key, token: ctx.token });
    const refusal = plan.shift();
    if (refusal) throw new Refusal(refusal);
    return next();
  });
  const router = trpc.router({
    vendors: trpc.router({
      list: procedure.query(() => ({ items: [], nextCursor: null })),
      create: procedure.mutation(() => ({ id: 'v' })),
    }),
  });
  const server = createHTTPServer({
    router,
    basePath: '/api/trpc/',
    createContext: ({ req }) => ({
      key: req.headers['idempotency-key'] as string | undefined,
      token: req.headers.authorization,
    }),
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  running.push(
    () =>
      new Promise((done) =>
        server.close(() => {
          done();
        }),
      ),
  );
  const apiUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const ends: string[] = [];
  let issued = 0;
  const session = (): AuthSession => {
    issued += 1;
    return {
      accessToken: `token-${String(issued)}`,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      user: { id: 'u', email: 'u@acme.test' },
      companyId: null,
    };
  };
  const tokens = new TokenSource({
    getSession: () => Promise.resolve(session()),
  } as Partial<AuthBridge> as AuthBridge);
  const client = createApiClient({
    apiUrl,
    tokens,
    reachability: new Reachability(apiUrl),
    onSessionEnd: (reason) => ends.push(reason),
  });
  return { client, heard, ends };
}

const vendor = { code: 'V-1', name: 'Deccan Fasteners' };

describe('calls to the API', () => {
  it('keeps one idempotency key over automatic retries', async () => {
    const { client, heard } = await serverThat(['UNAVAILABLE', 'UNAVAILABLE', null]);
    await client.vendors.create.mutate(vendor);
    expect(heard).toHaveLength(3);
    expect(new Set(heard.map(({ key }) => key)).size).toBe(1);
    expect(heard[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps the key when the same thing is pressed again after a lost answer, and gives a new one after success', async () => {
    const { client, heard } = await serverThat(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', null, null]);
    await expect(client.vendors.create.mutate(vendor)).rejects.toThrow();
    await client.vendors.create.mutate(vendor);
    await client.vendors.create.mutate(vendor);
    expect(new Set(heard.slice(0, 4).map(({ key }) => key)).size).toBe(1);
    expect(heard[4]?.key).not.toBe(heard[0]?.key);
  });

  it('does not repeat what was definitely refused', async () => {
    const { client, heard } = await serverThat(['INVALID']);
    const error: unknown = await client.vendors.create.mutate(vendor).catch((thrown: unknown) => thrown);
    expect(readProblem(error).code).toBe('INVALID');
    expect(heard).toHaveLength(1);
  });

  it('renews a refused token once, then gives the session up', async () => {
    const once = await serverThat(['UNAUTHENTICATED', null]);
    await once.client.vendors.list.query({});
    expect(once.heard.map(({ token }) => token)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(once.ends).toEqual([]);

    const twice = await serverThat(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    await expect(twice.client.vendors.list.query({})).rejects.toThrow();
    expect(twice.ends).toEqual(['ended']);
  });

  it('ends the session at once when it was revoked', async () => {
    const { client, heard, ends } = await serverThat(['SESSION_REVOKED']);
    await expect(client.vendors.list.query({})).rejects.toThrow();
    expect(ends).toEqual(['revoked']);
    expect(heard).toHaveLength(1);
  });

  it('says that there was no answer when there is no server', async () => {
    const { client } = await serverThat([]);
    for (const stop of running.splice(0)) await stop();
    const error: unknown = await client.vendors.list.query({}).catch((thrown: unknown) => thrown);
    expect(readProblem(error).code).toBe('NO_ANSWER');
  });

  it('ends the wait for a server that takes the connection and stays silent, in words, without asking again by itself', async () => {
    const { client, reachability, heard, waited } = await silentServer();
    for (const call of [client.vendors.list.query({}), client.vendors.create.mutate(vendor)]) {
      const error: unknown = await call.catch((thrown: unknown) => thrown);
      expect(readProblem(error).code).toBe('TOO_LATE');
      expect(wordsOf(error)).toMatchObject({ title: 'The server takes too long', retry: true });
    }
    expect(heard.requests).toBe(2);
    expect(reachability.reachable).toBe(false);
    // The notice came while it waited, and went when the wait ended.
    expect(waited).toContain(true);
    expect(reachability.slow).toBe(false);
  });

  it('ends the wait for a token too', async () => {
    const { client, heard } = await silentServer({ getSession: () => new Promise(() => undefined) });
    const error: unknown = await client.vendors.list.query({}).catch((thrown: unknown) => thrown);
    expect(readProblem(error).code).toBe('TOO_LATE');
    expect(heard.requests).toBe(0);
  });

  it('keeps the key of a change whose answer came too late', async () => {
    const { client, heard } = await silentServer();
    await client.vendors.create.mutate(vendor).catch(() => undefined);
    await client.vendors.create.mutate(vendor).catch(() => undefined);
    expect(heard.keys).toHaveLength(2);
    expect(new Set(heard.keys).size).toBe(1);
  });
});

/** A peer that takes every connection and reads every request, and never writes a byte. */
async function silentServer(auth: Partial<AuthBridge> = { getSession: () => Promise.resolve(null) }) {
  const heard = { requests: 0, keys: [] as string[] };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (/^(GET|POST) \/api\/trpc/.test(text)) heard.requests += 1;
      const key = /^idempotency-key: (.+)$/im.exec(text)?.[1];
      if (key) heard.keys.push(key);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  running.push(
    () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          done();
        });
      }),
  );
  const apiUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const reachability = new Reachability(apiUrl);
  const waited: boolean[] = [];
  reachability.subscribe(() => waited.push(reachability.slow));
  const client = createApiClient({
    apiUrl,
    tokens: new TokenSource(auth as AuthBridge),
    reachability,
    onSessionEnd: () => undefined,
    limits: { read: 300, slowRead: 300, change: 300, word: 50 },
  });
  return { client, reachability, heard, waited };
}
