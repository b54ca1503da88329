import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempt, forbidden, startWalls, tenantTables } from './walk/walls.ts';
import type { Walls } from './walk/walls.ts';

/** What every table and every login must have, read from the catalogue, so that a new table can't be forgotten. */
let walls: Walls;
let acme: Walls['acme'];

beforeAll(async () => {
  walls = await startWalls();
  ({ acme } = walls);
});
afterAll(() => walls.stop());

describe('every table', () => {
  test('with a tenant has policies enabled and forced, and no policy beside the two kinds', async () => {
    const rows = await acme.spyglass.query<{ name: string; guarded: boolean; policies: string[] }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
         array(select p.polname || ' ' || p.polcmd::text || ' ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
                 || ' ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
               from pg_policy p where p.polrelid = c.oid order by 1) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
         and c.relname <> 'tenant_identity'`,
    );
    expect(rows.length).toBeGreaterThan(15);
    const condition = '(tenant_id = ( SELECT current_tenant() AS current_tenant))';
    for (const { name, guarded, policies } of rows) {
      expect(guarded, name).toBe(true);
      expect(policies, name).toContain(`tenant_isolation * ${condition} ${condition}`);
      const rest = policies.filter((policy) => !policy.startsWith('tenant_isolation '));
      expect(
        rest.filter((policy) => policy !== 'search_functions r true '),
        name,
      ).toEqual([]);
    }
  });

  test('without a tenant is closed to the login', async () => {
    const tables = new Set(await tenantTables(acme));
    const all = await acme.spyglass.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S')",
    );
    for (const { name } of all.filter(({ name }) => !tables.has(name))) {
      expect(await attempt(acme.thief, `select * from "${name}"`), name).toBe(forbidden);
    }
  });

  test('that must be unique is so within the tenant: nobody learns what others have', async () => {
    // An index that is unique by a record's id reveals nothing: ids are random, and no tenant learns another's.
    const rows = await acme.spyglass.query<{ name: string }>(
      `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
       where c.relnamespace = 'public'::regnamespace and i.indisunique and c.relrowsecurity
         and not exists (select 1 from pg_attribute a
           where a.attrelid = c.oid and a.attnum = any (i.indkey) and a.attname = 'tenant_id')
         and not exists (select 1 from pg_attribute a
           where a.attrelid = c.oid and a.attnum = any (i.indkey) and a.atttypid = 'uuid'::regtype)`,
    );
    expect(rows).toEqual([]);
  });

  test('that is append-only refuses every change, to the superuser too', async () => {
    const tables = await acme.spyglass.query<{ name: string }>(
      `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where t.tgname = 'append_only' and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['audit_log', 'stock_movements']));
    for (const { name } of tables) {
      expect(await acme.spyglass.query(`select 1 from "${name}" limit 1`), name).toHaveLength(1);
      for (const statement of [
        `update "${name}" set tenant_id = tenant_id`,
        `delete from "${name}"`,
        `truncate "${name}" cascade`,
      ]) {
        await expect(acme.spyglass.query(statement), statement).rejects.toMatchObject({ code: '23001' });
        expect(await attempt(acme.thief, statement), statement).toBe(forbidden);
      }
      const merge = `merge into "${name}" t using (select 1) s on true when matched then delete`;
      await expect(acme.spyglass.query(merge)).rejects.toMatchObject({ code: '23001' });
    }
  });
});

describe('the grants of a login', () => {
  test('are exactly those that every migration lays anew', async () => {
    const guarded = await tenantTables(acme);
    const appendOnly = await acme.spyglass.query<{ name: string }>(
      "select tgrelid::regclass::text as name from pg_trigger where tgname = 'append_only'",
    );
    const only = new Set(appendOnly.map(({ name }) => name));
    const granted = await acme.spyglass.query<{ name: string; rights: string[] }>(
      `select c.relname as name, array_agg(a.privilege_type::text order by a.privilege_type) as rights
       from pg_class c, aclexplode(c.relacl) a, pg_roles r
       where c.relnamespace = 'public'::regnamespace and r.oid = a.grantee and r.rolname = $1 group by 1 order by 1`,
      [acme.login.user],
    );
    expect(granted).toEqual(
      guarded.map((name) => ({
        name,
        rights: only.has(name) ? ['INSERT', 'SELECT'] : ['DELETE', 'INSERT', 'SELECT', 'UPDATE'],
      })),
    );
  });

  test('hold nothing by way of PUBLIC, of single columns, of the schema or of the database', async () => {
    const [rights] = await acme.spyglass.query(
      `select has_schema_privilege($1, 'public', 'create') as creates,
         has_database_privilege($1, current_database(), 'create') as schemas,
         has_database_privilege($1, current_database(), 'temp') as temporary,
         exists (select 1 from pg_class c, aclexplode(c.relacl) a
           where c.relnamespace = 'public'::regnamespace and a.grantee = 0 and c.relkind in ('r', 'p', 'v', 'm')) as public_tables,
         exists (select 1 from pg_attribute a join pg_class c on c.oid = a.attrelid
           where c.relnamespace = 'public'::regnamespace and a.attacl is not null) as columns,
         exists (select 1 from pg_default_acl) as defaults`,
      [acme.login.user],
    );
    expect(new Set(Object.values(rights ?? {})), JSON.stringify(rights)).toEqual(new Set([false]));
  });

  test('let it run the functions meant for it, and of ours no others', async () => {
    const rows = await acme.spyglass.query<{ name: string; meant: boolean }>(
      `select p.oid::regprocedure::text as name,
         coalesce(obj_description(p.oid, 'pg_proc') like 'tenant:%', false) as meant
       from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege($1, p.oid, 'execute')
         and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
         and p.prorettype <> 'trigger'::regtype`,
      [acme.login.user],
    );
    expect(rows.filter(({ meant }) => !meant)).toEqual([]);
    expect(rows.map(({ name }) => name)).toContain('current_tenant()');
  });
});
