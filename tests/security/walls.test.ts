import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connected, forbidden, startWalls, tenantTables } from './walk/walls.ts';
import type { Walls } from './walk/walls.ts';

/**
 * The walls between tenants, each tried with the others taken down: a database per tenant, a login per tenant, and a
 * server that takes the tenant from the token alone. Row-level security has a file of its own.
 */
let walls: Walls;
let services: Walls['services'];
let acme: Walls['acme'];
let globex: Walls['globex'];

beforeAll(async () => {
  walls = await startWalls();
  ({ services, acme, globex } = walls);
});
afterAll(() => walls.stop());

describe('a database per tenant', () => {
  test('holds nothing of another tenant, even where nobody asks about policies', async () => {
    for (const wall of [acme, globex]) {
      for (const table of await tenantTables(wall)) {
        const foreign = await wall.spyglass.query(`select 1 from "${table}" where tenant_id <> $1`, [
          wall.tenant.id,
        ]);
        expect(foreign, table).toEqual([]);
      }
    }
  });

  test('is no way into another one, for the superuser neither', async () => {
    await expect(
      acme.spyglass.query(`select * from "${globex.login.database}".public.vendors`),
    ).rejects.toThrow(/cross-database references/);
    const extensions = await acme.spyglass.query<{ extname: string }>('select extname from pg_extension');
    expect(extensions.map(({ extname }) => extname).sort()).toEqual(['btree_gin', 'pg_trgm', 'plpgsql']);
  });
});

describe('a login per tenant', () => {
  test('opens its own database and no other of the cluster', async () => {
    const databases = await acme.spyglass.query<{ name: string }>(
      'select datname as name from pg_database where datallowconn',
    );
    const opened: string[] = [];
    for (const { name } of databases) {
      const client = await connected(acme.login, name).catch(() => undefined);
      if (client) opened.push(name);
      await client?.end();
    }
    expect(opened).toEqual([acme.login.database]);
  });

  test('is nobody’s member, owns nothing and has no power', async () => {
    const [role] = await acme.spyglass.query(
      `select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
         (select count(*)::int from pg_auth_members where member = r.oid or roleid = r.oid) as memberships,
         (select count(*)::int from pg_class where relowner = r.oid) as tables,
         (select count(*)::int from pg_proc where proowner = r.oid) as functions,
         (select count(*)::int from pg_database where datdba = r.oid) as databases
       from pg_roles r where rolname = $1`,
      [acme.login.user],
    );
    expect(role).toEqual({
      rolsuper: false,
      rolinherit: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolbypassrls: false,
      memberships: 0,
      tables: 0,
      functions: 0,
      databases: 0,
    });
  });

  test('keeps others out although policies and grants are down and the variable is right', async () => {
    const database = acme.login.database;
    const { user } = globex.login;
    await acme.spyglass.query(`grant all on all tables in schema public to "${user}"`);
    await expect(connected(globex.login, database)).rejects.toMatchObject({ code: forbidden });
    await acme.spyglass.query(`revoke all on all tables in schema public from "${user}"`);
  });
});

describe('the server', () => {
  test('takes the tenant from the token, whatever else names another one and whatever other walls are down', async () => {
    const tables = await tenantTables(acme);
    const all = async (statement: string) => {
      for (const wall of [acme, globex]) {
        for (const table of tables) await wall.spyglass.query(`alter table "${table}" ${statement}`);
      }
    };
    await all('disable row level security');
    try {
      const other = globex.tenant;
      const digest = createHash('sha256').update(other.id).digest('hex');
      const answers: unknown[] = [];
      const disguises: Record<string, string>[] = [
        {},
        { 'x-tenant-id': other.id, 'x-tenant': other.slug, 'x-forwarded-host': `${other.slug}.test` },
        { cookie: `tenant_id=${other.id}; tenant=${other.slug}`, host: `${other.slug}.test` },
        { 'x-supabase-tenant': digest, apikey: services.serviceRoleKey },
      ];
      for (const headers of disguises) {
        for (const extra of [
          {},
          { tenantId: other.id, tenant_id: other.id, tenant: other.slug, 'app.current_tenant_id': other.id },
        ]) {
          const input = encodeURIComponent(JSON.stringify({ limit: 10, ...extra }));
          const response = await fetch(
            `${services.apiUrl}/api/trpc/vendors.list?input=${input}&tenantId=${other.id}&tenant=${other.slug}`,
            { headers: { ...headers, authorization: `Bearer ${acme.token}` } },
          );
          const text = await response.text();
          expect(text).not.toMatch(/tamarind/i);
          answers.push(text);
        }
      }
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toMatch(/quince/i);
    } finally {
      await all('enable row level security');
    }
  });

  test('refuses a token whose tenant is not the control plane’s', async () => {
    const email = await services.addPerson('acme', ['owner']);
    const token = await services.signIn(email);
    expect((await services.call('vendors.list', {}, token)).error).toBeUndefined();
    await services.tenancy.control.pool.query('update user_mappings set tenant_id = $1 where email = $2', [
      globex.tenant.id,
      email,
    ]);
    await services.tenancy.control.pool.query(
      `insert into access_changes (scope, subject) select 'user', user_id::text from user_mappings where email = $1`,
      [email],
    );
    await expect
      .poll(async () => (await services.call('vendors.list', {}, token)).error?.code)
      .toBe('UNAUTHENTICATED');
  });
});
