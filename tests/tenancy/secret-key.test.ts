import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTenancy } from '../../server/tenancy/tenancy.ts';
import { resultOf, runCommand, startCommand } from '../fixtures/command.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
});
afterAll(() => installation.close());

test('another QM_SECRET_KEY is refused in one sentence, before anything is served', async () => {
  const wrong = { ...installation.config, secretKey: randomBytes(32).toString('base64') };
  await expect(openTenancy(wrong)).rejects.toThrow(
    'QM_SECRET_KEY is not the key this installation was sealed with.',
  );
});

test('a rotated key opens what the old one sealed, the running server goes on, and the old key is over', async () => {
  const token = await installation.open(installation.ownerOf('acme'));
  const next = randomBytes(32).toString('base64');
  const without = await runCommand(installation, 'rotate-secret-key');
  expect([without.code, without.stderr]).toEqual([1, expect.stringContaining('QM_SECRET_KEY_NEW')]);

  const rotated = await resultOf(
    startCommand(installation, 'rotate-secret-key', [], { QM_SECRET_KEY_NEW: next }),
  );
  expect(rotated.stderr).toBe('');
  expect(rotated.stdout).not.toContain(next);

  expect((await installation.node.query('vendors.list', { token, input: { limit: 1 } })).status).toBe(200);
  await expect(openTenancy(installation.config)).rejects.toThrow('QM_SECRET_KEY');
  const second = await installation.startNode({ secretKey: next });
  expect((await second.query('vendors.list', { token, input: { limit: 1 } })).status).toBe(200);
});
