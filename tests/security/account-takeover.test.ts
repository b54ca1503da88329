import { randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OperatorCommands } from '../../server/admin/operators/operators.service.ts';
import type { LinkedEmployee } from '../../server/domains/employees/employees.contract.ts';
import { codeOf } from '../fixtures/authenticator-code.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

const planted = 'planted by globex';
const wanted = 'wanted by acme, alas';
const own = 'known to its owner alone';

let installation: Installation;
const owners: Record<string, string> = {};
let addresses = 0;

beforeAll(async () => {
  installation = await startInstallation();
  for (const slug of ['acme', 'globex']) {
    await installation.provision(slug);
    owners[slug] = await installation.open(installation.ownerOf(slug));
  }
}, 60_000);
afterAll(() => installation.close());

const control = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  installation.sql<R>(`${installation.prefix}_control`, text, values);
function address(): string {
  addresses += 1;
  return `newhire-${String(addresses)}@${installation.prefix}.test`;
}
async function change<T>(slug: string, procedure: string, input: unknown) {
  const answer = await installation.node.mutate<T>(`employees.${procedure}`, {
    token: owners[slug] ?? '',
    key: randomUUID(),
    input,
  });
  return answer;
}
async function employ(slug: string, email: string): Promise<{ id: string; version: number }> {
  const made = await change<{ id: string; version: number }>(slug, 'create', { name: 'New hire', email });
  expect(made.error).toBeUndefined();
  const { id, version } = made.data;
  const given = await change<{ version: number }>(slug, 'assignRoles', {
    id,
    version,
    roles: ['viewer'],
  });
  expect(given.error).toBeUndefined();
  return { id, version: given.data.version };
}
const give = (slug: string, { id, version }: { id: string; version: number }, password?: string) =>
  change<LinkedEmployee>(slug, 'linkSignIn', {
    id,
    version,
    ...(password === undefined ? {} : { password }),
  });
const take = (slug: string, { id, version }: { id: string; version: number }) =>
  change<{ id: string; version: number }>(slug, 'unlinkSignIn', { id, version });

async function enter(client: SupabaseClient) {
  const { data } = await client.auth.getSession();
  const token = data.session?.access_token ?? '';
  const opened = await installation.node.mutate<{
    tenantId: string | null;
    isOperator: boolean;
    passwordChangeRequired: boolean;
    refreshToken: boolean;
  }>('auth.openSession', { token, input: {} });
  return opened;
}
async function query(client: SupabaseClient, procedure: string, input?: unknown) {
  const { data } = await client.auth.getSession();
  return installation.node.query<Record<string, unknown>>(procedure, {
    token: data.session?.access_token ?? '',
    ...(input === undefined ? {} : { input }),
  });
}
/** Signs in with the password; null when it doesn't open the account. */
async function byPassword(email: string, password: string): Promise<SupabaseClient | null> {
  const client = installation.client();
  const { error } = await client.auth.signInWithPassword({ email, password });
  if (error) expect(error.code).toBe('invalid_credentials');
  return error ? null : client;
}
/** Signs in by the code of the newest mail. */
async function read(email: string): Promise<SupabaseClient> {
  const client = installation.client();
  const token = await installation.codeFor(email);
  expect((await client.auth.verifyOtp({ email, token, type: 'email' })).error).toBeNull();
  expect((await enter(client)).error).toBeUndefined();
  return client;
}
async function disown(client: SupabaseClient) {
  const token = (await client.auth.getSession()).data.session?.access_token ?? '';
  return installation.node.mutate('auth.disownSecondFactor', { token });
}
/**
 * The owner of the mailbox of an account that others may know follows the mail, says that a second factor on it isn't
 * theirs, and chooses the password that is asked for.
 */
