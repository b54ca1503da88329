import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay } from '../fixtures/relay.ts';

let installation: Installation;
let relay: Relay;
let deaf: Node;

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  const direct = new URL(installation.config.databaseUrl);
  relay = await startRelay(direct.hostname, Number(direct.port));
  const through = new URL(direct);
  through.port = String(relay.port);
  deaf = await installation.startNode({ databaseUrl: through.toString() });
});
afterAll(async () => {
  await installation.close();
  await relay.close();
});

test('a node that hears no notifications asks the database at every request, and refuses what was revoked elsewhere at once', async () => {
  const token = await installation.open(installation.ownerOf('acme'));
  const other = await installation.open(installation.ownerOf('acme'));
  const me = (which: string) => deaf.query('auth.me', { token: which });
  expect([(await me(token)).status, (await me(other)).status]).toEqual([200, 200]);

  relay.cutOnly('quartermaster-registry');
  await expect.poll(() => deaf.server.platform.isFresh(), { timeout: 10_000 }).toBe(false);
  const health = await fetch(`${deaf.url}/api/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ checks: { database: true, registry: false } });

  expect((await me(token)).status).toBe(200);
  await installation.node.mutate('auth.logout', { token, input: { scope: 'local' } });
  expect((await me(token)).error.data.code).toBe('SESSION_REVOKED');
  expect((await me(other)).status).toBe(200);

  relay.cutOnly(undefined);
  await expect.poll(() => deaf.server.platform.isFresh(), { timeout: 10_000 }).toBe(true);
  expect((await me(token)).error.data.code).toBe('SESSION_REVOKED');
  expect((await me(other)).status).toBe(200);
}, 60_000);

test('a node whose connection for notifications breaks believes its memory no more from that moment on', async () => {
  for (let round = 0; round < 5; round += 1) {
    const token = await installation.open(installation.ownerOf('acme'));
    expect((await deaf.query('auth.me', { token })).status).toBe(200);
    await expect.poll(() => deaf.server.platform.isFresh(), { timeout: 10_000 }).toBe(true);
    await installation.sql(
      'postgres',
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'quartermaster-registry' and datname = $1`,
      [`${installation.prefix}_control`],
    );
    await installation.node.mutate('auth.logout', { token });
    const revokedAt = performance.now();
    let code: string | undefined;
    while (performance.now() - revokedAt < 250 && code !== 'SESSION_REVOKED') {
      code = (await deaf.query('auth.me', { token })).error?.data.code;
    }
    expect(code).toBe('SESSION_REVOKED');
  }
}, 60_000);
