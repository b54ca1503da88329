import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from '../fixtures/command.ts';
import type { ApiProcess } from '../fixtures/command.ts';
import { holdAt } from '../fixtures/held.ts';
import type { Point } from '../fixtures/held.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { clusterUrl } from '../fixtures/postgres.ts';
import { callProcedure } from '../fixtures/wire.ts';

let installation: Installation;
let api: ApiProcess;
let tenantId: string;

beforeAll(async () => {
  installation = await startInstallation();
  ({ id: tenantId } = await installation.provision('acme'));
  await installation.operator(`operator@${installation.prefix}.test`);
  api = await startApi(installation);
});
afterAll(async () => {
  await api.kill();
  await installation.close();
});

/** Cuts the connection during the call's transaction. */
async function cutAt(point: Point, procedure: string, email: string, input: unknown) {
  const token = await installation.open(email);
  const call = () => callProcedure({ apiUrl: api.apiUrl, procedure, kind: 'mutation', token, input });
  const hold = await holdAt(clusterUrl, point);
  const answer = call();
  await hold.reached();
  await hold.end('lost');
  return { cut: await answer, again: await call() };
}

test('a connection that PostgreSQL cuts during a tenant’s transaction fails that call and nothing else', async () => {
  const point: Point = { database: `${installation.prefix}_t_acme`, table: 'products', event: 'insert' };
  const { cut, again } = await cutAt(point, 'products.create', installation.ownerOf('acme'), {
    sku: `CUT-${randomUUID().slice(0, 8)}`,
    name: 'Cut off',
    hsnCode: '7318',
  });
  expect(cut.error?.code).toBe('UNAVAILABLE');
  expect(again.error).toBeUndefined();
  expect([api.child.exitCode, api.child.signalCode]).toEqual([null, null]);
});

test('nor does one that is cut during a revocation', async () => {
  const point: Point = { database: `${installation.prefix}_control`, table: 'revocations', event: 'insert' };
  const operator = `operator@${installation.prefix}.test`;
  const { cut, again } = await cutAt(point, 'admin.sessions.revokeTenant', operator, { tenantId });
  expect(cut.error?.code).toBe('UNAVAILABLE');
  expect(again.error).toBeUndefined();
  expect([api.child.exitCode, api.child.signalCode]).toEqual([null, null]);
});
