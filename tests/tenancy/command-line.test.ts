import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provisioningSteps } from '../../server/control-plane/tenant-status.contract.ts';
import { piped, resultOf, runCommand, startCommand } from '../fixtures/command.ts';
import { holdAt } from '../fixtures/held.ts';
import { PASSWORD, startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { clusterUrl } from '../fixtures/postgres.ts';
import { pointsOf } from '../fixtures/provisioned.ts';

let installation: Installation;
let tenantId: string;
/** The account that runs the tests, as the audit trail names it. */
const me = `cli:${process.env.SUDO_USER ?? os.userInfo().username}`;

const run = (command: string, ...args: string[]) => runCommand(installation, command, ...args);
const withPassword = (command: string, ...args: string[]) =>
  resultOf(piped(startCommand(installation, command, [...args, '--password-from=stdin']), PASSWORD));
async function json<T>(command: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(command, ...args, '--json');
  expect([stderr, code]).toEqual(['', 0]);
  return JSON.parse(stdout) as T;
}
const entries = (...args: string[]) =>
  json<{ items: { action: string; actorEmail: string; subject: string; outcome: string }[] }>(
    'audit',
    ...args,
  );
const meOf = async (token: string) => installation.node.query('auth.me', { token });

beforeAll(async () => {
  installation = await startInstallation();
  ({ id: tenantId } = await installation.provision('acme'));
  await installation.provision('globex');
});
afterAll(() => installation.close());

describe('tenants', () => {
  test('are listed, filtered and shown, in words and as JSON', async () => {
    const { code, stdout } = await run('tenants', 'list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^TENANT +NAME +STATUS/);
    expect(stdout).toMatch(/^acme +Tenant acme +active +healthy/m);
    const found = await json<{ items: { slug: string }[] }>(
      'tenants',
      'list',
      '--search=glob',
      '--status=active',
    );
    expect(found.items.map(({ slug }) => slug)).toEqual(['globex']);
    expect(await json('tenants', 'show', '--tenant-id=acme')).toMatchObject({ id: tenantId, users: 1 });
    expect((await run('tenants', 'show', '--tenant-id=acme')).stdout).toMatch(/^database +t\w+_t_acme$/m);
  });

  test('are suspended, locked down and reactivated at once, by name', async () => {
    const token = await installation.open(installation.ownerOf('acme'));
    const suspended = await run('tenants', 'suspend', '--tenant-id=acme', '--reason=unpaid');
    expect(suspended.stdout).toMatch(/^Tenant acme \(acme\) is suspended/);
    await expect.poll(async () => (await meOf(token)).error?.data.code).toBe('TENANT_SUSPENDED');
    expect((await run('tenants', 'suspend', '--tenant-id=acme')).code).toBe(0);
    expect((await run('tenants', 'reactivate', '--tenant-id=acme')).stdout).toContain('is active');
    await expect.poll(async () => (await meOf(token)).status).toBe(200);
    expect((await run('tenants', 'lockdown', '--tenant-id=acme')).code).toBe(0);
    await expect.poll(async () => (await meOf(token)).error?.data.code).toBe('SESSION_REVOKED');
    await run('tenants', 'reactivate', '--tenant-id=acme');
    const { items } = await entries('--tenant-id=acme', `--actor=${me}`);
    expect(items.map(({ action }) => action)).toEqual([
      'tenant.reactivated',
      'tenant.locked',
      'tenant.revoked',
      'tenant.reactivated',
      'tenant.suspended',
    ]);
  }, 60_000);

  test('tell their health, and a wall that is missing ends with 1', async () => {
    const well = await run('tenants', 'health');
    expect([well.code, well.stderr]).toEqual([0, '']);
    expect(well.stdout).toMatch(/^globex +healthy/m);
    const globex = `${installation.prefix}_t_globex`;
    await installation.sql(globex, 'alter table vendors disable row level security');
    try {
      const ill = await run('tenants', 'health', '--tenant-id=globex');
      expect(ill.code).toBe(1);
      expect(ill.stdout).toMatch(/degraded.*row-level security: missing on vendors/);
      expect(ill.stderr).toBe('Not healthy: globex.\n');
    } finally {
      await installation.sql(globex, 'alter table vendors enable row level security');
    }
  }, 30_000);

  test('wrong words are told what there is, before anything is touched', async () => {
    expect(await run('tenants', 'delete')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Say what: list, show') as string,
    });
    expect((await run('tenants', 'suspend')).stderr).toBe(
      '--tenant-id is missing, such as --tenant-id=acme\n',
    );
    expect((await run('tenants', 'list', '--reason=x')).stderr).toContain('--reason says nothing to list');
    expect((await run('tenants', 'suspend', '--tenant-id=nobody')).stderr).toBe(
      'There is no tenant nobody.\n',
    );
    expect((await run('tenants', 'list', '--status=asleep')).code).toBe(1);
  }, 30_000);
});

describe('a provisioning by command', () => {
  test('tells its steps while they happen, and so do the events of another terminal', async () => {
    const point = pointsOf(installation)['before the step owner'];
    if (!point) throw new Error('no such point');
    const hold = await holdAt(clusterUrl, point);
    const email = installation.ownerOf('live');
    const child = piped(
      startCommand(installation, 'provision-tenant', [
        '--tenant-id=live',
        `--owner-email=${email}`,
        '--owner-password-from=stdin',
      ]),
      PASSWORD,
    );
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await hold.reached();
    await expect.poll(() => told).toContain('✓ grants: Its identity and rights were set');
    expect(told).not.toContain('owner:');
    expect(told).not.toContain(PASSWORD);
    await hold.end('done');
    const followed = await run('tenants', 'events', '--tenant-id=live', '--follow');
    for (const step of provisioningSteps) expect(followed.stdout).toContain(`✓ ${step}:`);
    await expect.poll(() => told, { timeout: 10_000 }).toContain('✓ active: The tenant is active');
    await expect.poll(() => child.exitCode).toBe(0);
    const { items } = await entries('--action=tenant.provisioned', '--search=live');
    expect(items).toMatchObject([{ subject: 'live', outcome: 'done', actorEmail: me }]);
  }, 60_000);

  test('for an owner who has an account already says that its owner has to prove it, and takes no password', async () => {
    const email = `before@${installation.prefix}.test`;
    await installation.account(email);
    const made = await run('provision-tenant', '--tenant-id=known', `--owner-email=${email}`);
    expect(made.code).toBe(0);
    expect(made.stdout).toContain('not taken');
    // An account by itself opens no company.
    expect((await meOf(await installation.open(email))).error.data.code).toBe('FORBIDDEN');
  }, 30_000);

  test('that fails names the reason, is told, and leaves nothing', async () => {
    // Of another installation that shares the auth server.
    const email = `theirs@${installation.prefix}.test`;
    await installation.node.server.platform.tenancy.identities.make(
      { email, name: 'Theirs', password: PASSWORD },
      { installation: randomUUID(), madeFor: randomUUID() },
    );
    const stolen = await run('provision-tenant', '--tenant-id=thief', `--owner-email=${email}`);
    expect(stolen.code).toBe(1);
    expect(stolen.stdout).toContain('✗ owner: ');
    expect(stolen.stdout).toContain('↶ owner: Everything made for this tenant was taken away again');
    expect(stolen.stderr).toContain('another installation');
    expect((await entries('--outcome=failed')).items).toMatchObject([{ subject: 'thief', actorEmail: me }]);
  }, 30_000);
});

describe('sessions', () => {
  test('are listed by tenant and by address, and a user is signed out everywhere', async () => {
    const email = installation.ownerOf('globex');
    const tokens = [await installation.open(email), await installation.open(email)];
    const open = await json<{ items: { email: string }[] }>(
      'sessions',
      'list',
      '--tenant-id=globex',
      '--active',
    );
    expect(open.items.map((one) => one.email)).toEqual([email, email]);
    expect(
      (await run('sessions', 'list', `--email=${email.toUpperCase()}`)).stdout.match(/ open$/gm),
    ).toHaveLength(2);
    const revoked = await run('sessions', 'revoke-user', `--email=${email}`, '--reason=stolen laptop');
    expect(revoked.stdout).toContain('2 sessions ended');
    for (const token of tokens) {
      await expect.poll(async () => (await meOf(token)).error?.data.code).toBe('SESSION_REVOKED');
    }
    expect(await json('sessions', 'list', `--email=${email}`, '--active')).toEqual({ items: [] });
    expect((await run('sessions', 'revoke-user', '--email=nobody@nowhere.test')).code).toBe(1);
  }, 60_000);

  test('of a whole tenant end at once, and only of that one', async () => {
    const other = await installation.open(installation.ownerOf('acme'));
    const token = await installation.open(installation.ownerOf('globex'));
    expect(await json('sessions', 'revoke-tenant', '--tenant-id=globex')).toEqual({ revoked: 1 });
    await expect.poll(async () => (await meOf(token)).error?.data.code).toBe('SESSION_REVOKED');
    expect((await meOf(other)).status).toBe(200);
  }, 30_000);
});

describe('operators', () => {
  const email = 'jane@platform.test';

  test('the very first one needs no SQL, and works at once', async () => {
    expect((await run('operators', 'list')).stdout).toContain('There is no operator yet');
    const added = await withPassword('operators', 'add', `--email=${email}`);
    expect([added.code, added.stdout]).toEqual([
      0,
      `${email} is an operator. The password is the one given; it must be changed at the first sign-in.\n`,
    ]);
    expect((await run('operators', 'add', `--email=${email}`)).stdout).toContain('is an operator already');
    const token = await installation.open(email);
    expect((await installation.node.query('admin.tenants.list', { token, input: {} })).status).toBe(200);
    expect(await json('operators', 'list')).toMatchObject({ items: [{ email, activeSessions: 1 }] });

    expect((await run('operators', 'remove', `--email=${email.toUpperCase()}`)).stdout).toContain(
      'That was the last one',
    );
    await expect.poll(async () => (await meOf(token)).error?.data.code).toBe('SESSION_REVOKED');
    // The account was made for this alone, and its password was given: it is gone with it.
    await expect(installation.signIn(email)).rejects.toThrow('no token');
    expect((await run('operators', 'remove', `--email=${email}`)).code).toBe(0);
    const { items } = await entries('--action=operator.added,operator.removed', `--search=${email}`);
    expect(items).toMatchObject([
      { action: 'operator.removed', subject: email, actorEmail: me },
      { action: 'operator.added', subject: email, actorEmail: me },
    ]);
  }, 60_000);

  test('without a password is invited by e-mail; one of a tenant’s people is an operator from their own proof on', async () => {
    const invited = await run('operators', 'add', '--email=later@platform.test');
    expect(invited.stdout).toContain('An invitation is on its way.');
    const asked = await withPassword('operators', 'add', `--email=${installation.ownerOf('acme')}`);
    expect(asked.code).toBe(0);
    expect(asked.stdout).toContain('prove the mailbox');
    expect(await json('operators', 'list')).toMatchObject({ items: [{ email: 'later@platform.test' }] });
  }, 30_000);
});

test('the audit trail is filtered by time, by who and by how many', async () => {
  const all = await entries('--limit=100');
  expect(all.items.length).toBeGreaterThan(10);
  expect((await entries('--limit=3')).items).toEqual(all.items.slice(0, 3));
  expect((await entries('--to=2001-01-01')).items).toEqual([]);
  expect(
    (await entries('--from=2001-01-01', `--actor=${me}`)).items.every((one) => one.actorEmail === me),
  ).toBe(true);
  expect((await run('audit', '--from=yesterday')).stderr).toContain('--from must be a day or a moment');
  const words = await run('audit', '--outcome=failed', '--limit=5');
  expect(words.stdout).toMatch(/^WHEN +ACTION/);
}, 30_000);

describe('the language of the terminal', () => {
  const inHindi = (command: string, ...args: string[]) =>
    resultOf(startCommand(installation, command, args, { LANG: 'hi_IN.UTF-8' }));

  test('is that of what is printed, refused and explained', async () => {
    const [list, unknown, nobody, help] = await Promise.all([
      inHindi('tenants', 'list'),
      inHindi('tenants', 'delete'),
      inHindi('sessions', 'revoke-user', '--email=nobody@nowhere.test'),
      inHindi('tenants', '--help'),
    ]);
    expect(list.stdout).toMatch(/^टेनेंट +नाम +स्थिति/);
    expect(unknown).toMatchObject({
      code: 1,
      stderr: 'बताएँ क्या करना है: list, show, events, health, suspend, lockdown, reactivate।\n',
    });
    expect(nobody.stderr).toContain('nobody@nowhere.test पते वाला कोई नहीं मिला');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('npm run tenants -- list');
    expect(help.stdout).toContain('टेनेंटों की जानकारी');
  }, 30_000);

  test('words refusals of the platform too, and leaves what scripts read as it is', async () => {
    const taken = await inHindi('clusters', 'remove', '--name=main');
    expect(taken).toMatchObject({ code: 1, stderr: 'क्लस्टर main में कंट्रोल प्लेन है: वह नहीं हट सकता।\n' });
    const [hindi, english] = await Promise.all([
      inHindi('tenants', 'show', '--tenant-id=acme', '--json'),
      run('tenants', 'show', '--tenant-id=acme', '--json'),
    ]);
    expect(JSON.parse(hindi.stdout)).toEqual(JSON.parse(english.stdout));
  }, 30_000);
});
