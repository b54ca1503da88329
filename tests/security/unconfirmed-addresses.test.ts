import { createClient } from '@supabase/supabase-js';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OperatorCommands } from '../../server/admin/operators/operators.service.ts';
import { newKey, startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';

/** A project that confirms addresses by itself, where anybody takes any address: nothing proves a mailbox there. */
let services: TestServices;
let owner: string;

beforeAll(async () => {
  services = await startTestServices({
    tenants: ['acme'],
    auth: { autoconfirm: true, signupEnabled: true },
  });
  owner = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
}, 60_000);
afterAll(() => services.stop());

const client = (key = services.anonKey) =>
  createClient(services.authUrl, key, { auth: { persistSession: false, autoRefreshToken: false } });
const health = async () =>
  (await (await fetch(`${services.apiUrl}/api/health`)).json()) as { ready: boolean; warnings: string[] };

async function employ(email: string): Promise<{ id: string; version: number }> {
  const made = await services.call<{ id: string; version: number }>(
    'employees.create',
    { name: 'Somebody', email },
    owner,
    newKey(),
  );
  expect(made.error).toBeUndefined();
  return { id: made.data.id, version: made.data.version };
}

test('health says so, and the services go on', async () => {
  await expect.poll(health).toMatchObject({ ready: true, warnings: ['autoconfirm'] });
  expect((await services.call('vendors.list', { limit: 1 }, owner)).status).toBe(200);
});

test('nobody is invited in any way: a sign-up with the address would take their place', async () => {
  const seat = await employ('invited@acme.test');
  const linked = await services.call('employees.linkSignIn', seat, owner, newKey());
  expect(linked.error).toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(/mail/) as unknown,
  });
  const operators = new OperatorCommands(services.tenancy);
  await expect(operators.add({ email: 'op@acme.test', name: 'Op' }, {})).rejects.toThrow(/without a mail/);
  // Nobody is asked for a proof that would prove nothing.
  const { error } = await client().auth.signUp({ email: 'taken@acme.test', password: testPassword });
  expect(error).toBeNull();
  const person = { email: 'taken@acme.test', name: 'Op', password: testPassword };
  await expect(operators.add(person, {})).rejects.toThrow(/without a mail/);
  expect((await operators.list()).map(({ email }) => email)).toEqual([]);
});

test('a first password is given as before, since it needs no mailbox', async () => {
  const { id, version } = await employ('given@acme.test');
  const linked = await services.call<{ signInGiven: string }>(
    'employees.linkSignIn',
    { id, version, password: 'given by somebody else' },
    owner,
    newKey(),
  );
  expect(linked.data).toMatchObject({ signInGiven: 'password' });
});

test('somebody who takes an invited address cannot answer the invitation with a code of their own', async () => {
  const victim = 'victim@acme.test';
  const thief = client();
  const signedUp = await thief.auth.signUp({ email: 'thief@elsewhere.test', password: testPassword });
  const userId = signedUp.data.user?.id ?? '';
  const seat = await employ(victim);
  const acme = new pg.Client({ connectionString: services.tenants.acme?.databaseUrl });
  await acme.connect();
  await acme.query('update employees set auth_user_id = $2 where id = $1', [seat.id, userId]);
  await acme.end();
  await services.tenancy.signIns.accounts.invite(userId, services.tenants.acme?.id ?? '', victim);

  // The mailbox that they read is their own; the address they take afterwards asks for no mail.
  const link = await client(services.serviceRoleKey).auth.admin.generateLink({
    type: 'magiclink',
    email: 'thief@elsewhere.test',
  });
  const token = link.data.properties?.email_otp ?? '';
  expect(
    (await thief.auth.verifyOtp({ email: 'thief@elsewhere.test', token, type: 'email' })).error,
  ).toBeNull();
  // GoTrue changes it at once there; the local server sends a mail even so.
  const database = new pg.Client({ connectionString: services.config.auth.databaseUrl });
  await database.connect();
  await database.query('update users set email = $2 where id = $1', [userId, victim]);
  await database.end();
  const { data } = await thief.auth.refreshSession();
  const opened = await services.call<{ tenantId: string | null }>(
    'auth.openSession',
    undefined,
    data.session?.access_token,
  );
  expect(opened.data).toMatchObject({ tenantId: null });
  expect((await services.tenancy.signIns.accounts.standing(userId)).tenants).toEqual([]);
});
