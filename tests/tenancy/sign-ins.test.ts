import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SignInIntents } from '../../server/auth/sign-in-intents.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { PASSWORD } from '../fixtures/installation.ts';

let installation: Installation;
let tenantId: string;
let owner: string;

beforeAll(async () => {
  installation = await startInstallation();
  ({ id: tenantId } = await installation.provision('acme'));
  owner = await installation.open(installation.ownerOf('acme'));
  // Stands for any failure that comes as late as the commit.
  await acme(`create function refuse_commit() returns trigger language plpgsql as $$
    begin raise exception 'not now' using errcode = 'check_violation'; end $$`);
});
afterEach(() => acme('drop trigger if exists refuse_commit on employees'));
afterAll(() => installation.close());

const acme = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  installation.sql<R>(`${installation.prefix}_t_acme`, text, values);
const control = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  installation.sql<R>(`${installation.prefix}_control`, text, values);
const refuseCommits = () =>
  acme(`create constraint trigger refuse_commit after update on employees deferrable initially deferred
    for each row execute function refuse_commit()`);
const intents = () => control('select kind, subject from sign_in_intents');
const mappingsOf = (email: string) => control('select 1 from user_mappings where email = $1', [email]);

let people = 0;
async function employee(): Promise<{ id: string; email: string }> {
  const id = randomUUID();
  people += 1;
  const email = `person-${String(people)}@${installation.prefix}.test`;
  await acme(
    `insert into employees (id, tenant_id, employee_code, name, email, roles)
     values ($1, $2, $3, 'A person', $4, '{viewer}')`,
    [id, tenantId, `P-${String(people)}`, email],
  );
  return { id, email };
}
async function versionOf(id: string): Promise<number> {
  const [row] = await acme<{ version: number }>('select version from employees where id = $1', [id]);
  return row?.version ?? 0;
}
const link = async (id: string) =>
  installation.node.mutate('employees.linkSignIn', {
    token: owner,
    key: randomUUID(),
    input: { id, version: await versionOf(id), password: PASSWORD },
  });
const unlink = async (id: string) =>
  installation.node.mutate('employees.unlinkSignIn', {
    token: owner,
    key: randomUUID(),
    input: { id, version: await versionOf(id) },
  });
/** A server that was killed half-way leaves a note behind, which is old when the next one looks. */
async function nextServerLooks(): Promise<void> {
  await control("update sign_in_intents set created_at = created_at - interval '1 hour'");
  const failures: unknown[] = [];
  await installation.node.server.platform.tenancy.signIns.settleLeftBehind((error) => failures.push(error));
  expect(failures).toEqual([]);
}

test('a sign-in that was given stands, and leaves no note', async () => {
  const person = await employee();
  expect((await link(person.id)).status).toBe(200);
  const token = await installation.open(person.email);
  expect((await installation.node.query('auth.me', { token })).status).toBe(200);
  // The owner's is from provisioning: nobody asked for it within a transaction.
  await nextServerLooks();
  expect(await intents()).toEqual([]);
  expect((await installation.node.query('auth.me', { token: owner })).status).toBe(200);
});

test('a sign-in whose giving is rolled back was never made, and can be given later', async () => {
  const person = await employee();
  await refuseCommits();
  expect((await link(person.id)).status).not.toBe(200);
  expect(await mappingsOf(person.email)).toEqual([]);
  await expect(installation.signIn(person.email)).rejects.toThrow('no token');
  expect(await intents()).toEqual([]);
  await acme('drop trigger refuse_commit on employees');
  expect((await link(person.id)).status).toBe(200);
  const token = await installation.open(person.email);
  expect((await installation.node.query('auth.me', { token })).status).toBe(200);
});

test('a sign-in whose taking is rolled back was never gone; once it is committed the person is out at once', async () => {
  const person = await employee();
  await link(person.id);
  const token = await installation.open(person.email);
  await refuseCommits();
  expect((await unlink(person.id)).status).not.toBe(200);
  expect((await installation.node.query('auth.me', { token })).status).toBe(200);
  expect(await intents()).toEqual([]);
  await acme('drop trigger refuse_commit on employees');
  expect((await unlink(person.id)).status).toBe(200);
  expect((await installation.node.query('auth.me', { token })).error.data.code).toBe('SESSION_REVOKED');
  expect(await mappingsOf(person.email)).toEqual([]);
});

