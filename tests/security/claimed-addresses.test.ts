import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OperatorCommands } from '../../server/admin/operators/operators.service.ts';
import type { GivenHow } from '../../server/auth/account-giving.ts';
import { ReturningPeople } from '../../server/tenancy/removal/returning-people.ts';
import { codeOf } from '../fixtures/authenticator-code.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

/** Every entry that claims an address, met by every claim of others on it: the reader of the mailbox always gets in. */
const given = 'given by somebody else';
const own = 'known to its owner alone';

let installation: Installation;
const owners: Record<string, string> = {};
const tenantIds: Record<string, string> = {};
let count = 0;

beforeAll(async () => {
  installation = await startInstallation();
  for (const slug of ['acme', 'globex']) {
    tenantIds[slug] = (await installation.provision(slug)).id;
    owners[slug] = await installation.open(installation.ownerOf(slug));
  }
}, 60_000);
afterAll(() => installation.close());

const tenancy = () => installation.node.server.platform.tenancy;
const operators = () => new OperatorCommands(tenancy());
const tokenOf = async (client: SupabaseClient) =>
  (await client.auth.getSession()).data.session?.access_token ?? '';
const call = async (client: SupabaseClient, procedure: string, input?: unknown) =>
  installation.node.mutate(procedure, { token: await tokenOf(client), input });
const me = async (client: SupabaseClient) =>
  (await installation.node.query('auth.me', { token: await tokenOf(client) })).data;

async function change<T>(slug: string, procedure: string, input: object): Promise<T> {
  const token = owners[slug] ?? '';
  const answer = await installation.node.mutate<T>(`employees.${procedure}`, {
    token,
    key: randomUUID(),
    input,
  });
  expect(answer.error).toBeUndefined();
  return answer.data;
}
interface Seat {
  id: string;
  version: number;
  signInGiven: GivenHow;
}
async function linkSignIn(slug: string, email: string, password?: string): Promise<Seat> {
  const made = await change<Seat>(slug, 'create', { name: 'Somebody', email });
  const { id, version } = await change<Seat>(slug, 'assignRoles', {
    id: made.id,
    version: made.version,
    roles: ['viewer'],
  });
  return change<Seat>(slug, 'linkSignIn', { id, version, ...(password === undefined ? {} : { password }) });
}

/** Opens the session, with a token that names the company where the last one didn't. */
async function open(client: SupabaseClient): Promise<void> {
  const opened = await call(client, 'auth.openSession');
  expect(opened.error).toBeUndefined();
  if (opened.data['refreshToken'] !== true) return;
  await client.auth.refreshSession();
  expect((await call(client, 'auth.openSession')).data['refreshToken']).toBe(false);
}

/** Signs in by the newest mail, as its reader; a second factor that isn't theirs and a password of others go. */
async function byMail(email: string, code?: string): Promise<SupabaseClient> {
  const client = installation.client();
  const token = code ?? (await installation.codeFor(email));
  expect((await client.auth.verifyOtp({ email, token, type: 'email' })).error).toBeNull();
  await open(client);
  if ((await me(client))['secondFactorDisownable'] === true) {
    expect((await call(client, 'auth.disownSecondFactor')).error).toBeUndefined();
    await open(client);
  }
  if ((await me(client))['passwordChangeRequired'] === true)
    expect((await client.auth.updateUser({ password: own })).error).toBeNull();
  await client.auth.refreshSession();
  expect((await call(client, 'auth.openSession')).data).toMatchObject({ passwordChangeRequired: false });
  return client;
}
async function byPassword(email: string, password: string): Promise<SupabaseClient> {
  const client = installation.client();
  expect((await client.auth.signInWithPassword({ email, password })).error).toBeNull();
  await call(client, 'auth.openSession');
  return client;
}
async function enrol(client: SupabaseClient): Promise<{ factorId: string; secret: string }> {
  const { data, error } = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'a phone' });
  if (error) throw error;
  const shown = await client.auth.mfa.challengeAndVerify({
    factorId: data.id,
    code: await codeOf(data.totp.secret),
  });
  expect(shown.error).toBeNull();
  return { factorId: data.id, secret: data.totp.secret };
}

