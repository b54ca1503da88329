import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdAt } from '../fixtures/held.ts';
import type { Hold, Point } from '../fixtures/held.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Answer, Installation, Node } from '../fixtures/installation.ts';
import { clusterUrl } from '../fixtures/postgres.ts';

/**
 * What happens to a sign-in at the same moment on two nodes, round after round, each a little shifted. Whatever the
 * order, no right is left that nobody gave, no session of what has ended, and nothing half done.
 */
const rounds = 6;
const given = 'given by somebody else';
const own = 'known to its owner alone';
const companies = ['acme', 'globex'] as const;
type Slug = (typeof companies)[number];

let installation: Installation;
/** The people's node is the installation's; the companies work at another one. */
let elsewhere: Node;
const owners: Record<string, string> = {};
const tenantIds: Record<string, string> = {};
let count = 0;

beforeAll(async () => {
  installation = await startInstallation();
  elsewhere = await installation.startNode();
  for (const slug of companies) {
    tenantIds[slug] = (await installation.provision(slug)).id;
    owners[slug] = await installation.open(installation.ownerOf(slug));
  }
}, 60_000);
afterAll(() => installation.close());

interface Seat {
  id: string;
  version: number;
}

const address = () => {
  count += 1;
  return `somebody-${String(count)}@${installation.prefix}.test`;
};
/** By a company, at its node. */
const change = (slug: Slug, procedure: string, input: object): Promise<Answer<Seat>> =>
  elsewhere.mutate<Seat>(`employees.${procedure}`, { token: owners[slug] ?? '', key: randomUUID(), input });
async function done(answer: Promise<Answer<Seat>>): Promise<Seat> {
  const { error, data } = await answer;
  expect(error).toBeUndefined();
  return data;
}
async function employ(slug: Slug, email: string): Promise<Seat> {
  const { id, version } = await done(change(slug, 'create', { name: 'Somebody', email }));
  return done(change(slug, 'assignRoles', { id, version, roles: ['viewer'] }));
}
const link = async (slug: Slug, email: string, password?: string): Promise<Seat> => {
  const { id, version } = await employ(slug, email);
  return done(change(slug, 'linkSignIn', { id, version, ...(password !== undefined && { password }) }));
};
const tokenOf = async (client: SupabaseClient) =>
  (await client.auth.getSession()).data.session?.access_token ?? '';
const call = async (client: SupabaseClient, procedure: string, input?: unknown) =>
  installation.node.mutate(procedure, { token: await tokenOf(client), input });
const read = async (client: SupabaseClient) =>
  installation.node.query('vendors.list', { token: await tokenOf(client), input: { limit: 1 } });

/** Signed in by the newest mail; no session is open yet. */
async function reader(email: string): Promise<SupabaseClient> {
  const client = installation.client();
  const token = await installation.codeFor(email);
  expect((await client.auth.verifyOtp({ email, token, type: 'email' })).error).toBeNull();
  return client;
}
async function enter(client: SupabaseClient): Promise<void> {
  const opened = await call(client, 'auth.openSession');
  expect(opened.error).toBeUndefined();
  const { error } = await client.auth.updateUser({ password: own });
  if (error) expect(error.code).toBe('same_password');
  await client.auth.refreshSession();
  expect((await call(client, 'auth.openSession')).error).toBeUndefined();
}
async function byPassword(email: string, password: string): Promise<SupabaseClient> {
  const client = installation.client();
  expect((await client.auth.signInWithPassword({ email, password })).error).toBeNull();
  return client;
}

/** Both at once: one of them begins up to 15 ms after the other, a little later each time. */
async function meanwhile(round: number, one: () => Promise<unknown>, other: () => Promise<unknown>) {
  const shift = (round - rounds / 2) * 5;
  await Promise.all([sleep(Math.max(0, -shift)).then(one), sleep(Math.max(0, shift)).then(other)]);
}

/**
 * One change is held at a point of its work while another begins, and either finishes or waits for the first. Then the
 * first goes on. The result is the same every time, and wrong if nothing makes the second wait.
 */
