import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OperatorCommands } from '../../server/admin/operators/operators.service.ts';
import { startServer } from '../../server/main.ts';
import type { RunningServer } from '../../server/main.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callProcedure } from '../fixtures/wire.ts';

/**
 * Every way to end a session, followed by every way to use it: by the person's token, and by the refresh token that a
 * thief has copied, with Supabase's own client.
 */
let services: TestServices;
/** An API that holds no database of the auth server, as with a hosted project. */
let hosted: RunningServer;
let operator: string;
let password = 0;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'] });
  const { config } = services;
  hosted = await startServer({ ...config, port: 0, auth: { ...config.auth, databaseUrl: undefined } });
  operator = await services.signIn(await services.addOperator());
});
afterAll(async () => {
  await hosted.close();
  await services.stop();
});

interface Device {
  client: SupabaseClient;
  token: string;
  jti: string;
  userId: string;
}

interface Scene {
  email: string;
  /** The session that is to end. */
  lost: Device;
  /** Another session of the same person. */
  other: Device;
  /** Signed in as the owner of the person's company. */
  owner: string;
  tenant: { id: string; slug: string };
  call: (procedure: string, input: unknown, token: string) => Promise<{ status: number }>;
}

const platform = () => services.tenancy;

async function device(email: string): Promise<Device> {
  const client = createClient(services.authUrl, services.anonKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await client.auth.signInWithPassword({ email, password: testPassword });
  if (error) throw error;
  const token = data.session.access_token;
  const opened = await services.call<{ jti: string }>('auth.openSession', { device: 'a desk' }, token);
  expect(opened.error).toBeUndefined();
  return { client, token, jti: opened.data.jti, userId: data.user.id };
}

async function employeeOf({ email, owner }: Scene): Promise<{ id: string; version: number }> {
  const { data } = await services.call<{ items: { id: string; version: number }[] }>(
    'employees.list',
    { search: email, limit: 1 },
    owner,
  );
  const [found] = data.items;
  if (!found) throw new Error(`There is no employee ${email}.`);
  return { id: found.id, version: found.version };
}

const ofEmployee =
  (procedure: string, more: object = {}) =>
  async (scene: Scene) =>
    scene.call(procedure, { ...(await employeeOf(scene)), ...more }, scene.owner);

type Way = (scene: Scene) => Promise<unknown>;

const people: Record<string, Way> = {
  'signed out by itself': ({ call, lost }) => call('auth.logout', { scope: 'local' }, lost.token),
  'revoked from another session': ({ call, lost, other }) =>
    call('auth.revokeSession', { jti: lost.jti }, other.token),
  'signed out as one of the others': ({ call, other }) =>
    call('auth.logout', { scope: 'others' }, other.token),
  'signed out everywhere': ({ call, other }) => call('auth.logout', { scope: 'global' }, other.token),
  'signed out by the company': ofEmployee('employees.signOut'),
  'without a sign-in any more': ofEmployee('employees.unlinkSignIn'),
  'without its second factor any more': ofEmployee('employees.resetSecondFactor'),
  'put out of work': ofEmployee('employees.update', { status: 'inactive' }),
  'put out of work and taken back': async (scene) => {
    await ofEmployee('employees.update', { status: 'inactive' })(scene);
    return ofEmployee('employees.update', { status: 'active' })(scene);
  },
  'revoked by an operator': ({ call, lost }) =>
    call('admin.sessions.revokeUser', { userId: lost.userId }, operator),
};

const companies: Record<string, Way> = {
  'of a company everyone of which is signed out': ({ call, tenant }) =>
    call('admin.sessions.revokeTenant', { tenantId: tenant.id }, operator),
  'of a company that is locked': ({ call, tenant }) =>
    call('admin.tenants.lockdown', { id: tenant.id }, operator),
  'of a company that was locked and opened again': async ({ call, tenant }) => {
    await call('admin.tenants.lockdown', { id: tenant.id }, operator);
    return call('admin.tenants.reactivate', { id: tenant.id }, operator);
  },
  'of a company that is deleted': ({ call, tenant }) =>
    call('admin.tenants.deprovision', { id: tenant.id, confirm: tenant.slug }, operator),
};

/** What the auth server does by itself, or was made to do behind our back. */
const elsewhere: Record<string, Way> = {
  'of a person who has changed the password elsewhere': async ({ other }) => {
    password += 1;
    const { error } = await other.client.auth.updateUser({
      password: `another one ${String(password)}`,
      current_password: testPassword,
    });
    expect(error).toBeNull();
  },
  'of a person who is banned': ({ lost }) =>
    admin().auth.admin.updateUserById(lost.userId, { ban_duration: '24h' }),
  'of a person who was banned for a while': async ({ lost }) => {
    await admin().auth.admin.updateUserById(lost.userId, { ban_duration: '24h' });
    await expect.poll(() => called(lost), noticed).toBe('refused');
    await admin().auth.admin.updateUserById(lost.userId, { ban_duration: 'none' });
  },
  'of a person who is deleted': ({ lost }) => admin().auth.admin.deleteUser(lost.userId),
};

const noticed = { timeout: 10_000, interval: 200 };
const admin = () =>
  createClient(services.authUrl, services.serviceRoleKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });

const works = (error: unknown) => (error ? 'refused' : 'works');

