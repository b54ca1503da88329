import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { provisioningSteps } from '../../server/control-plane/tenant-status.contract.ts';
import { piped, resultOf, startApi, startCommand } from '../fixtures/command.ts';
import type { ApiProcess } from '../fixtures/command.ts';
import { PASSWORD, startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { callProcedure } from '../fixtures/wire.ts';

let installation: Installation;
const servers: ApiProcess[] = [];

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
});
afterAll(async () => {
  for (const server of servers) await server.kill();
  await installation.close();
});

test('an idempotency key gives the same answer after the server was killed and started again', async () => {
  const token = await installation.open(installation.ownerOf('acme'));
  const call = (apiUrl: string, name: string) =>
    callProcedure({
      apiUrl,
      procedure: 'products.create',
      kind: 'mutation',
      token,
      idempotencyKey: 'over-a-restart',
      input: { sku: 'ONCE-1', name, hsnCode: '7318' },
    });
  const first = await startApi(installation);
  servers.push(first);
  const made = await call(first.apiUrl, 'Made once');
  expect(made.error).toBeUndefined();
  await first.kill();
  const second = await startApi(installation);
  servers.push(second);
  expect((await call(second.apiUrl, 'Made once')).data).toEqual(made.data);
  expect((await call(second.apiUrl, 'Something else')).error?.code).toBe('CONFLICT');
  const rows = await installation.sql(
    `${installation.prefix}_t_acme`,
    "select id from products where sku = 'ONCE-1'",
  );
  expect(rows).toHaveLength(1);
});

test.each(provisioningSteps.slice(1))(
  'a provisioning killed in the step %s is finished by the same command',
  async (step) => {
    const slug = `x-${step}`;
    const args = [
      `--tenant-id=${slug}`,
      '--tenant-name=Killed',
      `--owner-email=${installation.ownerOf(slug)}`,
      '--owner-password-from=stdin',
    ];
    const child = piped(startCommand(installation, 'provision-tenant', args), PASSWORD);
    const result = resultOf(child);
    const { pool } = installation.node.server.platform.tenancy.control;
    for (
      const deadline = Date.now() + 30_000;
      Date.now() < deadline && child.exitCode === null;
      await sleep(5)
    ) {
      const { rows } = await pool.query(
        `select 1 from provisioning_events e join tenant_metadata t on t.id = e.tenant_id
         where t.slug = $1 and e.step = $2 and e.status = 'started'`,
        [slug, step],
      );
      if (rows.length > 0) break;
    }
    child.kill('SIGKILL');
    expect((await result).signal).toBe('SIGKILL');

    const again = await resultOf(piped(startCommand(installation, 'provision-tenant', args), PASSWORD));
    expect(again.stderr).toBe('');
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/active/);
    const token = await installation.open(installation.ownerOf(slug));
    expect((await installation.node.query('auth.me', { token })).status).toBe(200);
  },
  60_000,
);