async function whileHeld(
  at: Point | Pick<Hold, 'reached' | 'end'>,
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
) {
  const hold = 'end' in at ? at : await holdAt(clusterUrl, at);
  const works = [one()];
  const settled = Promise.allSettled(works);
  let hasEnded = false;
  try {
    await hold.reached();
    works.push(other().finally(() => (hasEnded = true)));
    await expect.poll(async () => hasEnded || (await somebodyWaits()), { timeout: 10_000 }).toBe(true);
  } finally {
    await hold.end('done');
    await settled;
  }
  await Promise.all(works);
}

/** Holds the next token's company back on its way from the people's node to the auth server, where nothing is locked yet. */
function onItsWayToTheAuthServer(): Pick<Hold, 'reached' | 'end'> {
  const { identities } = installation.node.server.platform.tenancy;
  const setTenant = identities.setTenant.bind(identities);
  const [reached, arrive] = signal();
  const [mayGoOn, goOn] = signal();
  identities.setTenant = async (userId, tenantId) => {
    identities.setTenant = setTenant;
    arrive();
    await mayGoOn;
    await setTenant(userId, tenantId);
  };
  return { reached: () => reached, end: () => Promise.resolve(goOn()) };
}

function signal(): [Promise<void>, () => void] {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return [given, give];
}