type Slug = string;
/** Claims an address without a password; gives what became of it, and the company it is for. */
const entries: Record<string, (email: string) => Promise<{ how: GivenHow; slug: Slug | null }>> = {
  'operators.add': async (email) => ({
    how: (await operators().add({ email, name: 'An operator' }, {})).how,
    slug: null,
  }),
  'employees.linkSignIn': async (email) => ({
    how: (await linkSignIn('acme', email)).signInGiven,
    slug: 'acme',
  }),
  'the first owner of a new company': async (email) => {
    count += 1;
    const slug = `made-${String(count)}`;
    const { settings } = await tenancy().lifecycle.createTenantDatabase({
      slug,
      name: slug,
      plan: 'standard',
      ownerEmail: email,
      ownerName: 'Its owner',
    });
    return { how: settings.ownerGiven as GivenHow, slug };
  },
  'a restored company': async (email) => {
    const seat = await change<Seat>('acme', 'create', { name: 'Returning', email });
    await change('acme', 'assignRoles', { id: seat.id, version: seat.version, roles: ['viewer'] });
    const record = await tenancy().records.byId(tenantIds['acme'] ?? '');
    if (!record) throw new Error('There is no acme.');
    const client = new pg.Client({
      connectionString: new URL(`/${record.database_name}`, installation.config.databaseUrl).href,
    });
    await client.connect();
    try {
      await client.query('update employees set auth_user_id = gen_random_uuid() where id = $1', [seat.id]);
      const people = new ReturningPeople(tenancy().signIns, { id: record.id, client });
      await people.letInWithAccount();
      expect(await people.invite()).toMatchObject({ withoutSignIn: [], waiting: [] });
      const { rows } = await client.query<{ user: string }>(
        'select auth_user_id as "user" from employees where id = $1',
        [seat.id],
      );
      const waiting = await tenancy().signIns.accounts.invitedAmong([rows[0]?.user ?? ''], record.id);
      return { how: waiting.size > 0 ? 'proof' : 'invitation', slug: 'acme' };
    } finally {
      await client.end();
    }
  },
};

/** What others did with the address before, and how the platform or a company answers the claim. */
const before: Record<
  string,
  { arrange: (email: string) => Promise<unknown>; platform: GivenHow; company: GivenHow }
> = {
  'by nobody': { arrange: () => Promise.resolve(), platform: 'invitation', company: 'invitation' },
  'by somebody unknown, with a password': {
    arrange: (email) => installation.account(email),
    platform: 'proof',
    company: 'proof',
  },
  'by another company, unproved': {
    arrange: async (email) => {
      await installation.account(email);
      expect((await linkSignIn('globex', email)).signInGiven).toBe('proof');
    },
    platform: 'proof',
    company: 'proof',
  },
  'by another company, which made it and put a second factor on it': {
    arrange: async (email) => {
      await linkSignIn('globex', email, given);
      await enrol(await byPassword(email, given));
    },
    platform: 'proof',
    company: 'proof',
  },
  'by another company, which made it and took it away': {
    arrange: async (email) => {
      const { id, version } = await linkSignIn('globex', email, given);
      await change('globex', 'unlinkSignIn', { id, version });
    },
    platform: 'invitation',
    company: 'invitation',
  },
  'by another company, proved': {
    arrange: async (email) => {
      await linkSignIn('globex', email);
      await byMail(email);
    },
    platform: 'proof',
    company: 'proof',
  },
  'by the platform, unproved': {
    arrange: async (email) => {
      await installation.account(email);
      await operators().add({ email, name: 'An operator' }, {});
    },
    platform: 'proof',
    company: 'proof',
  },
  'by the platform, with a password it gave': {
    arrange: (email) => operators().add({ email, name: 'An operator', password: given }, {}),
    platform: 'standing',
    company: 'proof',
  },
  'by another company, and the account was deleted at the auth server': {
    arrange: async (email) => {
      await linkSignIn('globex', email);
      const user = await tenancy().identities.findByEmail(email);
      await tenancy().identities.removeUser(user?.id ?? '');
    },
    platform: 'invitation',
    company: 'invitation',
  },
};

