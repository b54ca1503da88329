import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Me } from '../../server/domains/account/account.contract.ts';
import { permissions } from '../../server/permissions/permissions.contract.ts';
import type { Settings } from '../../server/domains/settings/settings.contract.ts';
import { startServer } from '../../server/main.ts';
import type { RunningServer } from '../../server/main.ts';
import { PersonWithPhone } from '../fixtures/authenticator.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callAll } from './walk/calls.ts';
import { Spyglass } from './walk/database.ts';
import { ofStep } from './walk/procedures.ts';

/** The second factor that a company asks its people for, with real codes from the auth server's own enrolment. */
let services: TestServices;
let other: RunningServer;
let owner: PersonWithPhone;
/** The owner's session with the second factor shown. */
let confirmed: string;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme', 'globex'] });
  other = await startServer({ ...services.config, port: 0 });
  owner = new PersonWithPhone(services);
  await owner.signIn(services.tenants.acme?.ownerEmail ?? '');
  confirmed = await owner.enrol();
});
afterAll(async () => {
  await other.close();
  await services.stop();
});
afterEach(() => rule('nobody'));

async function change(changes: object, token = confirmed) {
  const { data } = await services.call<Settings>('settings.get', undefined, confirmed);
  return services.call<Settings>('settings.update', { version: data.version, ...changes }, token);
}

async function rule(secondFactor: Settings['secondFactor'], secondFactorRoles: string[] = []): Promise<void> {
  const answer = await change({ secondFactor, secondFactorRoles });
  expect(answer.error).toBeUndefined();
}

const person = async (roles: string[]) => services.signIn(await services.addPerson('acme', roles));
const products = (token: string) => services.call('products.list', {}, token);
const me = async (token: string) => (await services.call<Me>('auth.me', undefined, token)).data;