const called = async ({ token }: Device) => works((await services.call('auth.me', undefined, token)).error);

/** What a session, or who has copied it, can do. */
async function use({ client, token }: Device, apiUrl: string): Promise<Record<string, string>> {
  const answers = (procedure: string, kind: 'query' | 'mutation') =>
    callProcedure({ apiUrl, procedure, kind, token });
  password += 1;
  const me = await answers('auth.me', 'query');
  const read = await callProcedure({
    apiUrl,
    procedure: 'vendors.list',
    kind: 'query',
    token,
    input: { limit: 1 },
  });
  const taken = `taken over ${String(password)}`;
  // Even a thief who knows the current password.
  const change = await client.auth.updateUser({ password: taken, current_password: testPassword });
  const factor = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: `f ${String(password)}` });
  const raw = await fetch(`${services.authUrl}/auth/v1/user`, {
    method: 'PUT',
    headers: {
      apikey: services.anonKey,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ password: `${taken} again`, current_password: taken }),
  });
  const refreshed = await client.auth.refreshSession();
  const opened = await answers('auth.openSession', 'mutation');
  return {
    call: works(me.error),
    'reading the company': works(read.error),
    'change of the password': works(change.error ?? !raw.ok),
    'new factor': works(factor.error),
    refresh: works(refreshed.error),
    'opening again': works(opened.error),
  };
}

const nothing = {
  call: 'refused',
  'reading the company': 'refused',
  'change of the password': 'refused',
  'new factor': 'refused',
  refresh: 'refused',
  'opening again': 'refused',
};

async function sceneIn(slug: string, api: RunningServer | undefined): Promise<Scene> {
  const tenant = services.tenants[slug];
  if (!tenant) throw new Error(`There is no company ${slug}.`);
  const email = await services.addPerson(slug, ['viewer']);
  const apiUrl = api?.url ?? services.apiUrl;
  return {
    email,
    tenant,
    lost: await device(email),
    other: await device(email),
    owner: await services.signIn(tenant.ownerEmail),
    async call(procedure, input, token) {
      const kind = 'mutation';
      const answer = await callProcedure({ apiUrl, procedure, kind, token, input });
      expect(answer.error).toBeUndefined();
      return answer;
    },
  };
}

test('a session that is open does all of it', async () => {
  const { lost } = await sceneIn('acme', undefined);
  expect(Object.values(await use(lost, services.apiUrl))).toEqual(Array(6).fill('works'));
});

describe.each(['whose database is ours', 'that has its API alone'])('with an auth server %s', (kind) => {
  const api = () => (kind === 'whose database is ours' ? undefined : hosted);
  const apiUrl = () => api()?.url ?? services.apiUrl;

  test.each(Object.entries(people))('a session %s is of no use at all', async (_way, end) => {
    const scene = await sceneIn('acme', api());
    await end(scene);
    expect(await use(scene.lost, apiUrl())).toEqual(nothing);
  });

  test.each(Object.entries(companies))('a session %s is of no use at all', async (_way, end) => {
    const slug = `c${String(Date.now())}`;
    await services.provision(slug);
    const scene = await sceneIn(slug, api());
    await end(scene);
    expect(await use(scene.lost, apiUrl())).toEqual(nothing);
    expect(await use(scene.other, apiUrl())).toEqual(nothing);
  });

  test('an operator who is none any more has no use of a session left', async () => {
    const email = await services.addOperator();
    const lost = await device(email);
    const tenancy = api()?.platform.tenancy ?? platform();
    await new OperatorCommands(tenancy).remove(email, {});
    expect(await use(lost, apiUrl())).toEqual(nothing);
  });

  test('the session it was asked from goes on, and so does its refresh token', async () => {
    const scene = await sceneIn('acme', api());
    await people['signed out as one of the others']?.(scene);
    expect(Object.values(await use(scene.other, apiUrl()))).toEqual(Array(6).fill('works'));
  });

  test('who signs in anew after it goes on', async () => {
    const scene = await sceneIn('acme', api());
    await people['signed out by the company']?.(scene);
    const anew = await device(scene.email);
    await api()?.platform.tenancy.endings.settleLeftBehind();
    expect(Object.values(await use(anew, apiUrl()))).toEqual(Array(6).fill('works'));
  });
});

test.each(Object.entries(elsewhere))('a session %s ends here too, within seconds', async (_way, end) => {
  const scene = await sceneIn('acme', undefined);
  await end(scene);
  await expect.poll(() => called(scene.lost), noticed).toBe('refused');
  expect(await use(scene.lost, services.apiUrl)).toEqual(nothing);
});

test.each(['banned', 'deleted'])('a person who is %s opens no session, and keeps none', async (what) => {
  const scene = await sceneIn('acme', hosted);
  if (what === 'banned') await elsewhere['of a person who is banned']?.(scene);
  else await elsewhere['of a person who is deleted']?.(scene);
  const { token } = scene.lost;
  const opened = await callProcedure({
    apiUrl: hosted.url,
    procedure: 'auth.openSession',
    kind: 'mutation',
    token,
  });
  expect([opened.status, opened.error?.code]).toEqual([401, 'SESSION_REVOKED']);
  const after = await callProcedure({ apiUrl: hosted.url, procedure: 'auth.me', kind: 'query', token });
  expect([after.status, after.error?.code]).toEqual([401, 'SESSION_REVOKED']);
});