describe.each(Object.entries(entries))('%s', (entry, claim) => {
  test.each(Object.entries(before))(
    'of an address claimed %s lets its reader in',
    async (_claimed, { arrange, platform, company }) => {
      count += 1;
      const email = `reader-${String(count)}@${installation.prefix}.test`;
      await arrange(email);
      const { how, slug } = await claim(email);
      expect(how).toBe(entry === 'operators.add' ? platform : company);
      if (how === 'standing') {
        expect((await operators().list()).map((one) => one.email)).toContain(email);
        return;
      }
      const client = await byMail(email);
      if (slug === null) {
        expect((await me(client))['isOperator']).toBe(true);
        expect((await call(client, 'admin.sessions.revokeUser', { userId: randomUUID() })).status).not.toBe(
          403,
        );
        return;
      }
      const { data } = await installation.node.query<{ items: { slug: string }[] }>('auth.companies', {
        token: await tokenOf(client),
      });
      expect(data.items.map((item) => item.slug)).toContain(slug);
    },
    30_000,
  );
});

test('what an operator’s company does to them keeps them out of no other thing', async () => {
  const email = `both@${installation.prefix}.test`;
  const seat = await linkSignIn('acme', email);
  await operators().add({ email, name: 'Both' }, {});
  const client = await byMail(email);
  expect((await client.auth.updateUser({ password: own })).error).toBeNull();
  expect(await me(client)).toMatchObject({ isOperator: true, tenant: { slug: 'acme' } });
  const { version } = (
    await installation.node.query<Seat>('employees.get', {
      token: owners['acme'] ?? '',
      input: { id: seat.id },
    })
  ).data;
  // The second factor of an operator is not the company's to take.
  const reset = await installation.node.mutate('employees.resetSecondFactor', {
    token: owners['acme'] ?? '',
    key: randomUUID(),
    input: { id: seat.id, version },
  });
  expect(reset.error.data.code).toBe('FORBIDDEN');
  const idle = await change<Seat>('acme', 'update', { id: seat.id, version, status: 'inactive' });
  await byPassword(email, own).then(async (again) => {
    expect(await me(again)).toMatchObject({ isOperator: true, tenant: null });
    const { status } = await installation.node.query('admin.tenants.list', {
      token: await tokenOf(again),
      input: {},
    });
    expect(status).toBe(200);
  });
  // Removing the operator leaves the company's person in place.
  await operators().remove(email, {});
  await change('acme', 'update', { id: seat.id, version: idle.version, status: 'active' });
  expect(await me(await byPassword(email, own))).toMatchObject({
    isOperator: false,
    tenant: { slug: 'acme' },
  });
});

