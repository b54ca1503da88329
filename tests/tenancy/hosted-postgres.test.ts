import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTenancy } from '../../server/tenancy/tenancy.ts';
import type { Tenancy } from '../../server/tenancy/tenancy.ts';
import { PASSWORD, startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;
let tenancy: Tenancy;
let administrator: string;

// A hosted PostgreSQL gives nobody a superuser: its administrator makes databases and roles and stands above policies.
beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  administrator = `${installation.prefix}_hosted`;
  await installation.sql(
    'postgres',
    `create role ${administrator} login createdb createrole bypassrls password 'hosted'`,
  );
  await installation.sql('postgres', `grant connect on database postgres to ${administrator}`);
  // Others made qm_search on this server; there it makes the role itself.
  await installation.sql('postgres', `grant qm_search to ${administrator} with admin option`);
  const url = new URL(installation.config.databaseUrl);
  url.username = administrator;
  url.password = 'hosted';
  tenancy = await openTenancy({
    ...installation.config,
    databaseUrl: url.href,
    databasePrefix: `${installation.prefix}_h`,
  });
});
afterAll(async () => {
  await tenancy.close();
  await installation.sql('postgres', `drop database ${installation.prefix}_h_t_far with (force)`);
  await installation.sql('postgres', `alter database ${installation.prefix}_h_template is_template false`);
  await installation.sql('postgres', `drop database ${installation.prefix}_h_template with (force)`);
  await installation.sql('postgres', `drop database ${installation.prefix}_h_control with (force)`);
  await installation.sql('postgres', `drop role ${installation.prefix}_h_t_far`);
  await installation.sql('postgres', `drop owned by ${administrator}`);
  await installation.close();
});

test('an administrator without superuser makes a tenant whose four walls stand', async () => {
  const record = await tenancy.lifecycle.createTenantDatabase({
    slug: 'far',
    name: 'Far away',
    plan: 'standard',
    ownerEmail: installation.ownerOf('far'),
    ownerName: 'The owner',
    ownerPassword: PASSWORD,
  });
  expect(record.status).toBe('active');
  const health = await tenancy.lifecycle.healthCheck(record.id);
  expect(health.checks.filter(({ ok }) => !ok)).toEqual([]);
  const { db } = tenancy.pools.of(await tenancy.records.address(record));
  expect(await db.selectFrom('employees').select('name').execute()).toEqual([{ name: 'The owner' }]);
});

test('the tenant that comes with the connection gains nothing when it is another', async () => {
  const record = await tenancy.records.bySlug('far');
  if (!record) throw new Error('no tenant');
  const address = await tenancy.records.address(record);
  expect(address.options).toContain(record.id);
  const other = {
    ...address,
    tenantId: 'other',
    options: '-c app.current_tenant_id=00000000-0000-0000-0000-000000000000',
  };
  expect(await tenancy.pools.of(other).db.selectFrom('employees').select('name').execute()).toEqual([]);
  const without = { ...address, tenantId: 'without', options: undefined };
  expect(await tenancy.pools.of(without).db.selectFrom('employees').select('name').execute()).toEqual([]);
});

test('what that administrator may not lay down for a login is left out, and not tried again and again', async () => {
  const record = await tenancy.records.bySlug('far');
  if (!record) throw new Error('no tenant');
  const cluster = await tenancy.control.cluster(record.cluster);
  expect(await tenancy.databases.loginsOutOfOrder(cluster, [record])).toEqual([]);
  await tenancy.databases.renewSettings(record);
  const { db } = tenancy.pools.of(await tenancy.records.address(record));
  expect(await db.selectFrom('employees').select('name').execute()).toEqual([{ name: 'The owner' }]);
});