async function prove(email: string): Promise<SupabaseClient> {
  const client = await read(email);
  if ((await factorsOf(email)).length > 0) expect((await disown(client)).error).toBeUndefined();
  expect((await enter(client)).data.passwordChangeRequired).toBe(true);
  const changed = await client.auth.updateUser({ password: own });
  expect(changed.error).toBeNull();
  await client.auth.refreshSession();
  expect((await enter(client)).data.passwordChangeRequired).toBe(false);
  return client;
}
/** The owner of the mailbox follows the mail and sets a password, as supabase-js alone lets them. */
async function byMail(
  email: string,
  type: 'recovery' | 'invite' | 'email' = 'recovery',
): Promise<SupabaseClient> {
  const client = installation.client();
  const { error } = await client.auth.verifyOtp({ email, token: await installation.codeFor(email), type });
  expect(error).toBeNull();
  const changed = await client.auth.updateUser({ password: own });
  expect(changed.error).toBeNull();
  return client;
}
async function enrol(client: SupabaseClient): Promise<void> {
  const { data, error } = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'planted' });
  if (error) throw error;
  const shown = await client.auth.mfa.challengeAndVerify({
    factorId: data.id,
    code: await codeOf(data.totp.secret),
  });
  expect(shown.error).toBeNull();
}
/** Globex makes an account for somebody else's address, signs in to it and puts an authenticator of its own on it. */
async function squat(email: string) {
  const seat = await employ('globex', email);
  const given = await give('globex', seat, planted);
  expect(given.data.signInGiven).toBe('password');
  const squatter = await byPassword(email, planted);
  if (!squatter) throw new Error('Globex could not sign in to what it made.');
  await enter(squatter);
  await enrol(squatter);
  return { squatter, seat: { id: seat.id, version: given.data.version } };
}
const factorsOf = (email: string) =>
  installation.sql(
    `${installation.prefix}_auth`,
    'select 1 from factors f join users u on u.id = f.user_id where u.email = $1',
    [email],
  );
async function expectShut(client: SupabaseClient): Promise<void> {
  const { data } = await client.auth.getSession();
  const { error } = await client.auth.refreshSession({ refresh_token: data.session?.refresh_token ?? '' });
  expect(error).not.toBeNull();
}
const idOf = async (slug: string) =>
  (await control<{ id: string }>('select id from tenant_metadata where slug = $1', [slug]))[0]?.id ?? '';
/** Goes to the company, as a person who works for several does. */
async function goTo(slug: string, client: SupabaseClient): Promise<void> {
  const token = (await client.auth.getSession()).data.session?.access_token ?? '';
  const chosen = await installation.node.mutate('auth.chooseCompany', {
    token,
    input: { tenantId: await idOf(slug) },
  });
  expect(chosen.error).toBeUndefined();
  await client.auth.refreshSession();
  await enter(client);
}
const isInAcme = { data: { tenant: { slug: 'acme' } } };