test('killed before the commit of a giving: the next server takes the sign-in back', async () => {
  const person = await employee();
  const { tenancy } = installation.node.server.platform;
  await tenancy.signIns
    .of(tenantId)
    .give({ email: person.email, name: 'A person', password: PASSWORD }, {}, () => {});
  expect(await mappingsOf(person.email)).toHaveLength(1);
  await nextServerLooks();
  expect(await mappingsOf(person.email)).toEqual([]);
  await expect(installation.signIn(person.email)).rejects.toThrow('no token');
  expect(await intents()).toEqual([]);
});

test('killed after the commit of a taking: the next server completes it', async () => {
  const person = await employee();
  await link(person.id);
  const token = await installation.open(person.email);
  const [{ user } = { user: '' }] = await acme<{ user: string }>(
    'select auth_user_id::text as user from employees where id = $1',
    [person.id],
  );
  await installation.node.server.platform.tenancy.signIns.of(tenantId).take(user, {}, () => {});
  await nextServerLooks();
  expect((await installation.node.query('auth.me', { token })).status).toBe(200);

  await installation.node.server.platform.tenancy.signIns.of(tenantId).take(user, {}, () => {});
  await acme('update employees set auth_user_id = null where id = $1', [person.id]);
  await nextServerLooks();
  expect((await installation.node.query('auth.me', { token })).error.data.code).toBe('SESSION_REVOKED');
  expect(await mappingsOf(person.email)).toEqual([]);
});

test('what two nodes settle at once is done once, and what is wanted anew meanwhile waits and stays noted', async () => {
  const notes = new SignInIntents(installation.node.server.platform.tenancy.control);
  const first = await notes.note(tenantId, 'give', 'twice@acme.test', {});
  let ran = 0;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const work = async () => {
    ran += 1;
    begun();
    await held;
  };
  const waiting = () =>
    control(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%sign_in_intents%'`,
    );
  const one = notes.settle(first, work);
  await beginning;
  const other = notes.settle(first, work);
  const anew = notes.note(tenantId, 'give', 'twice@acme.test', {});
  await expect.poll(waiting).toHaveLength(2);
  letGo();
  const [, , second] = await Promise.all([one, other, anew]);
  expect(ran).toBe(1);
  expect((await notes.ofTenant(tenantId)).map(({ attempt }) => attempt)).toEqual([second.attempt]);
  // The first attempt is over: a process that still holds it does nothing.
  await notes.settle(first, work);
  expect(ran).toBe(1);
  await notes.settle(second, work);
  expect(ran).toBe(2);
  expect(await intents()).toEqual([]);
});

test('a person who could sign in before is not removed when a giving is rolled back', async () => {
  const person = await employee();
  await installation.account(person.email);
  await refuseCommits();
  expect((await link(person.id)).status).not.toBe(200);
  expect(await mappingsOf(person.email)).toEqual([]);
  expect(await control('select 1 from sign_in_invitations where email = $1', [person.email])).toEqual([]);
  expect(
    await installation.sql(`${installation.prefix}_auth`, 'select 1 from users where email = $1', [
      person.email,
    ]),
  ).toHaveLength(1);
});

test('an address is found among thousands, itself and none like it', async () => {
  const { identities } = installation.node.server.platform.tenancy;
  await installation.sql(
    `${installation.prefix}_auth`,
    `insert into users (id, role, email, app_metadata, user_metadata)
     select gen_random_uuid(), 'authenticated', 'person' || n || '@many.test', '{}', '{}' from generate_series(1, 3000) n`,
  );
  for (const email of ['a_b@many.test', 'axb@many.test', 'x-a_b@many.test']) {
    await installation.account(email);
  }
  expect((await identities.findByEmail('A_B@many.test'))?.email).toBe('a_b@many.test');
  expect((await identities.findByEmail('person1234@many.test'))?.email).toBe('person1234@many.test');
  expect(await identities.findByEmail('nobody@many.test')).toBeUndefined();
  const person = { email: 'axb@many.test', name: 'Alike', password: 'another password' };
  const known = await identities.make(person, { installation: randomUUID(), madeFor: 'an intent' });
  expect(known).toMatchObject({ made: false, user: { installation: null, madeFor: null } });
});

test('a second invitation of someone who has not come yet is no user made for it', async () => {
  const { identities } = installation.node.server.platform.tenancy;
  const person = { email: `invited@${installation.prefix}.test`, name: 'Invited' };
  const installed = randomUUID();
  const first = await identities.make(person, { installation: installed, madeFor: 'the first intent' });
  const second = await identities.make(person, { installation: installed, madeFor: 'the second intent' });
  expect(second.user.id).toBe(first.user.id);
  expect([first.made, second.made]).toEqual([true, false]);
});
