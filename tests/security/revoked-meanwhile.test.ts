import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdAt } from '../fixtures/held.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Spyglass } from './walk/database.ts';

/**
 * A person's command is held in the middle of its transaction, and the right to it is taken away. Whatever the way, the
 * command that goes on afterwards changes nothing.
 */
let services: TestServices;
let acme: Spyglass;
let owner: string;
let operator: string;
let count = 0;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'] });
  acme = new Spyglass(services.tenants.acme?.databaseUrl ?? '');
  owner = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
  operator = await services.signIn(await services.addOperator());
});
afterAll(async () => {
  await acme.close();
  await services.stop();
});

interface Standing {
  token: string;
  employee: () => Promise<{ id: string; version: number }>;
  role: { id: string; version: number };
}

async function done<T>(procedure: string, input: unknown, token: string): Promise<T> {
  const { error, data } = await services.call<T>(procedure, input, token);
  if (error) throw new Error(`${procedure}: ${error.message}`);
  return data;
}

async function somebody(): Promise<Standing> {
  count += 1;
  const key = `keeper_${String(count)}`;
  const permissions = ['products:read', 'products:update'];
  const role = await done<Standing['role']>('roles.create', { key, name: key, permissions }, owner);
  const email = await services.addPerson('acme', [key]);
  const token = await services.signIn(email);
  const employee = async () => {
    const { items } = await done<{ items: { id: string; version: number }[] }>(
      'employees.list',
      { search: email },
      owner,
    );
    return items[0] ?? { id: '', version: 0 };
  };
  return { token, employee, role };
}

const company = () => ({ id: services.tenants.acme?.id });
const ways: Record<
  string,
  { code: string; take: (who: Standing) => Promise<unknown>; giveBack?: () => Promise<unknown> }
> = {
  'the role is taken from the person': {
    code: 'FORBIDDEN',
    take: async ({ employee }) =>
      done('employees.assignRoles', { ...only(await employee()), roles: [], permissions: [] }, owner),
  },
  'the right is taken from the role': {
    code: 'FORBIDDEN',
    take: ({ role }) => done('roles.update', { ...only(role), permissions: ['products:read'] }, owner),
  },
  'the right to read is taken from the role': {
    code: 'FORBIDDEN',
    take: ({ role }) => done('roles.update', { ...only(role), permissions: ['products:update'] }, owner),
  },
  'the person is deactivated': {
    code: 'SESSION_REVOKED',
    take: async ({ employee }) =>
      done('employees.update', { ...only(await employee()), status: 'inactive' }, owner),
  },
  'the sign-in is taken away': {
    code: 'SESSION_REVOKED',
    take: async ({ employee }) => done('employees.unlinkSignIn', only(await employee()), owner),
  },
  'the person is signed out by the company': {
    code: 'SESSION_REVOKED',
    take: async ({ employee }) => done('employees.signOut', only(await employee()), owner),
  },
  'the person signs out': {
    code: 'SESSION_REVOKED',
    take: ({ token }) => done('auth.logout', {}, token),
  },
  'the company is suspended': {
    code: 'TENANT_SUSPENDED',
    take: () => done('admin.tenants.suspend', company(), operator),
    giveBack: () => done('admin.tenants.reactivate', company(), operator),
  },
};

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });

test.each(Object.entries(ways))(
  '%s while a command runs: the command changes nothing',
  async (_, { code, take, giveBack }) => {
    const who = await somebody();
    const fields = { name: 'As it was', hsnCode: '7318', taxClass: 'GST18' };
    const product = await done<Standing['role']>(
      'products.create',
      { sku: `HELD-${String(count)}`, ...fields },
      owner,
    );
    const hold = await holdAt(() => services.tenants.acme?.databaseUrl ?? '', {
      database: 'acme',
      table: 'products',
      event: 'update',
    });
    const command = services.call(
      'products.update',
      { ...only(product), name: 'Changed' },
      who.token,
      `held-${String(count)}`,
    );
    try {
      await hold.reached();
      await take(who);
    } finally {
      await hold.end('done');
    }
    const { error } = await command;
    await giveBack?.();
    expect(error?.code).toBe(code);
    const rows = await acme.query('select name, version from products where id = $1', [product.id]);
    expect(rows).toEqual([{ name: 'As it was', version: product.version }]);
    const trail = await acme.query('select action from audit_log where record_id = $1', [product.id]);
    expect(trail).toEqual([{ action: 'create' }]);
  },
);