describe('a company that asks everyone for a second factor', () => {
  test('refuses a password alone in every procedure of the company, from the next request on', async () => {
    const token = await person(['owner']);
    expect((await products(token)).status).toBe(200);
    await rule('everyone');
    const walked = ofStep('tenant');
    const answers = await callAll(
      services.apiUrl,
      walked.map((procedure) => ({ procedure, input: procedure.input && '"nonsense"' })),
      token,
    );
    const open = answers.flatMap(({ error }, index) =>
      error?.code === 'FORBIDDEN' && /asks for a second step/.test(error.message)
        ? []
        : [walked[index]?.name],
    );
    expect(open).toEqual([]);
    expect((await products(confirmed)).status).toBe(200);
  });

  test('tells the app what is missing, and nothing else yet', async () => {
    const token = await person(['owner']);
    expect(await me(token)).toMatchObject({ secondFactorRequired: false, user: { assurance: 'aal1' } });
    await rule('everyone');
    expect(await me(token)).toMatchObject({
      secondFactorRequired: true,
      user: { assurance: 'aal1' },
      tenant: { slug: 'acme' },
      permissions: [],
      settings: null,
    });
    expect((await services.call('auth.listSessions', undefined, token)).status).toBe(200);
    expect((await services.call('auth.logout', {}, token)).status).toBe(200);
  });

  test('lets a person who sets one up go on in the same session, and asks again once it is removed', async () => {
    await rule('everyone');
    const clerk = new PersonWithPhone(services);
    const email = await services.addPerson('acme', ['viewer']);
    const before = await clerk.signIn(email);
    expect((await products(before)).error?.code).toBe('FORBIDDEN');
    const after = await clerk.enrol();
    expect((await products(after)).status).toBe(200);
    const session = await me(after);
    expect(session).toMatchObject({ secondFactorRequired: true, user: { assurance: 'aal2' } });
    expect(session.permissions).toContain('products:read');
    expect(session.session.jti).toBe((await me(before)).session.jti);

    const next = await clerk.signIn(email);
    expect((await products(next)).error?.code).toBe('FORBIDDEN');
    expect((await products(await clerk.confirm())).status).toBe(200);
    expect((await products(await clerk.remove())).error?.code).toBe('FORBIDDEN');
  });

  test('asks nobody of another company, and no operator', async () => {
    await rule('everyone');
    const globex = await services.signIn(services.tenants.globex?.ownerEmail ?? '');
    expect((await products(globex)).status).toBe(200);
    const operator = await services.signIn(await services.addOperator());
    expect((await services.call('admin.tenants.list', {}, operator)).status).toBe(200);
  });

  test('is obeyed by every node within 250 ms', async () => {
    const token = await person(['viewer']);
    const ask = async () =>
      (
        await fetch(`${other.url}/api/trpc/products.list?input=%7B%7D`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect(await ask()).toBe(200);
    await rule('everyone');
    await expect.poll(ask, { timeout: 250, interval: 10 }).toBe(403);
    await rule('nobody');
    await expect.poll(ask, { timeout: 250, interval: 10 }).toBe(200);
  });
});

describe('a company that asks some roles for a second factor', () => {
  test('asks who has one of them, a role of its own too, and who is given it later', async () => {
    const role = await services.call<{ id: string; version: number }>(
      'roles.create',
      { key: 'cashier', name: 'Cashier', permissions: ['products:read'] },
      confirmed,
    );
    expect(role.error).toBeUndefined();
    const [cashier, warehouse, both] = [
      await person(['cashier']),
      await person(['warehouse']),
      await person(['warehouse', 'cashier']),
    ];
    await rule('roles', ['cashier', 'admin']);
    const codes = async () =>
      Promise.all(
        [cashier, warehouse, both].map(async (token) => (await products(token)).error?.code ?? 'in'),
      );
    expect(await codes()).toEqual(['FORBIDDEN', 'in', 'FORBIDDEN']);

    const { employee } = await me(warehouse);
    const { data } = await services.call<{ version: number }>(
      'employees.get',
      { id: employee?.id },
      confirmed,
    );
    const given = { id: employee?.id, version: data.version, roles: ['warehouse', 'cashier'] };
    expect((await services.call('employees.assignRoles', given, confirmed)).status).toBe(200);
    expect(await codes()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);

    // A role cannot vanish from under the rule.
    const removed = await services.call('roles.delete', role.data, confirmed);
    expect([removed.error?.code, removed.error?.message]).toEqual([
      'CONFLICT',
      expect.stringMatching(/people|employees|One/) as unknown,
    ]);
  });

  test('cannot name a role there is not, and names at least one', async () => {
    const unknown = await change({ secondFactor: 'roles', secondFactorRoles: ['viewer', 'nobody'] });
    expect(unknown.error).toMatchObject({ code: 'INVALID', fields: [{ path: 'secondFactorRoles.1' }] });
    const none = await change({ secondFactor: 'roles', secondFactorRoles: [] });
    expect(none.error).toMatchObject({ code: 'INVALID', fields: [{ path: 'secondFactorRoles' }] });
    const role = { key: 'named', name: 'Named', permissions: [] };
    const { data } = await services.call<object>('roles.create', role, confirmed);
    await rule('roles', ['named']);
    const removed = await services.call('roles.delete', pick(data), confirmed);
    expect([removed.error?.code, removed.error?.message]).toEqual([
      'CONFLICT',
      expect.stringContaining('second step'),
    ]);
    await rule('nobody');
    expect((await services.call('roles.delete', pick(data), confirmed)).status).toBe(200);
  });
});

const pick = (role: object) => {
  const { id, version } = role as { id: string; version: number };
  return { id, version };
};

describe('nobody shuts themselves out', () => {
  test('a rule that asks oneself needs the second factor in this very session', async () => {
    const admin = new PersonWithPhone(services);
    const token = await admin.signIn(await services.addPerson('acme', ['admin']));
    for (const changes of [
      { secondFactor: 'everyone' },
      { secondFactor: 'roles', secondFactorRoles: ['warehouse', 'admin'] },
    ]) {
      const refused = await change(changes, token);
      expect(refused.error).toMatchObject({ code: 'FORBIDDEN' });
      expect(refused.error?.message).toMatch(/would ask you for a second step.*Set one up/);
    }
    expect((await change({ secondFactor: 'roles', secondFactorRoles: ['warehouse'] }, token)).status).toBe(
      200,
    );
    // The same in two steps: first the roles, then the people.
    expect((await change({ secondFactorRoles: ['admin'] }, token)).error?.code).toBe('FORBIDDEN');
    expect((await products(token)).status).toBe(200);

    const strong = await admin.enrol();
    expect((await change({ secondFactor: 'everyone' }, strong)).status).toBe(200);
    expect((await products(strong)).status).toBe(200);
    expect((await products(token)).error?.code).toBe('FORBIDDEN');
  });

  test('nor takes a role that asks for one without having it', async () => {
    await rule('roles', ['viewer']);
    const token = await person(['owner']);
    const { employee } = await me(token);
    const give = async (roles: string[], by: string) => {
      const { data } = await services.call<{ version: number }>('employees.get', { id: employee?.id }, by);
      return services.call('employees.assignRoles', { id: employee?.id, version: data.version, roles }, by);
    };
    expect((await give(['owner', 'viewer'], token)).error).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringMatching(/second step/) as unknown,
    });
    expect((await give(['owner', 'buyer'], token)).status).toBe(200);
    // Somebody else may decide it; then it is asked for.
    expect((await give(['owner', 'viewer'], confirmed)).status).toBe(200);
    expect((await products(token)).error?.code).toBe('FORBIDDEN');
  });
});

