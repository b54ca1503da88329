import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../server/main.ts';
import type { RunningServer } from '../../server/main.ts';
import { aadhaarCheckDigit } from '../../server/domains/employees/employees.contract.ts';
import { PASSWORD, startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay } from '../fixtures/relay.ts';

let installation: Installation;
let relay: Relay;
let server: RunningServer;
let text = '';

interface Line {
  level: number;
  msg: string;
  requestId?: string;
  procedure?: string;
  user?: string;
  tenant?: string;
  code?: string;
  err?: { message: string; code?: string; stack?: string; table?: string };
}
const lines = () =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const linesOf = (requestId: string) => lines().filter((line) => line.requestId === requestId);

const levels = { debug: 20, info: 30, warn: 40, error: 50 };
const person = {
  name: 'Lakshmi Venkataraman',
  email: 'lakshmi.private@nowhere.test',
  phone: '+919812345670',
  pan: 'ABCPV1234D',
  aadhaar: `23456789012${aadhaarCheckDigit('23456789012')}`,
};

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  const direct = new URL(installation.config.databaseUrl);
  relay = await startRelay(direct.hostname, Number(direct.port));
  const through = new URL(direct);
  through.port = String(relay.port);
  server = await startServer(
    { ...installation.config, databaseUrl: through.href, logLevel: 'trace' },
    { logStream: { write: (line) => void (text += line) } },
  );
});
afterAll(async () => {
  await server.close();
  await installation.close();
  await relay.close();
});

