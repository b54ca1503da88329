import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Me } from '../../server/domains/account/account.contract.ts';
import { permissionsOfRole } from '../../server/permissions/built-in-roles.contract.ts';
import { permissions } from '../../server/permissions/permissions.contract.ts';
import type { Employee } from '../../server/domains/employees/employees.contract.ts';
import type { Role } from '../../server/domains/roles/roles.contract.ts';
import { startServer } from '../../server/main.ts';
import type { RunningServer } from '../../server/main.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callProcedure } from '../fixtures/wire.ts';
import { Spyglass } from './walk/database.ts';

/** Roles as somebody would try to break them, over HTTP: giving more than one has, and leaving a company without an owner. */
let services: TestServices;
let other: RunningServer;
let spyglass: Spyglass;
let owner: string;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'] });
  other = await startServer({ ...services.config, port: 0 });
  spyglass = new Spyglass(services.tenants.acme?.databaseUrl ?? '');
  owner = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
});
afterAll(async () => {
  await spyglass.close();
  await other.close();
  await services.stop();
});

interface Person {
  email: string;
  token: string;
  id: string;
}

async function person(roles: string[], personal: string[] = []): Promise<Person> {
  const email = await services.addPerson('acme', roles, personal);
  const token = await services.signIn(email);
  const { data } = await services.call<Me>('auth.me', undefined, token);
  return { token, email, id: data.employee?.id ?? '' };
}

const employee = async (id: string) => (await services.call<Employee>('employees.get', { id }, owner)).data;

async function give(by: string, id: string, roles: string[], personal: string[] = []) {
  const { version } = await employee(id);
  return services.call<Employee>('employees.assignRoles', { id, version, roles, permissions: personal }, by);
}

const newRole = (granted: readonly string[], more: object = {}) => ({
  key: `r_${randomUUID().slice(0, 8)}`,
  name: `Role ${randomUUID().slice(0, 8)}`,
  permissions: granted,
  ...more,
});

async function role(granted: readonly string[]): Promise<Role> {
  const { data, error } = await services.call<Role>('roles.create', newRole(granted), owner);
  expect(error).toBeUndefined();
  return data;
}

/** Manages roles and people, and may see products: there is little they can give. */
const steward = ['roles:read', 'roles:manage', 'employees:read', 'employees:assign_roles', 'products:read'];

describe('nobody gives what they do not have', () => {
  test('neither by a new role nor by changing one, one’s own least of all', async () => {
    const own = await role(steward);
    const { token } = await person([own.key]);
    for (const permission of permissions.filter((one) => !steward.includes(one))) {
      const made = await services.call('roles.create', newRole(['products:read', permission]), token);
      expect(made.error, permission).toMatchObject({ code: 'FORBIDDEN', fields: [{ path: 'permissions' }] });
      const changed = await services.call(
        'roles.update',
        { id: own.id, version: own.version, permissions: [...steward, permission] },
        token,
      );
      expect(changed.error?.code, permission).toBe('FORBIDDEN');
    }
    const { data } = await services.call<Me>('auth.me', undefined, token);
    expect([...data.permissions].sort()).toEqual([...steward].sort());
    // They may give the rights they have, and take rights out of a role that has more.
    expect((await services.call('roles.create', newRole(['products:read']), token)).status).toBe(200);
    const larger = await role(['products:read', 'costs:read']);
    const smaller = { id: larger.id, version: larger.version, permissions: ['products:read'] };
    expect((await services.call('roles.update', smaller, token)).status).toBe(200);
  });

  test('neither by giving a role nor by a permission of somebody’s own', async () => {
    const { token, id } = await person([], steward);
    const victim = await person([]);
    const larger = await role(['costs:read']);
    for (const target of [victim.id, id]) {
      const kept = target === id ? steward : [];
      for (const roles of [['owner'], ['admin'], ['buyer'], ['viewer', 'approver'], [larger.key]]) {
        expect((await give(token, target, roles, kept)).error?.code, roles.join()).toBe('FORBIDDEN');
      }
      for (const permission of ['costs:read', 'employees:reveal_pii', 'settings:manage']) {
        expect((await give(token, target, [], [...kept, permission])).error?.code).toBe('FORBIDDEN');
      }
    }
    expect((await employee(victim.id)).roles).toEqual([]);
    expect((await give(token, victim.id, [], ['products:read'])).status).toBe(200);
  });

  test('nor lets somebody with more rights in: not by a sign-in, not by making them active again', async () => {
    const clerk = await person([], ['employees:read', 'employees:update', 'employees:link_sign_in']);
    const admin = await person(['admin']);
    const set = async (changes: object, by: string) => {
      const { version } = await employee(admin.id);
      return services.call('employees.update', { id: admin.id, version, ...changes }, by);
    };
    expect((await set({ status: 'inactive' }, clerk.token)).status).toBe(200);
    expect((await services.call('products.list', {}, admin.token)).error?.code).toBe('SESSION_REVOKED');
    expect((await set({ status: 'active' }, clerk.token)).error).toMatchObject({
      code: 'FORBIDDEN',
      fields: [{ path: 'status' }],
    });
    expect((await set({ status: 'active' }, owner)).status).toBe(200);
    // What was open before stays closed; a person who is active again signs in again.
    expect((await services.call('products.list', {}, admin.token)).error?.code).toBe('SESSION_REVOKED');
    const again = await services.signIn(admin.email);
    expect((await services.call('products.list', {}, again)).status).toBe(200);

    const link = async (procedure: string, by: string) => {
      const { version } = await employee(admin.id);
      return services.call(procedure, { id: admin.id, version, password: undefined }, by);
    };
    expect((await link('employees.unlinkSignIn', clerk.token)).status).toBe(200);
    expect((await link('employees.linkSignIn', clerk.token)).error?.code).toBe('FORBIDDEN');
  });

  test('only an owner makes an owner, even for somebody who has every permission', async () => {
    const equal = await person([], [...permissions]);
    expect((await give(equal.token, equal.id, ['owner'], [...permissions])).error).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringMatching(/owner/) as unknown,
    });
    const victim = await person(['viewer']);
    expect((await give(equal.token, victim.id, ['owner'])).error?.code).toBe('FORBIDDEN');
    expect((await give(equal.token, victim.id, ['admin'])).status).toBe(200);
    // A sign-in of their own choosing revives no session either.
    const sleeping = randomUUID();
    await spyglass.query(
      `insert into employees (id, tenant_id, employee_code, name, email, roles)
       select $1, tenant_id, 'E-SLEEP', 'A sleeping owner', 'sleeping@acme.test', '{owner}' from tenant_identity`,
      [sleeping],
    );
    const linked = await services.call(
      'employees.linkSignIn',
      { id: sleeping, version: 1, password: 'a password they know' },
      equal.token,
    );
    expect(linked.error?.code).toBe('FORBIDDEN');
  });
});

