import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { urlOfDatabase, withClient } from '../db/databases.ts';
import type { TenantRecord } from '../control-plane/tenant-records.ts';
import { OperatorCommands } from '../admin/operators/operators.service.ts';
import type { Tenancy } from '../tenancy/tenancy.ts';
import { writePrivateFile } from './data-directory.ts';
import { seedTenants } from './demo-data/seed-tenant.ts';

/** Everybody's password in the local default. */
const demoPassword = 'quartermaster';

interface DemoPerson {
  email: string;
  name: string;
  role: string;
}

interface DemoTenant {
  slug: string;
  name: string;
  /** The first is the owner. */
  people: [DemoPerson, ...DemoPerson[]];
}

/** The demo sign-ins of the local default. */
const demoTenants: DemoTenant[] = [
  {
    slug: 'acme',
    name: 'Acme Trading',
    people: [
      { email: 'owner@acme.test', name: 'Asha Menon', role: 'owner' },
      { email: 'buyer@acme.test', name: 'Bharat Joshi', role: 'buyer' },
      { email: 'approver@acme.test', name: 'Anjali Rao', role: 'approver' },
      { email: 'warehouse@acme.test', name: 'Wasim Shaikh', role: 'warehouse' },
      { email: 'sales@acme.test', name: 'Sunita Kulkarni', role: 'sales' },
      { email: 'viewer@acme.test', name: 'Vikram Nair', role: 'viewer' },
    ],
  },
  {
    slug: 'globex',
    name: 'Globex Industrial Supplies',
    people: [{ email: 'owner@globex.test', name: 'Gauri Deshpande', role: 'owner' }],
  },
];

const operator = { email: 'operator@quartermaster.test', name: 'Platform operator' };

/**
 * Whether the demo tenants were completed. Kept as a file beside the database, so that a tenant the operator has
 * removed or renamed since then is not made again.
 */
const stampFile = (directory: string) => path.join(directory, 'demo-tenants.json');

export async function hasDemoTenants(directory: string): Promise<boolean> {
  return readFile(stampFile(directory), 'utf8').then(
    () => true,
    () => false,
  );
}

/**
 * Provisions the demo tenants and their people and makes the platform's operator, the way real ones are made. Safe to
 * repeat after a kill anywhere; done once per data directory.
 */
export async function makeDemoTenants(tenancy: Tenancy, directory: string): Promise<void> {
  await makeOperator(tenancy);
  for (const tenant of demoTenants) {
    const record = await provision(tenancy, tenant);
    const cluster = await tenancy.control.cluster(record.cluster);
    const databaseUrl = urlOfDatabase(cluster.adminUrl, record.database_name);
    await Promise.all(
      tenant.people.map((person, index) => enrol(tenancy, record, databaseUrl, person, index + 1)),
    );
  }
  await countAsOwn(tenancy);
  await seedTenants(tenancy, demoTenants);
  await writePrivateFile(stampFile(directory), `${JSON.stringify({ madeAt: new Date().toISOString() })}\n`);
}

async function provision(tenancy: Tenancy, tenant: DemoTenant): Promise<TenantRecord> {
  const [owner] = tenant.people;
  const { id } = await tenancy.provisioner.request({
    slug: tenant.slug,
    name: tenant.name,
    plan: 'standard',
    ownerEmail: owner.email,
    ownerName: owner.name,
    ownerPassword: demoPassword,
  });
  return tenancy.provisioner.run(id);
}

async function enrol(
  tenancy: Tenancy,
  record: TenantRecord,
  databaseUrl: string,
  person: DemoPerson,
  number: number,
): Promise<void> {
  const { email, name, role } = person;
  const { userId } = await tenancy.signIns.give(record.id, { email, name, password: demoPassword });
  await withClient(databaseUrl, (client) =>
    client.query(
      `insert into employees (id, tenant_id, employee_code, name, email, roles, auth_user_id)
       values ($1, $2, $3, $4, $5, array[$6], $7)
       on conflict (tenant_id, email) do update
         set auth_user_id = excluded.auth_user_id, name = excluded.name, roles = excluded.roles
         where employees.auth_user_id is distinct from excluded.auth_user_id or employees.name <> excluded.name`,
      [uuidv7(), record.id, `E${String(number).padStart(4, '0')}`, name, email, role, userId],
    ),
  );
}

async function makeOperator(tenancy: Tenancy): Promise<void> {
  const trace = { actorEmail: 'demo' };
  await new OperatorCommands(tenancy).add({ ...operator, password: demoPassword }, trace);
}

/** The demo's password counts as chosen by its people: nobody is asked to change it. Only this folder does so. */
async function countAsOwn({ control }: Tenancy): Promise<void> {
  const emails = [operator, ...demoTenants.flatMap(({ people }) => people)].map(({ email }) => email);
  await control.pool.query(
    `with own as (update accounts set given_secret = null where email = any ($1) returning user_id)
     insert into access_changes (scope, subject) select 'user', user_id::text from own`,
    [emails],
  );
}
