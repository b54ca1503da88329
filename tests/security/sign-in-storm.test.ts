import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
});
afterAll(() => installation.close());

const megabyte = 1024 * 1024;

interface Opened {
  code: string;
  retryAfter: number;
  milliseconds: number;
}

function openSession(agent: Agent, token: string): Promise<Opened> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    request(
      `${installation.node.url}/api/trpc/auth.openSession`,
      {
        agent,
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({
            code: (JSON.parse(text) as { error?: { data: { code: string } } }).error?.data.code ?? 'OK',
            retryAfter: Number(response.headers['retry-after'] ?? 0),
            milliseconds: performance.now() - started,
          }),
        );
      },
    )
      .on('error', reject)
      .end('{}');
  });
}

test('10,000 attempts to open a session are each answered with a code, in bounded time and memory', async () => {
  const owner = installation.ownerOf('acme');
  const good = await installation.signIn(owner);
  const calm = await installation.open(owner);
  const [head = '', claims = ''] = good.split('.');
  const attempts = [
    () => good,
    () => `${head}.${claims}.${Buffer.from(randomUUID().repeat(2)).toString('base64url')}`,
    () =>
      `${Buffer.from(JSON.stringify({ alg: 'ES256', kid: randomUUID() })).toString('base64url')}.${claims}.c2ln`,
    () => randomUUID(),
  ];
  const agent = new Agent({ keepAlive: true, maxSockets: 60 });
  const counts = new Map<string, number>();
  let slowest = 0;
  let peak = 0;
  const before = process.memoryUsage().rss;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss - before)), 50);
  let sent = 0;
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      while (sent < 10_000) {
        const token = attempts[sent++ % attempts.length]?.() ?? '';
        const { code, retryAfter, milliseconds } = await openSession(agent, token);
        counts.set(code, (counts.get(code) ?? 0) + 1);
        slowest = Math.max(slowest, milliseconds);
        if (code === 'RATE_LIMITED') expect(retryAfter).toBeGreaterThan(0);
      }
    }),
  );
  clearInterval(watch);
  agent.destroy();
  expect(counts.get('UNAUTHENTICATED')).toBe(7500);
  // Thirty at once, one more every two seconds.
  expect(counts.get('OK')).toBeGreaterThanOrEqual(30);
  expect(counts.get('OK')).toBeLessThan(100);
  expect((counts.get('OK') ?? 0) + (counts.get('RATE_LIMITED') ?? 0)).toBe(2500);
  expect(slowest).toBeLessThan(5000);
  expect(peak / megabyte).toBeLessThan(200);

  expect((await installation.node.query('auth.me', { token: calm })).status).toBe(200);
  const sessions = await installation.sql<{ n: number }>(
    `${installation.prefix}_control`,
    'select count(*)::int as n from sessions',
  );
  expect(sessions[0]?.n).toBe(2);
}, 90_000);