describe('a role', () => {
  test('cannot pass for another one, nor for a built-in one', async () => {
    const existing = await role(['products:read']);
    for (const key of ['owner', 'admin', 'viewer', existing.key]) {
      const answer = await services.call('roles.create', newRole([], { key }), owner);
      expect(answer.error, key).toMatchObject({ code: 'INVALID', fields: [{ path: 'key' }] });
    }
    for (const name of ['Owner', 'OWNER', ' administrator ', existing.name.toUpperCase()]) {
      const answer = await services.call('roles.create', newRole([], { name }), owner);
      expect(answer.error, name).toMatchObject({ code: 'INVALID', fields: [{ path: 'name' }] });
    }
    const another = await role([]);
    const renamed = { id: another.id, version: another.version, name: existing.name };
    expect((await services.call('roles.update', renamed, owner)).error?.code).toBe('INVALID');
    expect((await services.call('roles.update', { ...renamed, name: another.name }, owner)).status).toBe(200);
  });

  test('takes permissions there are, each once, and no endless list of them', async () => {
    const twice = await services.call<Role>(
      'roles.create',
      newRole(['vendors:read', 'products:read', 'vendors:read', 'vendors:read']),
      owner,
    );
    expect(twice.data.permissions).toEqual(['vendors:read', 'products:read']);
    for (const wrong of [
      ['vendors:everything'],
      ['*:*'],
      ['__proto__'],
      ['vendors:read '],
      [null],
      [['vendors:read']],
      Array.from({ length: 201 }, () => 'vendors:read'),
      Array.from({ length: 100_000 }, () => 'vendors:read'),
      'vendors:read',
    ]) {
      const answer = await services.call('roles.create', newRole(wrong as string[]), owner);
      expect(answer.error?.code, JSON.stringify(wrong).slice(0, 40)).toBe('INVALID');
    }
    const { id, version } = await employee((await person([])).id);
    const many = { id, version, roles: Array.from({ length: 11 }, () => 'viewer') };
    expect((await services.call('employees.assignRoles', many, owner)).error?.code).toBe('INVALID');
    const repeated = await services.call<Employee>(
      'employees.assignRoles',
      { id, version, roles: ['viewer', 'viewer'], permissions: ['costs:read', 'costs:read'] },
      owner,
    );
    expect(repeated.data).toMatchObject({ roles: ['viewer'], permissions: ['costs:read'] });
  });

  test('that somebody has is not removed, and nobody is given one that is just being removed', async () => {
    const held = await role(['products:read']);
    const { id } = await person([held.key]);
    const { id: roleId, version } = held;
    expect((await services.call('roles.delete', { id: roleId, version }, owner)).error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/One employee has this role/) as unknown,
    });
    for (let round = 0; round < 5; round += 1) {
      const fleeting = await role(['products:read']);
      const [removed, given] = await Promise.all([
        services.call('roles.delete', { id: fleeting.id, version: fleeting.version }, owner),
        give(owner, id, [held.key, fleeting.key]),
      ]);
      expect([removed.status, given.status].sort()).toSatisfy(
        ([first, second]: number[]) => first === 200 && (second === 400 || second === 409),
      );
      const known = (await services.call<Role[]>('roles.list', undefined, owner)).data.map(({ key }) => key);
      for (const key of (await employee(id)).roles) expect(known).toContain(key);
    }
  });

  test('of a name nobody knows gives nothing, even if it got into the database', async () => {
    const { token, id } = await person([]);
    await spyglass.query(
      `update employees set roles = '{ghost,__proto__,constructor}', permissions = '{vendors:everything}' where id = $1`,
      [id],
    );
    await services.call('settings.update', { version: (await settings()).version, legalName: 'Acme' }, owner);
    const { data } = await services.call<Me>('auth.me', undefined, token);
    expect(data.permissions).toEqual([]);
  });
});

