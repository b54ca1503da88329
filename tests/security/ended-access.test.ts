import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OperatorCommands } from '../../server/admin/operators/operators.service.ts';
import { endings } from '../../server/auth/endings.ts';
import type { Ending } from '../../server/auth/endings.ts';
import type { Tenancy } from '../../server/tenancy/tenancy.ts';
import { codeOf } from '../fixtures/authenticator-code.ts';
import { startServer } from '../../server/main.ts';
import type { RunningServer } from '../../server/main.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callProcedure } from '../fixtures/wire.ts';
import type { Answer } from '../fixtures/wire.ts';
import { procedures } from './walk/procedures.ts';

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
  /** The API that the scene plays at. */
  apiUrl: string;
  tenancy: Tenancy;
  call: <T>(procedure: string, input: unknown, token: string) => Promise<Answer<T>>;
}

const platform = () => services.tenancy;

async function device(email: string, apiUrl = services.apiUrl): Promise<Device> {
  const client = createClient(services.authUrl, services.anonKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await client.auth.signInWithPassword({ email, password: testPassword });
  if (error) throw error;
  const token = data.session.access_token;
  const opened = await callProcedure<{ jti: string }>({
    apiUrl,
    procedure: 'auth.openSession',
    kind: 'mutation',
    token,
    input: { device: 'a desk' },
  });
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

interface Way {
  /** The procedure that is called; null for a command of the host. */
  by: string | null;
  /** Which ending of the product's own list it is. */
  ending: Ending;
  end: (scene: Scene) => Promise<unknown>;
}

/** The mailbox is read, by a code that was mailed to nobody else; gives the token. */
async function readMail(email: string): Promise<string> {
  const { data, error } = await admin().auth.admin.generateLink({ type: 'magiclink', email });
  if (error) throw error;
  const reader = createClient(services.authUrl, services.anonKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const token = data.properties.email_otp;
  const entered = await reader.auth.verifyOtp({ email, token, type: 'email' });
  if (entered.error) throw entered.error;
  return entered.data.session?.access_token ?? '';
}

/** Somebody else invites the address: the platform, which waits for the proof of its mailbox. */
const invite = async ({ email }: Scene) =>
  expect(await new OperatorCommands(platform()).add({ email, name: 'Invited' }, {})).toMatchObject({
    how: 'proof',
  });

async function onAuthServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: services.config.auth.databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function enrol({ client }: Device): Promise<void> {
  const { data, error } = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'a phone' });
  if (error) throw error;
  const code = await codeOf(data.totp.secret);
  expect((await client.auth.mfa.challengeAndVerify({ factorId: data.id, code })).error).toBeNull();
}

/** What a killed attempt leaves: an account of ours that the control plane doesn't know. */
async function leftOver(scene: Scene): Promise<string> {
  const installation = await platform().signIns.accounts.installation();
  password += 1;
  const email = `left-over-${String(password)}@acme.test`;
  const person = { email, name: 'Left over', password: testPassword };
  await platform().identities.make(person, { installation, madeFor: randomUUID() });
  scene.lost = await device(email);
  return email;
}

const people: Record<string, Way> = {
  'signed out by itself': {
    by: 'auth.logout',
    ending: 'signed out',
    end: ({ call, lost }) => call('auth.logout', { scope: 'local' }, lost.token),
  },
  'revoked from another session': {
    by: 'auth.revokeSession',
    ending: 'revoked by its user',
    end: ({ call, lost, other }) => call('auth.revokeSession', { jti: lost.jti }, other.token),
  },
  'signed out as one of the others': {
    by: 'auth.logout',
    ending: 'signed out from another session',
    end: ({ call, other }) => call('auth.logout', { scope: 'others' }, other.token),
  },
  'signed out everywhere': {
    by: 'auth.logout',
    ending: 'signed out everywhere',
    end: ({ call, other }) => call('auth.logout', { scope: 'global' }, other.token),
  },
  'signed out by the company': {
    by: 'employees.signOut',
    ending: 'signed out by the company',
    end: ofEmployee('employees.signOut'),
  },
  'without a sign-in any more': {
    by: 'employees.unlinkSignIn',
    ending: 'the sign-in was taken away',
    end: ofEmployee('employees.unlinkSignIn'),
  },
  'without its second factor any more': {
    by: 'employees.resetSecondFactor',
    ending: 'the second factor was taken away',
    end: ofEmployee('employees.resetSecondFactor'),
  },
  'put out of work': {
    by: 'employees.update',
    ending: 'signed out by the company',
    end: ofEmployee('employees.update', { status: 'inactive' }),
  },
  'put out of work and taken back': {
    by: 'employees.update',
    ending: 'signed out by the company',
    end: async (scene) => {
      await ofEmployee('employees.update', { status: 'inactive' })(scene);
      return ofEmployee('employees.update', { status: 'active' })(scene);
    },
  },
  'revoked by an operator': {
    by: 'admin.sessions.revokeUser',
    ending: 'revoked by an operator',
    end: ({ call, lost }) => call('admin.sessions.revokeUser', { userId: lost.userId }, operator),
  },
  'revoked by an operator, who says why': {
    by: 'admin.sessions.revokeUser',
    ending: 'revoked by an operator',
    end: ({ call, lost }) =>
      call('admin.sessions.revokeUser', { userId: lost.userId, reason: 'A laptop was stolen' }, operator),
  },
  'of an account whose owner has proved the mailbox': {
    by: 'auth.openSession',
    ending: 'the owner proved the mailbox',
    end: async (scene) => {
      await invite(scene);
      await scene.call('auth.openSession', {}, await readMail(scene.email));
    },
  },
  'of an account whose owner takes a factor of others off': {
    by: 'auth.disownSecondFactor',
    ending: 'the owner proved the mailbox',
    end: async (scene) => {
      await enrol(scene.lost);
      await invite(scene);
      const token = await readMail(scene.email);
      await scene.call('auth.openSession', {}, token);
      await scene.call('auth.disownSecondFactor', {}, token);
    },
  },
  'of an account whose owner has proved the mailbox too long ago': {
    by: 'auth.openSession',
    ending: 'the account waits for the proof of its mailbox',
    end: async (scene) => {
      await invite(scene);
      const token = await readMail(scene.email);
      await onAuthServer((client) =>
        client.query("update session_methods set used_at = now() - interval '2 days' where session_id = $1", [
          decodeJwt(token)['session_id'],
        ]),
      );
      const tried = await callProcedure({
        apiUrl: scene.apiUrl,
        procedure: 'auth.openSession',
        kind: 'mutation',
        token,
      });
      expect(tried.error?.code).toBe('SESSION_REVOKED');
    },
  },
  'of an account that an attempt has left over, once it is made anew': {
    by: 'employees.linkSignIn',
    ending: 'the account was made anew',
    end: async (scene) => {
      const email = await leftOver(scene);
      let seat: object = { name: 'Made anew', email };
      for (const procedure of ['create', 'assignRoles', 'linkSignIn']) {
        const more = procedure === 'assignRoles' ? { roles: ['viewer'] } : {};
        const answer = await services.call<{ id: string; version: number }>(
          `employees.${procedure}`,
          { ...seat, ...more },
          scene.owner,
        );
        expect(answer.error).toBeUndefined();
        seat = { id: answer.data.id, version: answer.data.version };
      }
    },
  },
  'of an account that an attempt has left over, once it is made for a new company': {
    by: 'admin.tenants.create',
    ending: 'the account was made anew',
    end: async (scene) => {
      const ownerEmail = await leftOver(scene);
      const slug = `anew${String(password)}`;
      const made = { slug, name: slug, plan: 'standard', ownerEmail, ownerName: 'Its owner' };
      await scene.call('admin.tenants.create', made, operator);
    },
  },
  'that was opened before the auth server could say that its second factor is missing': {
    by: 'auth.openSession',
    ending: 'the second factor was not shown',
    end: async (scene) => {
      await enrol(scene.other);
      const entered = await scene.lost.client.auth.signInWithPassword({
        email: scene.email,
        password: testPassword,
      });
      scene.lost.token = entered.data.session?.access_token ?? '';
      await onAuthServer(async (client) => {
        await client.query('begin');
        await client.query('lock table factors in access exclusive mode');
        const opened = await scene.call<{ jti: string }>('auth.openSession', {}, scene.lost.token);
        scene.lost.jti = opened.data.jti;
        await client.query('commit');
      });
      await expect.poll(() => called(scene.lost), noticed).toBe('refused');
      // Nobody waits for an answer this late.
      const left = async () =>
        (
          await platform().control.pool.query('select 1 from session_endings where user_id = $1', [
            scene.lost.userId,
          ])
        ).rowCount;
      await expect.poll(left, noticed).toBe(0);
    },
  },
  'of an operator who is none any more': {
    by: null,
    ending: 'no operator any more',
    end: async (scene) => {
      const email = await services.addOperator();
      scene.lost = await device(email);
      await new OperatorCommands(scene.tenancy).remove(email, {});
    },
  },
};

const companies: Record<string, Way> = {
  'of a company everyone of which is signed out': {
    by: 'admin.sessions.revokeTenant',
    ending: 'revoked by an operator',
    end: ({ call, tenant }) => call('admin.sessions.revokeTenant', { tenantId: tenant.id }, operator),
  },
  'of a company that is locked': {
    by: 'admin.tenants.lockdown',
    ending: 'lockdown',
    end: ({ call, tenant }) => call('admin.tenants.lockdown', { id: tenant.id }, operator),
  },
  'of a company that was locked and opened again': {
    by: 'admin.tenants.lockdown',
    ending: 'lockdown',
    end: async ({ call, tenant }) => {
      await call('admin.tenants.lockdown', { id: tenant.id }, operator);
      return call('admin.tenants.reactivate', { id: tenant.id }, operator);
    },
  },
  'of a company that is deleted': {
    by: 'admin.tenants.deprovision',
    ending: 'the tenant was deprovisioned',
    end: ({ call, tenant }) =>
      call('admin.tenants.deprovision', { id: tenant.id, confirm: tenant.slug }, operator),
  },
};

/** What the auth server does by itself, or was told to do by others. */
const elsewhere: Record<string, Way> = {
  'of a person who has changed the password elsewhere': {
    by: null,
    ending: 'ended at the sign-in service',
    end: async ({ other }) => {
      password += 1;
      const { error } = await other.client.auth.updateUser({
        password: `another one ${String(password)}`,
        current_password: testPassword,
      });
      expect(error).toBeNull();
    },
  },
  'of a person who is banned': {
    by: null,
    ending: 'the account is banned at the sign-in service',
    end: ({ lost }) => admin().auth.admin.updateUserById(lost.userId, { ban_duration: '24h' }),
  },
  'of a person who was banned for a while': {
    by: null,
    ending: 'the account is banned at the sign-in service',
    end: async ({ lost }) => {
      await admin().auth.admin.updateUserById(lost.userId, { ban_duration: '24h' });
      await expect.poll(() => called(lost), noticed).toBe('refused');
      await admin().auth.admin.updateUserById(lost.userId, { ban_duration: 'none' });
    },
  },
  'of a person who is deleted': {
    by: null,
    ending: 'the account is gone at the sign-in service',
    end: ({ lost }) => admin().auth.admin.deleteUser(lost.userId),
  },
};

/** The endings that the cases went through, as the audit trail names them. */
const reached = new Set<string>();
async function requireEnding({ lost, tenant }: Scene, { ending }: Way): Promise<void> {
  const told = async () => {
    const { rows } = await platform().control.pool.query<{ ending: string }>(
      `select coalesce(details->>'ending', details->>'reason') as ending from policy_sync_log
        where action in ('session.revoked', 'user.revoked', 'tenant.revoked') and subject = any ($1)`,
      [[lost.jti, lost.userId, tenant.id]],
    );
    return rows.map((row) => row.ending);
  };
  await expect.poll(told, noticed).toContain(ending);
  reached.add(ending);
}

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

/** One sign-in of an owner for all scenes of the company: nobody opens more than thirty sessions at a time. */
const owners = new Map<string, Promise<string>>();
function ownerIn(slug: string, email: string): Promise<string> {
  const known = owners.get(slug) ?? services.signIn(email);
  owners.set(slug, known);
  return known;
}

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
    owner: await ownerIn(slug, tenant.ownerEmail),
    apiUrl,
    tenancy: api?.platform.tenancy ?? platform(),
    async call<T>(procedure: string, input: unknown, token: string) {
      const kind = 'mutation';
      const answer = await callProcedure<T>({ apiUrl, procedure, kind, token, input });
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

  test.each(Object.entries(people))('a session %s is of no use at all', async (_sentence, way) => {
    const scene = await sceneIn('acme', api());
    await way.end(scene);
    await requireEnding(scene, way);
    expect(await use(scene.lost, apiUrl())).toEqual(nothing);
  });

  test.each(Object.entries(companies))('a session %s is of no use at all', async (_sentence, way) => {
    const slug = `c${String(Date.now())}`;
    await services.provision(slug);
    const scene = await sceneIn(slug, api());
    await way.end(scene);
    await requireEnding(scene, way);
    expect(await use(scene.lost, apiUrl())).toEqual(nothing);
    expect(await use(scene.other, apiUrl())).toEqual(nothing);
  });

  test('the session it was asked from goes on, and so does its refresh token', async () => {
    const scene = await sceneIn('acme', api());
    await people['signed out as one of the others']?.end(scene);
    expect(Object.values(await use(scene.other, apiUrl()))).toEqual(Array(6).fill('works'));
  });

  test('who signs in anew after it goes on', async () => {
    const scene = await sceneIn('acme', api());
    await people['signed out by the company']?.end(scene);
    const anew = await device(scene.email);
    await api()?.platform.tenancy.endings.settleLeftBehind();
    expect(Object.values(await use(anew, apiUrl()))).toEqual(Array(6).fill('works'));
  });
});

