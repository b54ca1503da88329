import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TenantRecord } from '../../server/tenancy/tenant-records.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;
let acme: TenantRecord;
let globex: TenantRecord;
const clients: pg.Client[] = [];

/** A connection as the tenant's own login: what a thief of its password would have. */
async function asTenant(record: TenantRecord, more: Partial<pg.ClientConfig> = {}): Promise<pg.Client> {
  const address = await installation.node.server.platform.tenancy.records.address(record);
  const client = new pg.Client({ ...address, ...more });
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
}

const refused = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason as { code?: string },
  );
  return error?.code;
};

beforeAll(async () => {
  installation = await startInstallation();
  acme = await installation.provision('acme');
  globex = await installation.provision('globex');
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end().catch(() => {})));
  await installation.close();
});

describe('a stolen login of a tenant', () => {
  test('connects to its own database and to no other', async () => {
    const client = await asTenant(acme);
    expect((await client.query('select count(*)::int as n from employees')).rows).toEqual([{ n: 1 }]);
    const { names } = installation.node.server.platform.tenancy.control;
    for (const database of [globex.database_name, names.control, names.template, 'postgres', 'template1']) {
      const code = await refused(asTenant(acme, { database }));
      expect(['42501', '55000']).toContain(code);
    }
  });

  test('sees nothing under another tenant’s id, under none, or in a transaction that sets one', async () => {
    const client = await asTenant(acme);
    const seen = async () =>
      (await client.query<{ n: number }>('select count(*)::int as n from employees')).rows[0]?.n;
    for (const value of [globex.id, '', 'x', "' or true --"]) {
      await client.query("select set_config('app.current_tenant_id', $1, false)", [value]);
      expect(await seen()).toBe(0);
    }
    await client.query("select set_config('app.current_tenant_id', $1, false)", [acme.id]);
    expect(await seen()).toBe(1);
    await client.query('reset all');
    expect(await seen()).toBe(1);
  });

  test('cannot take the walls down', async () => {
    const client = await asTenant(acme);
    const attempts = [
      'alter table employees disable row level security',
      'alter table employees no force row level security',
      'drop policy tenant_isolation on employees',
      'create policy open on employees using (true)',
      `set role ${pg.escapeIdentifier(globex.login_role)}`,
      'set role postgres',
      'set role qm_search',
      'set session authorization postgres',
      'update tenant_identity set tenant_id = gen_random_uuid()',
      'select * from tenant_identity',
      'insert into tenant_identity values (true, gen_random_uuid())',
      `alter role ${pg.escapeIdentifier(acme.login_role)} bypassrls`,
      `alter role ${pg.escapeIdentifier(acme.login_role)} superuser`,
      'create role thief login',
      'create database thief',
      'create table thief (x int)',
      'create function pg_temp_thief() returns int language sql as $$ select 1 $$',
      'create extension dblink',
      'create schema thief',
      "copy employees to program 'cat'",
      "select pg_read_file('/etc/passwd')",
      "select lo_import('/etc/passwd')",
      "select apply_tenant_grants('x')",
      "select establish_tenant(gen_random_uuid(), 'x', 'x', 'x')",
      "select protect_tenant_table('employees')",
      'truncate employees',
      'set session_replication_role = replica',
      'update audit_log set action = action',
      'delete from audit_log',
      'delete from stock_movements',
      'update stock_movements set quantity = 0',
      'select * from schema_migrations',
    ];
    for (const attempt of attempts)
      expect([attempt, await refused(client.query(attempt))]).not.toContain(undefined);
  });

  test('cannot shadow what the policies call', async () => {
    const client = await asTenant(acme);
    await refused(client.query('create temporary table tenant_identity (tenant_id uuid, login_role name)'));
    await refused(client.query(`insert into pg_temp.tenant_identity values ('${globex.id}', session_user)`));
    await client.query('set search_path = pg_temp, public');
    await client.query("select set_config('app.current_tenant_id', $1, false)", [globex.id]);
    expect((await client.query('select * from public.employees')).rows).toEqual([]);
  });

  test('cannot write rows of another tenant', async () => {
    const client = await asTenant(acme);
    const insert = client.query(
      'insert into roles (id, tenant_id, key, name) values (gen_random_uuid(), $1, $2, $2)',
      [globex.id, 'stolen'],
    );
    expect(await refused(insert)).toBe('42501');
    expect(await refused(client.query('update employees set tenant_id = $1', [globex.id]))).toBe('42501');
  });
});

describe('another tenant’s login in this tenant’s database, the connect right given by mistake', () => {
  test('still reads nothing, since the policies ask who is logged in', async () => {
    await installation.sql(
      acme.database_name,
      `grant connect on database ${pg.escapeIdentifier(acme.database_name)} to ${pg.escapeIdentifier(globex.login_role)}`,
    );
    await installation.sql(
      acme.database_name,
      `grant select on all tables in schema public to ${pg.escapeIdentifier(globex.login_role)}`,
    );
    await installation.sql(
      acme.database_name,
      `grant execute on function current_tenant() to ${pg.escapeIdentifier(globex.login_role)}`,
    );
    const client = await asTenant(globex, { database: acme.database_name });
    await client.query("select set_config('app.current_tenant_id', $1, false)", [acme.id]);
    expect((await client.query('select * from employees')).rows).toEqual([]);
    await client.query("select set_config('app.current_tenant_id', $1, false)", [globex.id]);
    expect((await client.query('select * from employees')).rows).toEqual([]);
  });
});

describe('the tenant of a request', () => {
  test('is that of the token, whatever the input says', async () => {
    const token = await installation.open(installation.ownerOf('acme'));
    for (const input of [{ tenantId: globex.id }, { tenant_id: globex.id }]) {
      const answer = await installation.node.query<{ tenant: { id: string } }>('auth.me', {
        token,
        input,
        headers: { 'x-tenant-id': globex.id },
      });
      expect(answer.data.tenant.id).toBe(acme.id);
    }
  });

  test('must be the control plane’s: a token that names another one is refused', async () => {
    const { identities } = installation.node.server.platform.tenancy;
    const user = await identities.findByEmail(installation.ownerOf('acme'));
    await identities.setTenant(user?.id ?? '', globex.id);
    const token = await installation.open(installation.ownerOf('acme'));
    const answer = await installation.node.query('auth.me', { token });
    expect([answer.status, answer.error.data.code]).toEqual([401, 'UNAUTHENTICATED']);
    await identities.setTenant(user?.id ?? '', acme.id);
  });

  test('is nobody’s for an employee who was made inactive', async () => {
    const token = await installation.open(installation.ownerOf('globex'));
    expect((await installation.node.query('auth.me', { token })).status).toBe(200);
    await installation.sql(globex.database_name, "update employees set status = 'inactive'");
    await installation.sql(
      `${installation.prefix}_control`,
      "insert into access_changes (scope, subject) values ('tenant', $1)",
      [globex.id],
    );
    await expect
      .poll(async () => (await installation.node.query('auth.me', { token })).error?.data.code)
      .toBe('FORBIDDEN');
  });
});