let requests = 0;
/** Sends a request under an id of its own; gives the id and what came back. */
async function send(
  path: string,
  {
    token,
    input,
    headers = {},
    body,
    key,
  }: {
    token?: string;
    input?: unknown;
    headers?: Record<string, string>;
    body?: string;
    key?: string;
  } = {},
): Promise<{ id: string; code: string; data: Record<string, unknown> }> {
  requests += 1;
  const id = `request-${String(requests).padStart(6, '0')}`;
  const isPost = body !== undefined;
  const query = !isPost && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
  const response = await fetch(`${server.url}/api/trpc/${path}${query}`, {
    method: isPost ? 'POST' : 'GET',
    headers: {
      'x-request-id': id,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(isPost ? { 'content-type': 'application/json' } : {}),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    ...(isPost ? { body } : {}),
  });
  const answer = (await response.json()) as {
    result?: { data: Record<string, unknown> };
    error?: { data: { code: string } };
  };
  return { id, code: answer.error?.data.code ?? 'OK', data: answer.result?.data ?? {} };
}

const create = (token: string, more: object = {}, key: string = randomUUID()) =>
  send('employees.create', { token, key, body: JSON.stringify({ ...person, ...more }) });
const acme = (sql: string) => installation.sql(`${installation.prefix}_t_acme`, sql);

async function signedIn(): Promise<{ token: string; user: string; tenant: string }> {
  const token = await installation.signIn(installation.ownerOf('acme'));
  const opened = await send('auth.openSession', { token, body: '{"device":"desk"}' });
  expect(opened.code).toBe('OK');
  const me = await send('auth.me', { token });
  return {
    token,
    user: (me.data.user as { id: string }).id,
    tenant: (me.data.tenant as { id: string }).id,
  };
}

describe('the log', () => {
  test('names request, procedure, user and tenant of every change, and of reading when it is asked for', async () => {
    const { token, user, tenant } = await signedIn();
    const made = await send('vendors.create', {
      token,
      key: randomUUID(),
      body: '{"code":"LOG","name":"Logged"}',
    });
    expect(linesOf(made.id)).toMatchObject([
      { level: levels.info, procedure: 'vendors.create', user, tenant },
    ]);
    const read = await send('vendors.list', { token, input: { search: 'Logged' } });
    expect(linesOf(read.id)).toMatchObject([
      { level: levels.debug, procedure: 'vendors.list', user, tenant },
    ]);
  });

  test('says of every failure whose it was and why, as loud as it is grave', async () => {
    const { token, user, tenant } = await signedIn();
    const who = { user, tenant };
    const missing = await send('vendors.get', { token, input: { id: randomUUID() } });
    expect(linesOf(missing.id)).toMatchObject([
      { level: levels.info, procedure: 'vendors.get', code: 'NOT_FOUND', ...who },
    ]);
    const wrong = await send('vendors.create', { token, body: '{"code":' });
    expect(linesOf(wrong.id)).toMatchObject([
      { level: levels.info, procedure: 'vendors.create', code: 'INVALID' },
    ]);
    const operators = await send('admin.tenants.list', { token });
    expect(linesOf(operators.id)).toMatchObject([{ level: levels.info, code: 'FORBIDDEN', ...who }]);
    const nobody = await send('auth.me', { token: 'x.y.z' });
    expect(linesOf(nobody.id)).toMatchObject([{ level: levels.debug, code: 'UNAUTHENTICATED' }]);
    const unknown = await send(`no.such.${person.pan}`, { token });
    expect(linesOf(unknown.id)).toMatchObject([{ level: levels.info, code: 'NOT_FOUND' }]);
    expect(linesOf(unknown.id)[0]?.procedure).toBeUndefined();

    await acme('alter table vendors rename to vendors_away');
    const defect = await send('vendors.list', { token, input: { search: person.email } });
    await acme('alter table vendors_away rename to vendors');
    expect(defect.code).toBe('UNAVAILABLE');
    expect(linesOf(defect.id)).toMatchObject([
      { level: levels.error, procedure: 'vendors.list', err: { code: '42P01' }, ...who },
    ]);
    expect(linesOf(defect.id)[0]?.err?.stack).toContain('at ');
  });

  test('says of an outage what it was', async () => {
    const { token, user, tenant } = await signedIn();
    relay.set('refuse');
    const away = await create(token);
    relay.set('pass');
    expect(away.code).toBe('UNAVAILABLE');
    const [line] = linesOf(away.id);
    expect(line).toMatchObject({ level: levels.warn, procedure: 'employees.create' });
    expect(line?.err?.message).not.toBe('');
    if (line?.user !== undefined) expect(line).toMatchObject({ user, tenant });
    await expect
      .poll(async () => (await send('vendors.list', { token, input: {} })).code, { timeout: 10_000 })
      .toBe('OK');
  });

  test('holds no token, password, key, number or name of anybody, whatever is sent and whatever breaks', async () => {
    const { token } = await signedIn();
    const key = randomUUID();
    const forged = `${token.slice(0, -20)}${'A'.repeat(20)}`;
    expect((await create(token, {}, key)).code).toBe('OK');
    expect((await create(token, {}, key)).code).toBe('OK');
    expect((await create(token)).code).not.toBe('OK');
    expect((await create(token, { pan: null, aadhaar: null })).code).not.toBe('OK');
    await create(token, { pan: `${person.pan}X`, email: `not-${person.email}@` });
    await send('employees.list', {
      token,
      input: { search: person.email, filter: { nonsense: person.pan } },
    });
    await send('employees.list', { token, input: { search: person.name } });
    await send('employees.list', { token: forged, input: { search: person.aadhaar } });
    await send(`employees.list?token=${token}&access_token=${token}`, { token });
    await send('employees.create', { token, body: `{"password":"${PASSWORD}","pan":"${person.pan}"` });
    await send('employees.create', {
      token,
      body: `"${person.aadhaar}"`,
      headers: { 'content-type': 'text/xml' },
    });
    await send('employees.create', {
      token,
      body: JSON.stringify(person),
      headers: { 'idempotency-key': `${key} ${person.pan}` },
    });
    await send('auth.me', {
      headers: { authorization: `Basic ${Buffer.from(`x:${PASSWORD}`).toString('base64')}` },
    });
    await send('auth.openSession', { token: installation.serviceRoleKey, body: '{}' });

    // An unexpected error of PostgreSQL whose text quotes a row.
    await acme(`create function spill() returns trigger language plpgsql as $$ begin
      raise exception 'for % and % with postgresql://u:hunter-of-logs@host/db', new.email, '${person.pan}'
        using errcode = 'P0001', detail = new.name, hint = new.phone, table = 'employees';
      end $$; create trigger spill before insert on employees for each row execute function spill()`);
    const spilled = await create(token, {
      email: 'other.private@nowhere.test',
      pan: null,
      aadhaar: null,
    });
    await acme('drop trigger spill on employees');
    expect(spilled.code).toBe('UNAVAILABLE');
    expect(linesOf(spilled.id)).toMatchObject([
      { level: levels.error, err: { code: 'P0001', table: 'employees' } },
    ]);

    relay.set('refuse');
    await create(token);
    await send('auth.openSession', { token, body: '{}' });
    relay.set('pass');
    await send('auth.logout', { token, body: '{"scope":"local"}' });
    await send('auth.me', { token });

    const { config } = installation;
    const secrets = {
      token,
      signature: token.split('.')[2],
      forged,
      password: PASSWORD,
      'password in an address': 'hunter-of-logs',
      'service role key': installation.serviceRoleKey,
      'secret key': config.secretKey,
      'password of the database': new URL(config.databaseUrl).password,
      key,
      ...person,
      'first name': 'Lakshmi',
      'other address': 'other.private',
      phone: person.phone.slice(3),
      'encoded search': encodeURIComponent(person.email),
    };
    expect(lines().length).toBeGreaterThan(30);
    for (const [what, secret] of Object.entries(secrets)) {
      expect(secret?.length, what).toBeGreaterThan(4);
      expect(text.includes(secret ?? ''), what).toBe(false);
    }
    for (const line of lines()) {
      if (line.level < levels.warn || line.procedure === undefined) continue;
      expect(line.requestId, JSON.stringify(line)).toBeTypeOf('string');
    }
  });
});