describe('an account that another company made', () => {
  test('and took away again leaves neither its password nor its factor to the company that comes after', async () => {
    const email = address();
    const { squatter, seat } = await squat(email);
    expect((await take('globex', seat)).error).toBeUndefined();
    await expectShut(squatter);
    const given = await give('acme', await employ('acme', email), wanted);
    expect(given.data.signInGiven).toBe('password');
    expect(await byPassword(email, planted)).toBeNull();
    expect(await factorsOf(email)).toEqual([]);
    const person = await byPassword(email, wanted);
    expect(person).not.toBeNull();
  });

  test('and holds still keeps its owner out no longer than the mail takes, and opens nothing of theirs', async () => {
    const email = address();
    const { squatter } = await squat(email);
    const given = await give('acme', await employ('acme', email), wanted);
    expect(given.error).toBeUndefined();
    expect(given.data.signInGiven).toBe('proof');
    expect(await byPassword(email, wanted)).toBeNull();
    expect((await enter(squatter)).data.tenantId).not.toBe(await idOf('acme'));

    const owner = await prove(email);
    for (const password of [planted, wanted]) expect(await byPassword(email, password)).toBeNull();
    expect(await factorsOf(email)).toEqual([]);
    await expectShut(squatter);
    expect((await enter(squatter)).status).not.toBe(200);
    await goTo('acme', owner);
    expect(await query(owner, 'auth.me')).toMatchObject(isInAcme);
    // Globex doesn't get it back by inviting the address again.
    expect((await query(owner, 'vendors.list', { limit: 1 })).status).toBe(200);
  });

  test('is not entered by the password alone while the proof is asked for', async () => {
    const email = address();
    await installation.account(email);
    const given = await give('acme', await employ('acme', email));
    expect(given.data.signInGiven).toBe('proof');
    // Somebody who knows the password of the account isn't necessarily the reader of its mailbox.
    const client = await byPassword(email, 'correct horse battery');
    if (!client) throw new Error('The password was not set.');
    expect((await enter(client)).data.tenantId).toBeNull();
    expect((await query(client, 'auth.me')).error.data.code).toBe('FORBIDDEN');
    const owner = await prove(email);
    expect((await enter(owner)).data.tenantId).not.toBeNull();
    expect(await query(owner, 'auth.me')).toMatchObject(isInAcme);
    // The other session ended with the proof.
    expect((await query(client, 'auth.me')).error.data.code).toBe('SESSION_REVOKED');
    await expectShut(client);
  });

  test('is not entered by a proof that is older than the invitation', async () => {
    const email = address();
    const userId = await installation.account(email);
    const seat = await employ('acme', email);
    expect((await give('acme', seat)).data.signInGiven).toBe('proof');
    const client = await byMail(email);
    await control("update sign_in_invitations set since = now() + interval '5 seconds' where user_id = $1", [
      userId,
    ]);
    expect((await enter(client)).data.tenantId).toBeNull();
    expect(await control('select 1 from user_mappings where user_id = $1', [userId])).toEqual([]);
  });

  test('tells nothing by what its user writes about themselves', async () => {
    const email = address();
    const { squatter, seat } = await squat(email);
    const { error } = await squatter.auth.updateUser({
      data: { sign_in_intent: null, quartermaster: { installation: null }, tenant_id: null },
    });
    expect(error).toBeNull();
    expect((await take('globex', seat)).error).toBeUndefined();
    expect(
      await installation.sql(`${installation.prefix}_auth`, 'select 1 from users where email = $1', [email]),
    ).toEqual([]);
  });
});

describe('within a company', () => {
  test('a sign-in taken and given again opens with the new password alone', async () => {
    const email = address();
    const seat = await employ('acme', email);
    const first = await give('acme', seat, planted);
    const taken = await take('acme', { id: seat.id, version: first.data.version });
    expect(await byPassword(email, planted)).toBeNull();
    const again = await give('acme', { id: seat.id, version: taken.data.version }, wanted);
    expect(again.data.signInGiven).toBe('password');
    expect(await byPassword(email, planted)).toBeNull();
    expect(await byPassword(email, wanted)).not.toBeNull();
  });

  test('a password that was given opens nothing before it is changed, and everything after', async () => {
    const email = address();
    await give('acme', await employ('acme', email), wanted);
    const person = await byPassword(email, wanted);
    if (!person) throw new Error('The given password does not open the account.');
    expect((await enter(person)).data.passwordChangeRequired).toBe(true);
    expect((await query(person, 'auth.me')).data).toMatchObject({
      passwordChangeRequired: true,
      permissions: [],
    });
    const refused = await query(person, 'vendors.list', { limit: 1 });
    expect(refused.error.data).toMatchObject({ code: 'FORBIDDEN', reason: 'password_change_required' });
    // Opening once more changes nothing, a new password does.
    expect((await enter(person)).data.passwordChangeRequired).toBe(true);
    const changed = await person.auth.updateUser({ password: own, current_password: wanted });
    expect(changed.error).toBeNull();
    expect((await enter(person)).data.passwordChangeRequired).toBe(false);
    expect((await query(person, 'vendors.list', { limit: 1 })).status).toBe(200);
    // The auth server reports it to nobody, so this is where the trail learns of the change and its author.
    expect(
      await control(
        "select action, outcome from policy_sync_log where actor_email = $1 and action = 'user.given_password_changed'",
        [email],
      ),
    ).toEqual([{ action: 'user.given_password_changed', outcome: 'done' }]);
  });

  test('a given and a taken sign-in and a reset second factor name who did it', async () => {
    const email = address();
    const seat = await employ('acme', email);
    const given = await give('acme', seat);
    await change('acme', 'resetSecondFactor', { id: seat.id, version: given.data.version });
    await take('acme', { id: seat.id, version: given.data.version });
    const entries = await control<{ action: string; actor_email: string }>(
      `select distinct action, actor_email from policy_sync_log
       where action in ('user.linked', 'user.unlinked', 'user.second_factor_removed')
         and subject = (select subject from policy_sync_log where details->>'email' = $1 limit 1) order by action`,
      [email],
    );
    expect(entries).toEqual(
      ['user.linked', 'user.second_factor_removed', 'user.unlinked'].map((action) => ({
        action,
        actor_email: installation.ownerOf('acme'),
      })),
    );
  });
});