const settings = async () =>
  (await services.call<{ version: number }>('settings.get', undefined, owner)).data;

describe('a change of roles', () => {
  test('holds from the next request on, on every node within 250 ms, in a batch too', async () => {
    const changing = await role(['products:read']);
    const { token } = await person([changing.key]);
    const at = async (apiUrl: string, procedure: string) =>
      (await callProcedure({ apiUrl, procedure, input: {}, token, kind: 'query' })).status;
    expect([await at(services.apiUrl, 'vendors.list'), await at(other.url, 'vendors.list')]).toEqual([
      403, 403,
    ]);

    let { version } = changing;
    for (const [granted, products, vendors] of [
      [['vendors:read'], 403, 200],
      [['products:read'], 200, 403],
      [['products:read', 'vendors:read'], 200, 200],
      [[], 403, 403],
    ] as const) {
      const changed = await services.call<Role>(
        'roles.update',
        { id: changing.id, version, permissions: granted },
        owner,
      );
      const since = performance.now();
      ({ version } = changed.data);
      const batch = await fetch(
        `${services.apiUrl}/api/trpc/products.list,vendors.list?batch=1&input=${encodeURIComponent('{"0":{},"1":{}}')}`,
        { headers: { authorization: `Bearer ${token}` } },
      );
      const answers = (await batch.json()) as { error?: object }[];
      expect(answers.map(({ error }) => (error ? 403 : 200))).toEqual([products, vendors]);
      const left = 250 - (performance.now() - since);
      await expect
        .poll(async () => [await at(other.url, 'products.list'), await at(other.url, 'vendors.list')], {
          timeout: Math.max(left, 50),
          interval: 5,
        })
        .toEqual([products, vendors]);
    }
  });

  test('is not undone by requests that were on their way while it was made', async () => {
    const changing = await role(['products:read']);
    const { token } = await person([changing.key]);
    let { version } = changing;
    for (let round = 0; round < 8; round += 1) {
      const granted = round % 2 === 0 ? [] : ['products:read'];
      const storm = Array.from({ length: 20 }, () => services.call('products.list', {}, token));
      const changed = await services.call<Role>(
        'roles.update',
        { id: changing.id, version, permissions: granted },
        owner,
      );
      ({ version } = changed.data);
      const next = await services.call('products.list', {}, token);
      expect(next.status, `round ${String(round)}`).toBe(round % 2 === 0 ? 403 : 200);
      await Promise.all(storm);
      expect((await services.call('products.list', {}, token)).status).toBe(round % 2 === 0 ? 403 : 200);
    }
  });
});

