import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay, RelayMode } from '../fixtures/relay.ts';

let installation: Installation;
let relay: Relay;
let owner: string;

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  owner = installation.ownerOf('acme');
  const direct = new URL(installation.authUrl);
  relay = await startRelay(direct.hostname, Number(direct.port));
});
afterAll(async () => {
  relay.set('pass');
  await installation.close();
  await relay.close();
});

/** A node that reaches the sign-in service through the relay; tokens name the service by its own address. */
function startBehindRelay(): Promise<Node> {
  const { auth } = installation.config;
  return installation.startNode({ auth: { ...auth, url: `http://127.0.0.1:${String(relay.port)}` } });
}

async function timed<T>(work: Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  return [await work, performance.now() - started];
}

describe('a sign-in service that is', () => {
  test.each<RelayMode>(['refuse', 'stall'])(
    'away at the start (%s): nobody is let in or signed out, and all is well once it is back',
    async (mode) => {
      relay.set(mode);
      const [node, took] = await timed(startBehindRelay());
      expect(took).toBeLessThan(10_000);
      const token = await installation.open(owner);
      for (const [answer, ms] of await Promise.all(
        Array.from({ length: 20 }, () => timed(node.query('auth.me', { token }))),
      )) {
        expect([answer.status, answer.error.data.code]).toEqual([503, 'UNAVAILABLE']);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(ms).toBeLessThan(3000);
      }
      const health = await fetch(`${node.url}/api/health`);
      expect([health.status, await health.json()]).toMatchObject([
        503,
        { checks: { auth: false, database: true } },
      ]);
      relay.set('pass');
      await expect
        .poll(async () => (await node.query('auth.me', { token })).status, { timeout: 15_000, interval: 200 })
        .toBe(200);
      await node.server.close();
    },
    60_000,
  );

  test.each<RelayMode>(['slow', 'trickle'])('%s is waited for', async (mode) => {
    relay.set(mode);
    const node = await startBehindRelay();
    const token = await installation.open(owner, node);
    expect((await node.query('auth.me', { token })).status).toBe(200);
    await node.server.close();
  });

  test.each<RelayMode>(['refuse', 'stall'])(
    'away while people work (%s): they work on, and a sign-out counts at once',
    async (mode) => {
      relay.set('pass');
      const node = await startBehindRelay();
      const token = await installation.open(owner, node);
      const later = await installation.open(owner, node);
      relay.set(mode);
      const [me, meTook] = await timed(node.query('auth.me', { token }));
      expect(me.status).toBe(200);
      expect(meTook).toBeLessThan(500);
      const fresh = await installation.signIn(owner);
      expect((await node.mutate('auth.openSession', { token: fresh })).status).toBe(200);
      const [out, outTook] = await timed(node.mutate('auth.logout', { token, input: { scope: 'local' } }));
      expect([out.status, out.data]).toEqual([200, { revoked: 1 }]);
      expect(outTook).toBeLessThan(4000);
      expect((await node.query('auth.me', { token })).error.data.code).toBe('SESSION_REVOKED');
      expect((await node.query('auth.me', { token: later })).status).toBe(200);
      relay.set('pass');
      await node.server.close();
    },
    30_000,
  );
});
