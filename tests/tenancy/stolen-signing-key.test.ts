import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  loadLocalAuthSecrets,
  revokeLocalAuthKey,
  rotateLocalAuthKeys,
} from '../../server/auth-server/index.ts';
import { runCommand } from '../fixtures/command.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';
import { clusterUrl } from '../fixtures/postgres.ts';

let installation: Installation;
let nodes: Node[];

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  nodes = [installation.node, await installation.startNode()];
});
afterAll(() => installation.close());

const codesOf = (token: string) =>
  Promise.all(
    nodes.map(async (node) => {
      const answer = await node.query('auth.me', { token });
      return answer.status === 200 ? 'OK' : answer.error.data.code;
    }),
  );

test('tokens of a revoked signing key are believed nowhere any more once the keys were forgotten', async () => {
  const token = await installation.open(installation.ownerOf('acme'));
  expect(await codesOf(token)).toEqual(['OK', 'OK']);
  const change = {
    databaseUrl: clusterUrl(`${installation.prefix}_auth`),
    secrets: await loadLocalAuthSecrets(installation.config.dataDir),
    force: true,
  };
  await rotateLocalAuthKeys(change);
  await revokeLocalAuthKey({ ...change, kid: decodeProtectedHeader(token).kid ?? '' });
  // The key set is published again within seconds; the nodes would keep the old one in memory for minutes.
  await expect
    .poll(
      async () => {
        const set = await fetch(`${installation.authUrl}/auth/v1/.well-known/jwks.json`);
        return (await set.text()).includes(decodeProtectedHeader(token).kid ?? 'none');
      },
      { timeout: 15_000 },
    )
    .toBe(false);
  expect(await codesOf(token)).toEqual(['OK', 'OK']);

  const said = await runCommand(installation, 'sessions', 'forget-keys');
  expect([said.code, said.stderr]).toEqual([0, '']);
  await expect
    .poll(() => codesOf(token), { timeout: 2000, interval: 50 })
    .toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
  const anew = await installation.open(installation.ownerOf('acme'));
  expect(await codesOf(anew)).toEqual(['OK', 'OK']);
  const audit = await runCommand(installation, 'audit', '--action=signing_keys.forgotten');
  expect(audit.stdout).toContain('cli:');
});