describe('what was used with a second factor that the reader of the mailbox says is not theirs', () => {
  test('stays shut to them in the company, until the company takes the sign-in away and gives it again', async () => {
    const email = `guarded@${installation.prefix}.test`;
    const seat = await linkSignIn('globex', email, given);
    const client = await byPassword(email, given);
    expect((await client.auth.updateUser({ password: own, current_password: given })).error).toBeNull();
    await enrol(client);
    expect((await call(client, 'auth.openSession')).data).toMatchObject({ passwordChangeRequired: false });
    await linkSignIn('acme', email);
    const reader = await byMail(email);
    expect(await companiesOf(reader)).toEqual(['acme']);
    expect(
      (await call(reader, 'auth.chooseCompany', { tenantId: tenantIds['globex'] })).error?.data.code,
    ).toBe('NOT_FOUND');
    const token = owners['globex'] ?? '';
    const state = () => installation.node.query('employees.signInState', { token, input: { id: seat.id } });
    expect((await state()).data).toEqual({ state: 'held' });
    // Another proof doesn't open it either.
    const again = await byMailAnew(email);
    expect(await companiesOf(again)).toEqual(['acme']);
    await again.auth.signOut({ scope: 'local' });

    const taken = await change<Seat>('globex', 'unlinkSignIn', { id: seat.id, version: seat.version });
    const back = await change<Seat>('globex', 'linkSignIn', { id: seat.id, version: taken.version });
    expect(back.signInGiven).toBe('proof');
    expect((await state()).data).toEqual({ state: 'proof' });
    expect(await companiesOf(await byMailAnew(email))).toEqual(['acme', 'globex']);
  });

  test('stays shut to them at the platform, until they are added again', async () => {
    const email = `guarded-operator@${installation.prefix}.test`;
    await operators().add({ email, name: 'An operator', password: given }, {});
    await enrol(await byPassword(email, given));
    await linkSignIn('acme', email);
    const reader = await byMail(email);
    expect(await me(reader)).toMatchObject({ isOperator: false, tenant: { slug: 'acme' } });
    expect((await operators().add({ email, name: 'An operator' }, {})).how).toBe('proof');
    expect(await me(await byMailAnew(email))).toMatchObject({ isOperator: true });
  });
});

/** By one more mail: the last one was spent, and the next is sent in a minute. */
async function byMailAnew(email: string): Promise<SupabaseClient> {
  const { auth } = createClient(installation.authUrl, installation.serviceRoleKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await auth.admin.generateLink({ type: 'magiclink', email });
  if (error) throw error;
  return byMail(email, data.properties.email_otp);
}
async function companiesOf(client: SupabaseClient): Promise<string[]> {
  const { data } = await installation.node.query<{ items: { slug: string }[] }>('auth.companies', {
    token: await tokenOf(client),
  });
  return data.items.map(({ slug }) => slug);
}

test('an account its owner has a second factor on keeps it when another company invites them, and nobody is disturbed before the proof', async () => {
  const email = `own-factor@${installation.prefix}.test`;
  await linkSignIn('globex', email, given);
  const client = await byPassword(email, given);
  expect((await client.auth.updateUser({ password: own, current_password: given })).error).toBeNull();
  const { factorId, secret } = await enrol(client);
  await call(client, 'auth.openSession');
  expect((await linkSignIn('acme', email)).signInGiven).toBe('proof');
  // Their work goes on unaffected.
  expect(
    (await installation.node.query('vendors.list', { token: await tokenOf(client), input: { limit: 1 } }))
      .status,
  ).toBe(200);

  const reader = installation.client();
  const token = await installation.codeFor(email);
  expect((await reader.auth.verifyOtp({ email, token, type: 'email' })).error).toBeNull();
  await call(reader, 'auth.openSession');
  expect(
    (await tenancy().signIns.accounts.standing((await reader.auth.getUser()).data.user?.id ?? '')).tenants,
  ).toEqual([tenantIds['globex']]);
  const code = await codeOf(secret);
  expect((await reader.auth.mfa.challengeAndVerify({ factorId, code })).error).toBeNull();
  expect((await call(reader, 'auth.openSession')).data).toMatchObject({ passwordChangeRequired: true });
  const { data } = await reader.auth.mfa.listFactors();
  expect(data?.totp.map(({ id }) => id)).toEqual([factorId]);
  expect((await reader.auth.updateUser({ password: `${own}, anew` })).error).toBeNull();
  await reader.auth.refreshSession();
  await call(reader, 'auth.openSession');
  const companies = await installation.node.query<{ items: { slug: string }[] }>('auth.companies', {
    token: await tokenOf(reader),
  });
  expect(companies.data.items.map(({ slug }) => slug)).toEqual(['acme', 'globex']);
  // Once the address is proved, another invitation changes nothing in the account.
  expect((await call(reader, 'auth.disownSecondFactor')).error?.data.code).toBe('NOT_ALLOWED_IN_STATE');
});