const somebodyWaits = async () => {
  const waiting = await control(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
        and query like '%hashtextextended(''quartermaster %'`,
  );
  return waiting.length > 0;
};

const control = <Row extends object>(text: string, values?: unknown[]) =>
  installation.sql<Row>(`${installation.prefix}_control`, text, values);
const atAuthServer = <Row extends object>(text: string, values?: unknown[]) =>
  installation.sql<Row>(`${installation.prefix}_auth`, text, values);

interface Found {
  mapped: string[];
  invited: string[];
  linked: string[];
}

/** Looks at every side of an address once all is settled; gives the companies by what they have of it. */
async function requireWhole(email: string): Promise<Found> {
  // The companies' own owners are left out: they are settled some minutes after their companies were made.
  const unsettled = () =>
    control(`select subject as what from sign_in_intents where subject not like 'owner-%'
             union all select user_id::text from session_endings`);
  await expect.poll(unsettled, { timeout: 10_000 }).toEqual([]);
  const users = await atAuthServer<{ id: string; tenant: string | null }>(
    "select id::text, app_metadata->>'tenant_id' as tenant from users where email = $1",
    [email],
  );
  expect(users.length).toBeLessThanOrEqual(1);
  const rights = (table: string) =>
    control<{ user_id: string; slug: string; id: string }>(
      `select r.user_id::text, t.slug, t.id::text from ${table} r join tenant_metadata t on t.id = r.tenant_id
        where r.email = $1 order by t.slug`,
      [email],
    );
  const [mapped, invited] = [await rights('user_mappings'), await rights('sign_in_invitations')];
  const linked: { user_id: string; slug: string }[] = [];
  for (const slug of companies) {
    const [seat] = await installation.sql<{ user_id: string }>(
      `${installation.prefix}_t_${slug}`,
      'select auth_user_id::text as user_id from employees where email = $1 and auth_user_id is not null',
      [email],
    );
    if (seat) linked.push({ user_id: seat.user_id, slug });
  }
  const sides = (list: { user_id: string; slug: string }[]) =>
    list.map(({ user_id: userId, slug }) => `${slug} ${userId}`);
  // A linked person has a right or an invitation, never both, and nobody else has one; all of them name the account.
  expect([...sides(mapped), ...sides(invited)].sort()).toEqual(sides(linked).sort());
  for (const { user_id: userId } of linked) expect(users.map(({ id }) => id)).toContain(userId);
  // What the next token names is theirs.
  const claims = [null, ...[...mapped, ...invited].map(({ id }) => id)];
  for (const { tenant } of users) expect(claims).toContain(tenant);
  const sessions = await control<{ tenant: string | null; there: string }>(
    `select tenant_id::text as tenant, auth_session_id::text as there from sessions
      where email = $1 and revoked_at is null and expires_at > now()`,
    [email],
  );
  for (const { tenant, there } of sessions) {
    expect([null, ...mapped.map(({ id }) => id)]).toContain(tenant);
    expect(await atAuthServer('select 1 from auth.sessions where id = $1', [there])).toHaveLength(1);
  }
  const slugs = (list: { slug: string }[]) => list.map(({ slug }) => slug);
  return { mapped: slugs(mapped), invited: slugs(invited), linked: slugs(linked) };
}

const inRounds = describe.each(Array.from({ length: rounds }, (_, round) => [round]));

inRounds('in round %i', (round) => {
  test('a proof of the mailbox while the company takes the sign-in away lets nobody in', async () => {
    const email = address();
    await installation.account(email);
    const seat = await link('acme', email);
    const client = await reader(email);
    await meanwhile(
      round,
      () => call(client, 'auth.openSession'),
      () => done(change('acme', 'unlinkSignIn', { id: seat.id, version: seat.version })),
    );
    expect(await requireWhole(email)).toEqual({ mapped: [], invited: [], linked: [] });
    expect((await read(client)).status).not.toBe(200);
  });

  test('a proof of the mailbox while another company invites loses neither', async () => {
    const email = address();
    await installation.account(email);
    await link('acme', email);
    const client = await reader(email);
    const { id, version } = await employ('globex', email);
    await meanwhile(
      round,
      () => enter(client),
      () => done(change('globex', 'linkSignIn', { id, version })),
    );
    const { mapped, invited, linked } = await requireWhole(email);
    expect(linked).toEqual(['acme', 'globex']);
    expect(mapped).toContain('acme');
    expect([...mapped, ...invited].sort()).toEqual(['acme', 'globex']);
  });

  test('a company that is chosen while it takes the sign-in away is not entered, and the other one is', async () => {
    const email = address();
    await link('acme', email);
    const client = await reader(email);
    await enter(client);
    const seat = await link('globex', email);
    const again = await reader(email);
    await enter(again);
    await meanwhile(
      round,
      () => call(again, 'auth.chooseCompany', { tenantId: tenantIds['globex'] }),
      () => done(change('globex', 'unlinkSignIn', { id: seat.id, version: seat.version })),
    );
    expect(await requireWhole(email)).toMatchObject({ mapped: ['acme'], invited: [] });
    expect((await read(again)).status).not.toBe(200);
    const anew = await byPassword(email, own);
    expect((await call(anew, 'auth.openSession')).error).toBeUndefined();
    expect((await read(anew)).status).toBe(200);
  });

  test('a session that is opened while its person is made inactive stays closed, even once they are back', async () => {
    const email = address();
    const seat = await link('acme', email);
    await enter(await reader(email));
    const client = await byPassword(email, own);
    let idle = seat;
    await meanwhile(
      round,
      () => call(client, 'auth.openSession'),
      async () => {
        idle = await done(
          change('acme', 'update', { id: seat.id, version: seat.version, status: 'inactive' }),
        );
      },
    );
    await requireWhole(email);
    expect(
      await control('select jti from sessions where email = $1 and revoked_at is null', [email]),
    ).toEqual([]);
    expect((await read(client)).status).not.toBe(200);
    await done(change('acme', 'update', { id: seat.id, version: idle.version, status: 'active' }));
    expect((await read(client)).status).not.toBe(200);
    expect((await call(client, 'auth.openSession')).status).not.toBe(200);
    expect((await client.auth.refreshSession()).error).not.toBeNull();
  });

  test('a session that is revoked while it is refreshed is of no use, here or at the auth server', async () => {
    const email = address();
    await link('acme', email);
    const other = await reader(email);
    await enter(other);
    const client = await byPassword(email, own);
    const opened = await call(client, 'auth.openSession');
    const before = await tokenOf(client);
    await meanwhile(
      round,
      () => client.auth.refreshSession(),
      async () =>
        expect((await call(other, 'auth.revokeSession', { jti: opened.data['jti'] })).error).toBeUndefined(),
    );
    await requireWhole(email);
    for (const token of [before, await tokenOf(client)]) {
      const answer = await installation.node.query('vendors.list', { token, input: { limit: 1 } });
      expect(answer.status).not.toBe(200);
      const again = await elsewhere.mutate('auth.openSession', { token });
      expect(again.status).not.toBe(200);
      if (token !== '') expect((await client.auth.getUser(token)).error).not.toBeNull();
    }
    expect((await client.auth.refreshSession()).error).not.toBeNull();
    expect((await read(other)).status).toBe(200);
  });

  test('a first password that is changed while the sign-in is taken away opens nothing, nor does the new one', async () => {
    const email = address();
    const seat = await link('acme', email, given);
    const client = await byPassword(email, given);
    await call(client, 'auth.openSession');
    await meanwhile(
      round,
      async () => {
        await client.auth.updateUser({ password: own, current_password: given });
        await call(client, 'auth.openSession');
      },
      () => done(change('acme', 'unlinkSignIn', { id: seat.id, version: seat.version })),
    );
    expect(await requireWhole(email)).toEqual({ mapped: [], invited: [], linked: [] });
    expect((await read(client)).status).not.toBe(200);
    for (const password of [given, own]) {
      const { error } = await installation.client().auth.signInWithPassword({ email, password });
      expect(error?.code).toBe('invalid_credentials');
    }
    expect(await control('select 1 from accounts where email = $1', [email])).toEqual([]);
  });
});

describe('at the very moment in which', () => {
  const give =
    (slug: Slug, { id, version }: Seat) =>
    () =>
      done(change(slug, 'linkSignIn', { id, version }));
  const take =
    (slug: Slug, { id, version }: Seat) =>
    () =>
      done(change(slug, 'unlinkSignIn', { id, version }));
  const authDatabase = () => `${installation.prefix}_auth`;
  const controlDatabase = () => `${installation.prefix}_control`;

  test('an account is made for one company, another one finds it made, and asks for the proof', async () => {
    const email = address();
    const seats = { acme: await employ('acme', email), globex: await employ('globex', email) };
    const invited = { table: 'outbox', event: 'insert', when: `new.sent_to = '${email}'` } as const;
    await whileHeld(
      { database: authDatabase(), ...invited },
      give('acme', seats.acme),
      give('globex', seats.globex),
    );
    expect(await requireWhole(email)).toEqual({
      mapped: ['acme'],
      invited: ['globex'],
      linked: ['acme', 'globex'],
    });
  });

  test('an account goes with its company, another one that gives it under its newer address makes its own', async () => {
    const [email, newer] = [address(), address()];
    const seat = await link('acme', email);
    await enter(await reader(email));
    const seatThere = await employ('globex', newer);
    const [user] = await atAuthServer<{ id: string }>(
      'update users set email = $2 where email = $1 returning id::text',
      [email, newer],
    );
    await whileHeld(
      { database: authDatabase(), table: 'users', event: 'delete', when: `old.email = '${newer}'` },
      take('acme', seat),
      give('globex', seatThere),
    );
    expect(await requireWhole(newer)).toEqual({ mapped: ['globex'], invited: [], linked: ['globex'] });
    expect(await atAuthServer('select 1 from users where id = $1', [user?.id])).toEqual([]);
  });

  test('a proof lets somebody in, the company that takes the sign-in away puts them out', async () => {
    const email = address();
    await installation.account(email);
    const seat = await link('acme', email);
    const client = await reader(email);
    await whileHeld(
      {
        database: controlDatabase(),
        table: 'user_mappings',
        event: 'insert',
        when: `new.email = '${email}'`,
      },
      () => call(client, 'auth.openSession'),
      take('acme', seat),
    );
    expect(await requireWhole(email)).toEqual({ mapped: [], invited: [], linked: [] });
    expect((await read(client)).status).not.toBe(200);
  });

  test('a company is chosen, its taking the sign-in away leaves no token that names it', async () => {
    const email = address();
    await link('acme', email);
    await enter(await reader(email));
    const seat = await link('globex', email);
    const client = await reader(email);
    await enter(client);
    await whileHeld(
      onItsWayToTheAuthServer(),
      () => call(client, 'auth.chooseCompany', { tenantId: tenantIds['globex'] }),
      take('globex', seat),
    );
    expect(await requireWhole(email)).toEqual({ mapped: ['acme'], invited: [], linked: ['acme'] });
  });

  test('somebody is signed out, no session of theirs is opened', async () => {
    const email = address();
    const { id, version } = await link('acme', email);
    await enter(await reader(email));
    const client = await byPassword(email, own);
    await whileHeld(
      {
        database: controlDatabase(),
        table: 'policy_sync_log',
        event: 'insert',
        when: "new.action = 'user.revoked'",
      },
      () => done(change('acme', 'signOut', { id, version })),
      () => call(client, 'auth.openSession'),
    );
    await requireWhole(email);
    expect(
      await control('select jti from sessions where email = $1 and revoked_at is null', [email]),
    ).toEqual([]);
    expect((await read(client)).status).not.toBe(200);
  });
});
