import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay } from '../fixtures/relay.ts';

let installation: Installation;
let relay: Relay;
let cut: Node;
let through: URL;

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  const direct = new URL(installation.config.databaseUrl);
  relay = await startRelay(direct.hostname, Number(direct.port));
  through = new URL(direct);
  through.port = String(relay.port);
  through.hostname = '127.0.0.1';
  cut = await installation.startNode({ databaseUrl: through.toString() });
});
afterEach(() => relay.set('pass'));
afterAll(async () => {
  relay.set('pass');
  await installation.close();
  await relay.close();
});

describe('a node that has lost the control plane', () => {
  test('answers UNAVAILABLE once it can be sure of nothing, never lets anyone in or out, and recovers by itself', async () => {
    const owner = installation.ownerOf('acme');
    const token = await installation.open(owner);
    const list = () => cut.query('auth.listSessions', { token });
    expect((await list()).status).toBe(200);
    relay.set('refuse');
    const codes = new Set<string | undefined>();
    await expect
      .poll(
        async () => {
          const answer = await cut.query('auth.me', { token });
          if (answer.status !== 200) codes.add(answer.error.data.code);
          return answer.status;
        },
        { timeout: 15_000, interval: 200 },
      )
      .toBe(503);
    await installation.node.mutate('auth.logout', { token });
    for (let round = 0; round < 5; round += 1)
      codes.add((await cut.query('auth.me', { token })).error.data.code);
    expect([...codes]).toEqual(['UNAVAILABLE']);
    relay.set('pass');
    await expect
      .poll(async () => (await cut.query('auth.me', { token })).error.data.code, { timeout: 15_000 })
      .toBe('SESSION_REVOKED');
    const again = await installation.open(owner);
    await expect
      .poll(async () => (await cut.query('auth.me', { token: again })).status, { timeout: 10_000 })
      .toBe(200);
  });

  test('doesn’t hang when the connection is only half open', async () => {
    const token = await installation.open(installation.ownerOf('acme'));
    expect((await cut.query('auth.me', { token })).status).toBe(200);
    relay.set('stall');
    await expect
      .poll(async () => (await cut.query('auth.me', { token })).status, { timeout: 45_000, interval: 500 })
      .toBe(503);
    relay.set('refuse');
    relay.set('pass');
    await expect
      .poll(async () => (await cut.query('auth.me', { token })).status, { timeout: 20_000, interval: 500 })
      .toBe(200);
  }, 90_000);

  test.each(['refuse', 'stall'] as const)(
    'stops in bounded time all the same (%s)',
    async (mode) => {
      const node = await installation.startNode({ databaseUrl: through.toString() });
      const token = await installation.open(installation.ownerOf('acme'));
      expect((await node.query('vendors.list', { token, input: {} })).status).toBe(200);
      relay.set(mode);
      // Something is left to be written: the last activity, and an entry of the audit trail.
      expect((await node.query('auth.me', { token: 'x.y.z' })).status).toBe(401);
      const started = performance.now();
      await node.server.close();
      expect(performance.now() - started).toBeLessThan(5000);
    },
    30_000,
  );
});