describe('with the same seed', () => {
  test('an operator is one from the proof of the mailbox on, with no credential of before', async () => {
    const email = address();
    await installation.account(email);
    const operators = new OperatorCommands(installation.node.server.platform.tenancy);
    const person = { email, name: 'An operator', password: wanted };
    expect(await operators.add(person, {})).toEqual({ added: false, how: 'proof' });
    const owner = await prove(email);
    for (const password of ['correct horse battery', wanted])
      expect(await byPassword(email, password)).toBeNull();
    expect((await enter(owner)).data.isOperator).toBe(true);
    expect((await query(owner, 'admin.tenants.list', { limit: 1 })).status).toBe(200);
    expect(await operators.add(person, {})).toEqual({ added: false, how: 'standing' });
  });

  test('an account that a company took away makes no operator of its former holder', async () => {
    const email = address();
    const { squatter, seat } = await squat(email);
    await take('globex', seat);
    const operators = new OperatorCommands(installation.node.server.platform.tenancy);
    expect(await operators.add({ email, name: 'An operator' }, {})).toEqual({
      added: true,
      how: 'invitation',
    });
    expect(await byPassword(email, planted)).toBeNull();
    await expectShut(squatter);
    const owner = await byMail(email, 'invite');
    expect((await enter(owner)).data.isOperator).toBe(true);
  });

  test('a new organisation has its owner from the proof on', async () => {
    const email = address();
    await squat(email);
    const { tenancy } = installation.node.server.platform;
    const record = await tenancy.lifecycle.createTenantDatabase({
      slug: 'initech',
      name: 'Initech',
      plan: 'standard',
      ownerEmail: email,
      ownerName: 'Its owner',
      ownerPassword: wanted,
    });
    expect(record.settings).toMatchObject({ ownerGiven: 'proof' });
    const owner = await prove(email);
    for (const password of [planted, wanted]) expect(await byPassword(email, password)).toBeNull();
    await goTo('initech', owner);
    expect((await enter(owner)).data.tenantId).toBe(record.id);
    expect((await query(owner, 'auth.me')).data).toMatchObject({
      tenant: { slug: 'initech' },
      roles: ['owner'],
    });
  }, 30_000);
});

test('two companies that give the same address at once make one account, and one of them has to be proved', async () => {
  const email = address();
  const seats = { acme: await employ('acme', email), globex: await employ('globex', email) };
  const given = await Promise.all([give('acme', seats.acme, wanted), give('globex', seats.globex, planted)]);
  expect(given.map(({ data }) => data.signInGiven).sort()).toEqual(['password', 'proof']);
  await prove(email);
  // Whoever came first: the proof removed the password.
  for (const password of [planted, wanted]) expect(await byPassword(email, password)).toBeNull();
  expect(await control('select 1 from user_mappings where email = $1', [email])).toHaveLength(2);
});

