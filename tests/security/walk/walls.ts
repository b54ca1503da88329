import pg from 'pg';
import { expect } from 'vitest';
import { clusterUrl } from '../../fixtures/postgres.ts';
import { startTestServices } from '../../fixtures/services.ts';
import type { TestServices, TestTenant } from '../../fixtures/services.ts';
import { doBusiness } from './company.ts';
import { Spyglass } from './database.ts';

/** One tenant's side of the walls between tenants. */
export interface Side {
  tenant: TestTenant;
  login: { user: string; password: string; database: string };
  /** The superuser's view. */
  spyglass: Spyglass;
  /** What a thief of the login has. */
  thief: pg.Client;
  /** The owner's token. */
  token: string;
}

/** Two companies in business, and a thief in each: `quince` stands in the texts of acme, `tamarind` in those of globex. */
export interface Walls {
  services: TestServices;
  acme: Side;
  globex: Side;
  /** With a vendor of globex in acme's database: the wall of separate databases is down. */
  withIntruder: (word: string, work: (id: string) => Promise<void>) => Promise<void>;
  stop(): Promise<void>;
}

export async function startWalls(): Promise<Walls> {
  const services = await startTestServices({
    tenants: ['acme', 'globex'],
    // Each company's name is also a host name of the server: a host name must not choose the tenant.
    environment: { QM_HOSTS: 'acme.test,globex.test' },
  });
  const sides: Side[] = [];
  const stop = async () => {
    for (const { thief, spyglass } of sides) {
      await thief.end();
      await spyglass.close();
    }
    await services.stop();
  };
  try {
    const acme = await sideOf(services, 'acme', 'quince');
    sides.push(acme);
    const globex = await sideOf(services, 'globex', 'tamarind');
    sides.push(globex);
    const withIntruder: Walls['withIntruder'] = async (word, work) => {
      const id = crypto.randomUUID();
      await acme.spyglass.query('insert into vendors (id, tenant_id, code, name) values ($1, $2, $3, $3)', [
        id,
        globex.tenant.id,
        word,
      ]);
      try {
        await work(id);
        expect(await acme.spyglass.query('select 1 from vendors where id = $1', [id])).toHaveLength(1);
      } finally {
        await acme.spyglass.query('delete from vendors where id = $1', [id]);
      }
    };
    return { services, acme, globex, withIntruder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function sideOf(services: TestServices, slug: string, word: string): Promise<Side> {
  const tenant = services.tenants[slug] as TestTenant;
  const token = await services.signIn(tenant.ownerEmail);
  const approver = await services.signIn(await services.addPerson(slug, ['owner']));
  const marks = { word, cost: '41.17', pan: 'QQQPA1234Q', accountNumber: '123456789' };
  await doBusiness(services, marks, token, approver);
  const record = await services.tenancy.records.byId(tenant.id);
  if (!record) throw new Error(`${slug} has no record.`);
  const login = await services.tenancy.records.address(record);
  const thief = await connected(login, login.database);
  return { tenant, login, spyglass: new Spyglass(tenant.databaseUrl), thief, token };
}

/** Signs in to a database of the cluster with a tenant's login. */
export async function connected(login: Side['login'], database: string): Promise<pg.Client> {
  const url = new URL(clusterUrl(database));
  url.username = login.user;
  url.password = encodeURIComponent(login.password);
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Runs statements of a thief and undoes them; gives the rows of the last, or the SQLSTATE one is refused with. */
export async function attempt(client: pg.Client, ...statements: string[]): Promise<unknown[] | string> {
  await client.query('begin');
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } catch (error) {
    return (error as pg.DatabaseError).code ?? String(error);
  } finally {
    await client.query('rollback');
  }
}

/** SQLSTATE: insufficient privilege. */
export const forbidden = '42501';

/** The tables of the tenant's own records. */
export async function tenantTables({ spyglass }: Side): Promise<string[]> {
  const rows = await spyglass.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'tenant_id'
       and c.relname <> 'tenant_identity' order by 1`,
  );
  return rows.map(({ name }) => name);
}
