import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provisioningSteps } from '../../server/control-plane/tenant-status.contract.ts';
import { openTenancy } from '../../server/tenancy/tenancy.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.close());

const input = (slug: string) => ({
  slug,
  name: `Tenant ${slug}`,
  plan: 'standard' as const,
  ownerEmail: installation.ownerOf(slug),
  ownerName: 'The owner',
  ownerPassword: 'correct horse battery',
});

describe('provisioning', () => {
  test('makes a tenant whose owner can sign in, and asked again changes nothing', async () => {
    const { lifecycle } = installation.node.server.platform.tenancy;
    const first = await lifecycle.createTenantDatabase(input('first'));
    expect(first.status).toBe('active');
    expect((await lifecycle.createTenantDatabase(input('first'))).id).toBe(first.id);
    const token = await installation.open(installation.ownerOf('first'));
    expect((await installation.node.query('auth.me', { token })).status).toBe(200);
    const health = await lifecycle.healthCheck(first.id);
    expect(health.checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test.each(provisioningSteps.slice(0, -1))('goes on after a kill behind the step %s', async (step) => {
    const slug = `k-${step}`;
    const { tenancy } = installation.node.server.platform;
    const record = await tenancy.provisioner.request(input(slug));
    // What a killed process leaves behind: everything up to this step done, the record saying so or not yet.
    await tenancy.provisioner.run(record.id);
    const rewind = step === 'requested' ? 'requested' : step;
    await installation.sql(
      `${installation.prefix}_control`,
      "update tenant_metadata set status = 'provisioning', provisioning_step = $2 where id = $1",
      [record.id, rewind],
    );
    const second = await openTenancy(installation.config);
    try {
      const failures: unknown[] = [];
      await second.provisioner.resume((error) => failures.push(error));
      expect(failures).toEqual([]);
      expect((await second.records.byId(record.id))?.status).toBe('active');
    } finally {
      await second.close();
    }
    const token = await installation.open(installation.ownerOf(slug));
    expect((await installation.node.query('auth.me', { token })).status).toBe(200);
  });

  test('run by several processes at once makes one tenant', async () => {
    const others = await Promise.all([openTenancy(installation.config), openTenancy(installation.config)]);
    try {
      const made = await Promise.all(
        [installation.node.server.platform.tenancy, ...others].map(({ lifecycle }) =>
          lifecycle.createTenantDatabase(input('together')),
        ),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(made.map(({ status }) => status)).toEqual(['active', 'active', 'active']);
    } finally {
      await Promise.all(others.map((other) => other.close()));
    }
  });

  test('refuses a short name that another tenant has, in words', async () => {
    const { lifecycle } = installation.node.server.platform.tenancy;
    const taken = lifecycle.createTenantDatabase({ ...input('first'), ownerEmail: 'someone@else.test' });
    await expect(taken).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'The short name first is taken.',
    });
  });

  test('refuses an id that another tenant has, and one that comes with another short name', async () => {
    const { provisioner, records } = installation.node.server.platform.tenancy;
    const first = await records.bySlug('first');
    const other = provisioner.request({ ...input('other'), id: first?.id });
    await expect(other).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'This id belongs to another tenant.',
    });
    const renamed = provisioner.request({ ...input('first'), id: '01900000-0000-7000-8000-000000000000' });
    await expect(renamed).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'The short name first is taken.',
    });
    expect(await records.bySlug('other')).toBeUndefined();
  });

  test('keeps apart short names that differ in one sign, and the longest ones', async () => {
    const { lifecycle } = installation.node.server.platform.tenancy;
    const long = `l${'o'.repeat(28)}`;
    const slugs = ['a-b', 'a_b', `${long}-1`, `${long}-2`];
    const made = [];
    for (const slug of slugs) made.push(await lifecycle.createTenantDatabase(input(slug)));
    expect(new Set(made.map((record) => record.database_name)).size).toBe(4);
    const found = await installation.sql<{ datname: string }>(
      'postgres',
      'select datname from pg_database where datname = any($1)',
      [made.map((record) => record.database_name)],
    );
    expect(found).toHaveLength(4);
    for (const { id } of made) expect((await lifecycle.healthCheck(id)).health).toBe('healthy');
  });

  test('of a tenant that is being deleted says so', async () => {
    const { lifecycle } = installation.node.server.platform.tenancy;
    const { id } = await lifecycle.createTenantDatabase(input('going'));
    await lifecycle.deleteTenantDatabase(id, 'going');
    await expect(lifecycle.createTenantDatabase(input('going'))).rejects.toMatchObject({
      code: 'CONFLICT',
      message:
        'The short name going is taken by a tenant that is being deleted and can still be brought back.',
    });
  });

  test('that fails is undone, says why, and can be tried again', async () => {
    const { lifecycle, records } = installation.node.server.platform.tenancy;
    const ownerEmail = `theirs@${installation.prefix}.test`;
    await installation.foreignAccount(ownerEmail);
    const stolen = { ...input('undone'), ownerEmail };
    await expect(lifecycle.createTenantDatabase(stolen)).rejects.toMatchObject({ code: 'CONFLICT' });
    const record = await records.bySlug('undone');
    expect(record?.status).toBe('failed');
    expect(record?.reason).toContain('another installation');
    const left = await installation.sql('postgres', 'select datname from pg_database where datname = $1', [
      record?.database_name,
    ]);
    const role = await installation.sql('postgres', 'select 1 from pg_roles where rolname = $1', [
      record?.login_role,
    ]);
    expect([left.length, role.length]).toEqual([0, 0]);
    expect((await lifecycle.createTenantDatabase(input('undone'))).status).toBe('active');
  });

  test('by an operator answers at once and tells how it goes on', async () => {
    const email = `operator@${installation.prefix}.test`;
    await installation.operator(email);
    const token = await installation.open(email);
    const { node } = installation;
    const made = await node.mutate<{ id: string; status: string }>('admin.tenants.create', {
      token,
      input: { ...input('by-hand') },
    });
    expect(made.data.status).toBe('provisioning');
    await expect
      .poll(
        async () => {
          const events = await node.query<{ status: string }>('admin.tenants.events', {
            token,
            input: { id: made.data.id },
          });
          return events.data.status;
        },
        { timeout: 10_000 },
      )
      .toBe('active');
    const events = await node.query<{ items: { step: string; status: string }[] }>('admin.tenants.events', {
      token,
      input: { id: made.data.id },
    });
    const done = events.data.items.filter(({ status }) => status === 'done').map(({ step }) => step);
    expect(done).toEqual([...provisioningSteps]);
    const owner = await installation.open(installation.ownerOf('first'));
    expect((await node.query('admin.tenants.list', { token: owner })).error.data.code).toBe('FORBIDDEN');
    const list = await node.query<{ items: { slug: string }[]; nextCursor: string | null }>(
      'admin.tenants.list',
      {
        token,
        input: { limit: 2 },
      },
    );
    expect(list.data.items).toHaveLength(2);
    const next = await node.query<{ items: { slug: string }[] }>('admin.tenants.list', {
      token,
      input: { limit: 2, cursor: list.data.nextCursor },
    });
    expect(next.data.items[0]?.slug).not.toBe(list.data.items[1]?.slug);
  });
});

