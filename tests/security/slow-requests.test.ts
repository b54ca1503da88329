import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';

let installation: Installation;
let node: Node;
let token: string;

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  node = await installation.startNode({ requestTimeoutMs: 1500 });
  token = await installation.open(installation.ownerOf('acme'));
});
afterAll(() => installation.close());

/** Sends the beginning, then a byte now and then, until the server closes; gives what came back and when. */
async function creep(beginning: string): Promise<{ answer: string; milliseconds: number }> {
  const { hostname, port } = new URL(node.url);
  const started = performance.now();
  let answer = '';
  const socket: Socket = connect(Number(port), hostname);
  socket.on('error', () => {}).on('data', (chunk) => (answer += chunk.toString()));
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.write(beginning);
  const timer = setInterval(() => socket.writable && socket.write('x'), 100);
  await Promise.race([closed, sleep(15_000)]);
  clearInterval(timer);
  socket.destroy();
  return { answer, milliseconds: performance.now() - started };
}

const post = (length: number) =>
  `POST /api/trpc/vendors.create HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n` +
  `content-type: application/json\r\ncontent-length: ${String(length)}\r\n\r\n{"code":"`;

test('requests that creep in are cut off with a code, and hold nobody else up meanwhile', async () => {
  const creeping = Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      creep(n % 2 ? post(100_000) : 'GET /api/trpc/auth.me HTTP/1.1\r\nhost: localhost\r\nx-slow: '),
    ),
  );
  for (let round = 0; round < 10; round += 1) {
    const started = performance.now();
    expect((await node.query('auth.me', { token })).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(1000);
    await sleep(100);
  }
  for (const { answer, milliseconds } of await creeping) {
    expect(milliseconds).toBeLessThan(8000);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      error: { data: { code: 'INVALID' } },
    });
  }
  expect((await node.query('auth.me', { token })).status).toBe(200);
}, 60_000);

test('a body that breaks off in its midst changes nothing, and the next request works', async () => {
  const { hostname, port } = new URL(node.url);
  for (let round = 0; round < 20; round += 1) {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    await new Promise<void>((resolve) => socket.write(post(10_000), () => resolve()));
    socket.resetAndDestroy();
  }
  const list = await node.query<{ items: unknown[] }>('vendors.list', { token, input: {} });
  expect([list.status, list.data.items]).toEqual([200, []]);
});