test('one person works for two companies by their own proof, is in one at a time, and each ends their sessions in it', async () => {
  const email = address();
  const inGlobex = await employ('globex', email);
  await give('globex', inGlobex);
  const client = await byMail(email, 'email');
  expect((await enter(client)).data).toMatchObject({ passwordChangeRequired: false });
  const inAcme = await employ('acme', email);
  expect((await give('acme', inAcme)).data.signInGiven).toBe('proof');
  const stateOf = async () =>
    (
      await installation.node.query('employees.signInState', {
        token: owners['acme'] ?? '',
        input: { id: inAcme.id },
      })
    ).data;
  expect(await stateOf()).toEqual({ state: 'proof' });
  await client.auth.signInWithOtp({ email });
  const proved = await client.auth.verifyOtp({
    email,
    token: await installation.codeFor(email),
    type: 'email',
  });
  expect(proved.error).toBeNull();
  // Whatever the proof was for, they stay in the company they work in.
  expect((await enter(client)).data).toMatchObject({ refreshToken: false });
  await client.auth.refreshSession();
  await enter(client);
  const companyOf = async () =>
    ((await query(client, 'auth.me')).data['tenant'] as { slug: string } | null)?.slug;
  expect(await companyOf()).toBe('globex');
  expect(await stateOf()).toEqual({ state: 'given' });

  const { items } = (await query(client, 'auth.companies')).data as {
    items: { id: string; slug: string; current: boolean }[];
  };
  expect(items.map(({ slug, current }) => [slug, current])).toEqual([
    ['acme', false],
    ['globex', true],
  ]);
  const choose = async (tenantId: string) => {
    const { data } = await client.auth.getSession();
    const token = data.session?.access_token ?? '';
    return installation.node.mutate('auth.chooseCompany', { token, input: { tenantId } });
  };
  expect((await choose(randomUUID())).error?.data.code).toBe('NOT_FOUND');
  expect((await choose(await idOf('acme'))).error).toBeUndefined();
  await client.auth.refreshSession();
  await enter(client);
  expect(await companyOf()).toBe('acme');
  expect((await choose(await idOf('globex'))).error).toBeUndefined();
  await client.auth.refreshSession();
  // The token names the other company now; the session is not open there yet.
  expect((await query(client, 'vendors.list', {})).error?.data.code).toBe('UNAUTHENTICATED');
  expect((await enter(client)).data).toMatchObject({ tenantId: await idOf('globex'), refreshToken: false });
  expect(await companyOf()).toBe('globex');
  expect((await query(client, 'vendors.list', {})).error).toBeUndefined();

  const seat = await installation.node.query<{ version: number }>('employees.get', {
    token: owners['globex'] ?? '',
    input: { id: inGlobex.id },
  });
  expect(
    (await change('globex', 'signOut', { id: inGlobex.id, version: seat.data.version })).error,
  ).toBeUndefined();
  expect((await query(client, 'vendors.list', {})).error?.data.code).toBe('SESSION_REVOKED');
});

test('an owner who has not proved the mailbox yet does not count as one: the last who can act stays', async () => {
  const email = address();
  await employ('globex', email).then((seat) => give('globex', seat));
  const seat = await employ('acme', email);
  const promoted = await change<{ version: number }>('acme', 'assignRoles', { ...seat, roles: ['owner'] });
  const asked = await give('acme', { ...seat, version: promoted.data.version });
  expect(asked.data).toMatchObject({ signInGiven: 'proof', hasSignIn: true });
  const ask = (procedure: string, input?: unknown) =>
    installation.node.query<{ employee: { id: string }; version: number }>(procedure, {
      token: owners['acme'] ?? '',
      ...(input === undefined ? {} : { input }),
    });
  const { id } = (await ask('auth.me')).data.employee;
  const { version } = (await ask('employees.get', { id })).data;
  const gone = await change('acme', 'assignRoles', { id, version, roles: ['viewer'] });
  expect(gone.error?.data).toMatchObject({ code: 'NOT_ALLOWED_IN_STATE' });
});