test.each(Object.entries(elsewhere))('a session %s ends here too, within seconds', async (_sentence, way) => {
  const scene = await sceneIn('acme', undefined);
  await way.end(scene);
  await expect.poll(() => called(scene.lost), noticed).toBe('refused');
  await requireEnding(scene, way);
  expect(await use(scene.lost, services.apiUrl)).toEqual(nothing);
});

/** How long an opening waits for the auth server before the token's own word counts, in milliseconds. */
const waitsFor = 1500;

test.each(['banned', 'deleted'])('a person who is %s opens no session, and keeps none', async (what) => {
  const email = await services.addPerson('acme', ['viewer']);
  // Open at this API alone: the other one looks up its own sessions at the auth server's database.
  const { token, userId } = await device(email, hosted.url);
  const account = admin().auth.admin;
  const { error } = await (what === 'banned'
    ? account.updateUserById(userId, { ban_duration: '24h' })
    : account.deleteUser(userId));
  expect(error).toBeNull();
  const ask = (procedure: string, kind: 'query' | 'mutation') =>
    callProcedure({ apiUrl: hosted.url, procedure, kind, token });
  const open = async () => {
    const begun = performance.now();
    const opened = await ask('auth.openSession', 'mutation');
    // Only a silent auth server lets anybody in; its later answer ends the session.
    if (opened.error === undefined) expect(performance.now() - begun).toBeGreaterThan(waitsFor - 50);
    return [opened.status, opened.error?.code];
  };
  await expect.poll(open, noticed).toEqual([401, 'SESSION_REVOKED']);
  const after = await ask('auth.me', 'query');
  expect([after.status, after.error?.code]).toEqual([401, 'SESSION_REVOKED']);
});

test('every procedure that may end sessions is tried here, by each ending it is marked with or another case of it', () => {
  const ways = [people, companies, elsewhere].flatMap((group) => Object.values(group));
  const tried = new Set(ways.map(({ by }) => by));
  const marked = procedures.filter(({ ends }) => (ends ?? []).length > 0);
  expect(marked.filter(({ name }) => !tried.has(name)).map(({ name }) => name)).toEqual([]);
  // A procedure's case is one that the procedure is marked with; the ladder allows a company's procedure no other ending.
  const marks = new Map(marked.map(({ name, ends }) => [name, ends]));
  const foreign = ways.filter(({ by, ending }) => by !== null && !marks.get(by)?.includes(ending));
  expect(foreign).toEqual([]);
});

test('every change outside of the companies says whether it ends sessions', () => {
  const silent = procedures.filter(
    ({ kind, step, ends }) => kind === 'mutation' && step !== 'tenant' && ends === undefined,
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('every ending the product knows has come about', () => {
  expect(endings.filter((ending) => !reached.has(ending))).toEqual([]);
});