describe('the last owner', () => {
  const acting = async () =>
    spyglass.query<{ id: string }>(
      `select id from employees where status = 'active' and auth_user_id is not null and 'owner' = any(roles)`,
    );

  test('keeps the role, the sign-in and the job, no matter who asks', async () => {
    const [only, ...rest] = await acting();
    expect(rest).toEqual([]);
    const id = only?.id ?? '';
    const { version } = await employee(id);
    for (const [procedure, input] of [
      ['employees.assignRoles', { roles: ['admin'] }],
      ['employees.assignRoles', { roles: [] }],
      ['employees.update', { status: 'inactive' }],
      ['employees.unlinkSignIn', {}],
    ] as const) {
      const answer = await services.call(procedure, { id, version, ...input }, owner);
      expect(answer.error?.code, procedure).toBe('NOT_ALLOWED_IN_STATE');
    }
    // An owner who cannot sign in doesn't count.
    await spyglass.query("update employees set status = 'inactive' where employee_code = 'E-SLEEP'");
    expect((await services.call('employees.unlinkSignIn', { id, version }, owner)).error?.code).toBe(
      'NOT_ALLOWED_IN_STATE',
    );
    const admin = await person(['admin']);
    expect((await give(admin.token, id, ['viewer'])).error?.code).toBe('FORBIDDEN');
  });

  test('is left by two owners who put each other out at the same moment, in every way there is', async () => {
    const ways: readonly [string, object][] = [
      ['employees.assignRoles', { roles: ['viewer'] }],
      ['employees.update', { status: 'inactive' }],
      ['employees.unlinkSignIn', {}],
    ];
    const put = async ([procedure, input]: (typeof ways)[number], id: string, by: Person) => {
      const { version } = await employee(id);
      return services.call(procedure, { id, version, ...input }, by.token);
    };
    const first = (await services.call<Me>('auth.me', undefined, owner)).data.employee?.id ?? '';
    for (const mine of ways) {
      for (const theirs of ways) {
        const [a, b] = [await person(['owner']), await person(['owner'])];
        // Only these two are left to decide.
        await spyglass.query('update employees set roles = $2 where id = $1', [first, ['admin']]);
        try {
          const answers = await Promise.all([put(mine, b.id, a), put(theirs, a.id, b)]);
          const codes = answers.map(({ error }) => error?.code ?? 'done');
          expect(codes.filter((code) => code === 'done').length, codes.join()).toBeLessThanOrEqual(1);
          for (const code of codes)
            expect([
              'done',
              'NOT_ALLOWED_IN_STATE',
              'FORBIDDEN',
              'SESSION_REVOKED',
              'UNAUTHENTICATED',
            ]).toContain(code);
          expect((await acting()).length, codes.join()).toBeGreaterThanOrEqual(1);
          // Removing each other at the same moment doesn't work either.
          const left = await acting();
          await Promise.all(left.map(({ id }) => put(mine, id, id === a.id ? a : b)));
          expect((await acting()).length).toBeGreaterThanOrEqual(1);
        } finally {
          await spyglass.query("update employees set roles = '{owner}' where id = $1", [first]);
          await spyglass.query("update employees set roles = '{}' where id = any($1)", [[a.id, b.id]]);
        }
      }
    }
  }, 120_000);
});

test('the built-in roles are fixed', async () => {
  const { data } = await services.call<Role[]>('roles.list', undefined, owner);
  for (const one of data.filter(({ builtIn }) => builtIn)) {
    expect(one.id).toBeNull();
    expect(one.permissions).toEqual([...permissionsOfRole[one.key as keyof typeof permissionsOfRole]]);
  }
});

describe('a lost computer', () => {
  const signOut = async (by: string, id: string) =>
    services.call<Employee>('employees.signOut', { id, version: (await employee(id)).version }, by);

  test('is signed out on every server by people who may manage sessions, and the person signs in again', async () => {
    const [clerk, admin] = [await person(['warehouse']), await person(['admin'])];
    expect((await signOut((await person(['viewer'])).token, clerk.id)).error?.code).toBe('FORBIDDEN');
    expect((await services.call('products.list', {}, clerk.token)).status).toBe(200);
    expect((await signOut(admin.token, clerk.id)).error).toBeUndefined();
    expect((await services.call('products.list', {}, clerk.token)).error?.code).toBe('SESSION_REVOKED');
    await expect
      .poll(
        async () =>
          (
            await callProcedure({
              apiUrl: other.url,
              procedure: 'products.list',
              kind: 'query',
              input: {},
              token: clerk.token,
            })
          ).error?.code,
        { timeout: 1000, interval: 25 },
      )
      .toBe('SESSION_REVOKED');
    const again = await services.signIn((await employee(clerk.id)).email);
    expect((await services.call('products.list', {}, again)).status).toBe(200);
  });

  test('does not exist for somebody without a sign-in', async () => {
    const made = await services.call<Employee>(
      'employees.create',
      { employeeCode: 'E-NONE', name: 'No Sign-in', email: 'none@acme.test' },
      owner,
    );
    expect((await signOut(owner, made.data.id)).error?.code).toBe('NOT_ALLOWED_IN_STATE');
  });
});