describe('a lost phone', () => {
  const reset = async (id: string | undefined, by: string) => {
    const { data } = await services.call<{ version: number }>('employees.get', { id }, confirmed);
    return services.call('employees.resetSecondFactor', { id, version: data.version }, by);
  };

  test('is made good by somebody with the same rights: sessions end, and a new one is set up', async () => {
    await rule('everyone');
    const clerk = new PersonWithPhone(services);
    const email = await services.addPerson('acme', ['buyer']);
    await clerk.signIn(email);
    const before = await clerk.enrol();
    const { employee } = await me(before);
    expect((await reset(employee?.id, confirmed)).status).toBe(200);
    expect((await products(before)).error?.code).toBe('SESSION_REVOKED');

    const anew = new PersonWithPhone(services);
    expect((await products(await anew.signIn(email))).error?.code).toBe('FORBIDDEN');
    expect((await products(await anew.enrol())).status).toBe(200);
    const { data } = await services.call<{ items: { action: string }[] }>(
      'reports.audit',
      { filter: { recordId: employee?.id }, limit: 1 },
      confirmed,
    );
    expect(data.items[0]?.action).toBe('reset_second_factor');
  });

  test('is no way to more than one has: not an admin’s, not an owner’s, not one’s own', async () => {
    const helper = await services.signIn(
      await services.addPerson('acme', [], ['employees:read', 'employees:link_sign_in']),
    );
    const admin = await me(await person(['admin']));
    expect((await reset(admin.employee?.id, helper)).error?.code).toBe('FORBIDDEN');
    const equal = await services.signIn(await services.addPerson('acme', [], [...permissions]));
    expect((await reset((await me(confirmed)).employee?.id, equal)).error?.code).toBe('FORBIDDEN');
    expect((await reset((await me(equal)).employee?.id, equal)).error?.code).toBe('FORBIDDEN');
    expect((await products(confirmed)).status).toBe(200);
  });

  test('of somebody in another company stays theirs, even if one’s own database names them', async () => {
    const stranger = new PersonWithPhone(services);
    await stranger.signIn(services.tenants.globex?.ownerEmail ?? '');
    const token = await stranger.enrol();
    const spyglass = new Spyglass(services.tenants.acme?.databaseUrl ?? '');
    const [made] = await spyglass.query<{ id: string }>(
      `insert into employees (id, tenant_id, employee_code, name, email, auth_user_id)
       select gen_random_uuid(), tenant_id, 'E-STRANGER', 'A stranger', 'stranger@acme.test', $1 from tenant_identity
       returning id`,
      [(await me(token)).user.id],
    );
    await spyglass.close();
    expect((await reset(made?.id, confirmed)).error?.code).toBe('NOT_FOUND');
    expect((await products(token)).status).toBe(200);
    expect((await me(token)).user.assurance).toBe('aal2');
    // The owner of globex goes on without one.
    await stranger.remove();
  });
});

describe('the rule', () => {
  test('is for those who manage the settings, and in the audit trail', async () => {
    expect(
      (await change({ secondFactor: 'roles', secondFactorRoles: ['sales'] }, await person(['buyer']))).error
        ?.code,
    ).toBe('FORBIDDEN');
    await rule('roles', ['sales']);
    const { data } = await services.call<{ items: { changes: object }[] }>(
      'reports.audit',
      { filter: { recordKind: 'settings' }, limit: 1 },
      confirmed,
    );
    expect(data.items[0]?.changes).toEqual({
      secondFactor: { before: 'nobody', after: 'roles' },
      secondFactorRoles: { before: [], after: ['sales'] },
    });
  });

  test('asks nobody in a company that is one migration behind, and cannot be made there yet', async () => {
    const globex = services.tenants.globex;
    const token = await services.signIn(globex?.ownerEmail ?? '');
    const spyglass = new Spyglass(globex?.databaseUrl ?? '');
    const definitions = await spyglass.query<{ column: string; definition: string }>(
      `select attname as column, format_type(atttypid, atttypmod) || ' not null default ' || pg_get_expr(adbin, adrelid) as definition
       from pg_attribute join pg_attrdef on adrelid = attrelid and adnum = attnum
       where attrelid = 'tenant_settings'::regclass and attname like 'second_factor%'`,
    );
    expect(definitions).toHaveLength(2);
    for (const { column } of definitions)
      await spyglass.query(`alter table tenant_settings drop column ${column}`);
    try {
      const read = await services.call<Settings>('settings.get', undefined, token);
      expect(read.error).toBeUndefined();
      expect(read.data).toMatchObject({ secondFactor: 'nobody', secondFactorRoles: [] });
      const version = read.data.version;
      const refused = await services.call('settings.update', { version, secondFactor: 'everyone' }, token);
      expect(refused.error?.code).toBe('TENANT_UPGRADING');
      const changed = await services.call('settings.update', { version, legalName: 'Globex' }, token);
      expect(changed.status).toBe(200);
      expect((await me(token)).secondFactorRequired).toBe(false);
    } finally {
      for (const { column, definition } of definitions) {
        await spyglass.query(`alter table tenant_settings add column ${column} ${definition}`);
      }
      await spyglass.close();
    }
  });
});