test('an account of another installation on the same auth server is left alone', async () => {
  const email = address();
  const { identities } = installation.node.server.platform.tenancy;
  const person = { email, name: 'Theirs', password: own };
  await identities.make(person, { installation: randomUUID(), madeFor: randomUUID() });
  const given = await give('acme', await employ('acme', email), wanted);
  expect(given.error.message).toMatch(/another installation/);
  expect(await byPassword(email, own)).not.toBeNull();
});

/** Somebody who works at acme with a password of their own, invited by mail. */
async function worker() {
  const email = address();
  const seat = await employ('acme', email);
  const given = await give('acme', seat);
  const client = await byMail(email, 'invite');
  await enter(client);
  return { email, client, seat: { id: seat.id, version: given.data.version } };
}
const tokenCompany = async (client: SupabaseClient) => {
  await client.auth.refreshSession();
  const opened = await enter(client);
  expect(opened.data.refreshToken).toBe(false);
  return ((await query(client, 'auth.me')).data['tenant'] as { slug: string }).slug;
};

test('a company that gives a sign-in anew sets no password on an account its owner has entered meanwhile', async () => {
  const email = address();
  const seat = await employ('globex', email);
  const given = await give('globex', seat, planted);
  // The note of that is still there, as after a server that was killed.
  await control(
    `insert into sign_in_intents (id, tenant_id, kind, subject, attempt)
     select (u.mark->>'made_for')::uuid, t.id, 'give', $1, gen_random_uuid() from tenant_metadata t,
            (select $2::jsonb as mark) u where t.slug = 'globex'`,
    [
      email,
      (
        await installation.sql<{ mark: object }>(
          `${installation.prefix}_auth`,
          "select app_metadata->'quartermaster' as mark from users where email = $1",
          [email],
        )
      )[0]?.mark,
    ],
  );
  expect((await give('acme', await employ('acme', email))).data.signInGiven).toBe('proof');
  await prove(email);
  const taken = await take('globex', { id: seat.id, version: given.data.version });
  const again = await give('globex', { id: seat.id, version: taken.data.version }, planted);
  expect(again.data.signInGiven).toBe('proof');
  expect(await byPassword(email, planted)).toBeNull();
  expect(await byPassword(email, own)).not.toBeNull();
});

test('an operator who has yet to prove the mailbox loses the right once it is taken back, no matter who else invites them', async () => {
  const email = address();
  await installation.account(email);
  const operators = new OperatorCommands(installation.node.server.platform.tenancy);
  expect(await operators.add({ email, name: 'An operator' }, {})).toEqual({ added: false, how: 'proof' });
  const tried = await give('globex', await employ('globex', email), planted);
  expect(tried.data.signInGiven).toBe('proof');
  expect(await operators.remove(email, {})).toEqual({ revoked: 0 });
  const owner = await prove(email);
  expect((await enter(owner)).data).toMatchObject({ isOperator: false, tenantId: await idOf('globex') });
});

describe('a person with a second factor', () => {
  test('shows it, though nobody asks for one here: neither password nor mailbox opens anything', async () => {
    const { email, client } = await worker();
    await enrol(client);
    await enter(client);
    expect((await query(client, 'vendors.list', { limit: 1 })).status).toBe(200);

    const thief = await byPassword(email, own);
    if (!thief) throw new Error('The password does not open the account.');
    const reader = installation.client();
    await reader.auth.resetPasswordForEmail(email);
    const token = await installation.codeFor(email);
    expect((await reader.auth.verifyOtp({ email, token, type: 'recovery' })).error).toBeNull();
    for (const half of [thief, reader]) {
      expect((await enter(half)).status).toBe(200);
      expect((await query(half, 'auth.me')).data).toMatchObject({
        secondFactorRequired: true,
        permissions: [],
        settings: null,
      });
      const refused = await query(half, 'vendors.list', { limit: 1 });
      expect(refused.error.data).toMatchObject({ code: 'FORBIDDEN', reason: 'second_factor_required' });
      const changed = await installation.node.mutate('vendors.create', {
        token: (await half.auth.getSession()).data.session?.access_token ?? '',
        key: randomUUID(),
        input: { code: 'THIEF', name: 'A thief' },
      });
      expect(changed.error.data).toMatchObject({ code: 'FORBIDDEN', reason: 'second_factor_required' });
    }
  });
});

