import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLocalAuthSecrets, startLocalAuth } from '../../server/auth-server/index.ts';
import { freePort } from '../../server/local/postgres.ts';
import { openTenancy } from '../../server/tenancy/tenancy.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';

/** A company goes and comes back while the auth server has limits of its own and has lost people. */
const mailsPerHour = 30;
const free = { count: 10_000, seconds: 1, burst: 10_000 };
let services: TestServices;

beforeAll(async () => {
  const mail = { perHour: mailsPerHour, secondsPerAddress: 0 };
  services = await startTestServices({
    tenants: ['acme', 'globex'],
    auth: { rateLimits: { token: free, refresh: free, user: free, otp: free, verify: free, mail } },
  });
});
afterAll(() => services.stop());

const admin = () =>
  createClient(services.authUrl, services.serviceRoleKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  }).auth.admin;

async function takeAway(slug: string): Promise<string> {
  const { lifecycle } = services.tenancy;
  const id = services.tenants[slug]?.id ?? '';
  const { exportFolder } = await lifecycle.deleteTenantDatabase(id, slug, {}, 0);
  expect(await lifecycle.purge(new Date(Date.now() + 1000))).toEqual([slug]);
  expect(await services.tenancy.records.byId(id)).toBeUndefined();
  return exportFolder ?? '';
}

test('a company whose people are gone at the auth server can be deleted, and a deletion that fails says why', async () => {
  await services.addPerson('globex', ['viewer']);
  for (const userId of await services.tenancy.signIns.usersOf(services.tenants.globex?.id ?? '')) {
    expect((await admin().deleteUser(userId)).error).toBeNull();
  }
  await takeAway('globex');

  await services.provision('stuck');
  const id = services.tenants.stuck?.id ?? '';
  const url = `http://127.0.0.1:${String(await freePort())}`;
  const away = await openTenancy({ ...services.config, auth: { ...services.config.auth, url } });
  try {
    await away.lifecycle.deleteTenantDatabase(id, 'stuck', {}, 0);
    await expect(away.lifecycle.purge(new Date(Date.now() + 1000))).rejects.toThrow(
      /stuck could not be deleted: The sign-in service cannot be reached/,
    );
  } finally {
    await away.close();
  }
  expect(await services.tenancy.lifecycle.purge(new Date(Date.now() + 1000))).toEqual(['stuck']);
});

test('a company of forty comes back under a limit of thirty mails: first who has an account elsewhere, by its owner’s proof, then the others step by step', async () => {
  const people: string[] = [];
  for (let n = 0; n < 40; n += 1) people.push(await services.addPerson('acme', ['viewer']));
  people.sort();
  const from = await takeAway('acme');
  // The last people by name have an account again, however it was made.
  const accounts = people.slice(-5);
  for (const email of accounts) {
    const { error } = await admin().createUser({ email, password: testPassword, email_confirm: true });
    expect(error).toBeNull();
  }

  const told: number[] = [];
  const progress = (done: number, all: number) => {
    expect(all).toBe(41);
    told.push(done);
  };
  const first = await services.tenancy.restore.run(from, { progress });
  expect(first.record.status).toBe('active');
  expect([first.signIns, first.waiting.length]).toEqual([mailsPerHour, people.length + 1 - mailsPerHour]);
  expect(first.waiting.filter((email) => accounts.includes(email))).toEqual([]);
  expect(told).toEqual(Array.from({ length: mailsPerHour }, (_, n) => n + 1));
  // A password from an unknown person opens nothing of the company.
  for (const email of accounts) {
    const { error } = await services.call('auth.me', undefined, await services.signIn(email));
    expect(error?.code).toBe('FORBIDDEN');
  }

  // Within the same hour nobody else is invited, and nobody twice.
  expect((await services.tenancy.restore.run(from)).waiting).toEqual(first.waiting);

  // An hour later the auth server may send mails again.
  const later = await startLocalAuth({
    databaseUrl: services.config.auth.databaseUrl ?? '',
    port: await freePort(),
    siteUrl: services.apiUrl,
    secrets: await loadLocalAuthSecrets(services.config.dataDir),
    rateLimits: { mail: { perHour: mailsPerHour, secondsPerAddress: 0 } },
  });
  const tenancy = await openTenancy({
    ...services.config,
    auth: { ...services.config.auth, url: later.url },
  });
  try {
    const last = await tenancy.restore.run(from);
    expect([last.signIns, last.waiting, last.withoutSignIn]).toEqual([41, [], []]);
    await expect(tenancy.restore.run(from)).rejects.toThrow(/is there already, active/);
  } finally {
    await tenancy.close();
    await later.close();
  }
  const { rows } = await services.tenancy.control.pool.query(
    "select 1 from policy_sync_log where action = 'tenant.imported'",
  );
  expect(rows).toHaveLength(1);
}, 90_000);