describe('deprovisioning', () => {
  test('wants the short name typed, exports everything, can be undone, and deletes after the grace period', async () => {
    const { lifecycle, records } = installation.node.server.platform.tenancy;
    const tenant = await lifecycle.createTenantDatabase(input('leaving'));
    await expect(lifecycle.deleteTenantDatabase(tenant.id, 'leavin')).rejects.toMatchObject({
      code: 'INVALID',
    });
    const token = await installation.open(installation.ownerOf('leaving'));
    const { exportFolder } = await lifecycle.deleteTenantDatabase(tenant.id, 'leaving', {}, 0);
    expect(exportFolder).toContain('leaving-');
    expect((await installation.node.query('auth.me', { token })).error.data.code).toBe('SESSION_REVOKED');
    expect((await lifecycle.reactivate(tenant.id)).status).toBe('active');
    await lifecycle.deleteTenantDatabase(tenant.id, 'leaving', {}, 0);
    expect(await lifecycle.purge(new Date(Date.now() + 1000))).toEqual(['leaving']);
    expect(await records.byId(tenant.id)).toBeUndefined();
    const left = await installation.sql('postgres', 'select 1 from pg_database where datname = $1', [
      tenant.database_name,
    ]);
    expect(left).toEqual([]);
  });

  test('that was killed in the middle goes on, can no longer be undone, and holds up nobody else', async () => {
    const { lifecycle, records, databases } = installation.node.server.platform.tenancy;
    const [half, other] = [
      await lifecycle.createTenantDatabase(input('half-gone')),
      await lifecycle.createTenantDatabase(input('also-going')),
    ];
    for (const { id, slug } of [half, other]) await lifecycle.deleteTenantDatabase(id, slug, {}, 0);
    // What a kill leaves behind: the deletion has begun, the database is gone, the record isn't.
    await records.change(half.id, { status: 'deprovisioning' });
    await databases.drop(half);
    await expect(lifecycle.reactivate(half.id)).rejects.toMatchObject({ code: 'NOT_ALLOWED_IN_STATE' });
    const second = await openTenancy(installation.config);
    try {
      const later = new Date(Date.now() + 1000);
      const gone = await Promise.all([lifecycle.purge(later), second.lifecycle.purge(later)]);
      expect(gone.flat().sort()).toEqual(['also-going', 'half-gone']);
    } finally {
      await second.close();
    }
    expect([await records.byId(half.id), await records.byId(other.id)]).toEqual([undefined, undefined]);
    const owner = await installation.node.server.platform.tenancy.identities.findByEmail(
      installation.ownerOf('half-gone'),
    );
    expect(owner).toBeUndefined();
  });
});