test('a person made inactive by one company is let into their other one', async () => {
  const { email, client, seat } = await worker();
  await give('globex', await employ('globex', email));
  const reader = installation.client();
  const token = await installation.codeFor(email);
  expect((await reader.auth.verifyOtp({ email, token, type: 'email' })).error).toBeNull();
  await enter(reader);
  expect(await tokenCompany(reader)).toBe('acme');
  await change('acme', 'update', { ...seat, status: 'inactive' });
  // Acme signs them out; at globex they still work.
  await expectShut(client);
  const back = await byPassword(email, own);
  if (!back) throw new Error('The password does not open the account.');
  expect((await enter(back)).data.refreshToken).toBe(true);
  expect(await tokenCompany(back)).toBe('globex');
});

test('a token that names a company which is its person’s no more is put right when the session is opened', async () => {
  const { client } = await worker();
  const { data } = await client.auth.getUser();
  const [globex] = await control<{ id: string }>("select id from tenant_metadata where slug = 'globex'");
  await installation.node.server.platform.tenancy.identities.setTenant(
    data.user?.id ?? '',
    globex?.id ?? null,
  );
  await client.auth.refreshSession();
  expect((await enter(client)).data.refreshToken).toBe(true);
  expect(await tokenCompany(client)).toBe('acme');
});

describe('what a session of before adds in the very moment in which its credentials are taken off', () => {
  /** Runs the statement for a user just when the auth server sets their password. */
  async function atThatMoment<T>(statement: string, work: () => Promise<T>): Promise<T> {
    const database = `${installation.prefix}_auth`;
    await installation.sql(
      database,
      `create function that_moment() returns trigger language plpgsql as $f$ begin ${statement} return new; end $f$`,
    );
    await installation.sql(
      database,
      'create trigger that_moment before update of password_hash on users for each row execute function that_moment()',
    );
    try {
      return await work();
    } finally {
      await installation.sql(database, 'drop function that_moment cascade');
    }
  }

  test('is taken off as well, where it is a second factor', async () => {
    const email = address();
    await squat(email);
    const seat = await employ('acme', email);
    expect((await give('acme', seat)).data.signInGiven).toBe('proof');
    const reader = await read(email);
    await atThatMoment(
      `insert into factors (id, user_id, friendly_name, factor_type, status, sealed_secret, created_at, updated_at)
       select gen_random_uuid(), new.id, 'late', 'totp', 'verified', sealed_secret, now(), now() from factors limit 1;`,
      () => disown(reader),
    );
    expect((await enter(reader)).data.passwordChangeRequired).toBe(true);
    expect(await factorsOf(email)).toEqual([]);
  });

  test('lets nobody in, where it is a telephone', async () => {
    const email = address();
    await squat(email);
    const seat = await employ('acme', email);
    expect((await give('acme', seat)).data.signInGiven).toBe('proof');
    const reader = await read(email);
    const tried = await atThatMoment("new.phone = '919800000001';", () => disown(reader));
    expect(tried.error.data.code).toBe('NOT_ALLOWED_IN_STATE');
    expect(
      await control('select 1 from user_mappings where email = $1 and tenant_id = $2', [
        email,
        await idOf('acme'),
      ]),
    ).toEqual([]);
  });
});
