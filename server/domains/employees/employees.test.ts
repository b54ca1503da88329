import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFixture } from '../../../tests/fixtures/local-auth.ts';
import type { AuthFixture } from '../../../tests/fixtures/local-auth.ts';
import { problemOf, testPlatform } from '../../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../../tests/fixtures/tenant.ts';
import { appRouter } from '../../router.ts';
import { aadhaarCheckDigit, aadhaarSchema } from './employees.contract.ts';

let auth: AuthFixture;
let platform: TestPlatform;
let acme: TestTenant;

beforeAll(async () => {
  auth = await startFixture(15_651);
  platform = await testPlatform({ url: auth.url, serviceRoleKey: auth.secrets.serviceRoleKey });
  acme = await platform.tenant('acme');
});
afterAll(async () => {
  await platform.close();
  await auth.close();
});

const as = async (roles: string | string[], permissions: string[] = []) =>
  appRouter.createCaller(await acme.as(roles, permissions));
let made = 0;
const email = () => `person${String((made += 1))}@acme.example`;
const password = 'a long enough password';

describe('an employee', () => {
  test('gets the next code when none is given', async () => {
    const hr = await as('admin');
    await hr.employees.create({ employeeCode: 'E0041', name: 'Asha Rao', email: email() });
    const next = await hr.employees.create({ name: 'Imran Khan', email: email() });
    expect(next).toMatchObject({ employeeCode: 'E0042', roles: [], hasSignIn: false, status: 'active' });
  });

  test('keeps the PAN encrypted and of the Aadhaar number only four digits and a keyed hash', async () => {
    const aadhaar = `23412341234${aadhaarCheckDigit('23412341234')}`;
    const hr = await as('owner');
    const person = await hr.employees.create({
      name: 'Meera Nair',
      email: email(),
      pan: 'ABCPN1234F',
      aadhaar,
    });
    expect(person).toMatchObject({ panMasked: 'ABCPN••••F', aadhaarLastFour: aadhaar.slice(8) });
    const kept = JSON.stringify(
      await acme.query(
        'select e.*, a.changes from employees e join audit_log a on a.record_id = e.id where e.id = $1',
        [person.id],
      ),
    );
    expect(kept).not.toContain('ABCPN1234F');
    expect(kept).not.toContain(aadhaar.slice(0, 8));
    const twice = await problemOf(hr.employees.create({ name: 'Other', email: email(), aadhaar }));
    expect(twice).toMatchObject({ code: 'INVALID', extras: { fields: [{ path: 'aadhaar' }] } });
    expect(aadhaarSchema.safeParse('2341 2341 2345').success).toBe(false);
  });

  test('sent twice with the same id is one employee', async () => {
    const hr = await as('owner');
    const input = {
      id: uuidv7(),
      name: 'Once',
      email: email(),
      pan: 'ABCPO1234F',
      address: { city: 'Pune' },
    };
    const first = await hr.employees.create(input);
    expect(await hr.employees.create(input)).toEqual(first);
    expect((await problemOf(hr.employees.create({ ...input, pan: 'ZZCPO1234F' }))).code).toBe('CONFLICT');
  });

  test('people who may not reveal a PAN can neither set, change nor guess one', async () => {
    const owner = await as('owner');
    const hr = await as('admin');
    const input = { id: uuidv7(), name: 'Kept', email: email(), pan: 'ABCPK1234F' };
    const person = await owner.employees.create(input);
    const { id, version } = person;
    for (const change of [
      () => hr.employees.create(input),
      () => hr.employees.update({ id, version, pan: input.pan }),
      () => hr.employees.update({ id, version, pan: null }),
    ]) {
      expect(await problemOf(change())).toMatchObject({
        code: 'FORBIDDEN',
        extras: { fields: [{ path: 'pan' }] },
      });
    }
    await hr.employees.update({ id, version, department: 'Stores' });
    expect(await owner.employees.get({ id })).toMatchObject({
      panMasked: 'ABCPK••••F',
      department: 'Stores',
    });
  });

  test('cannot be their own manager, not even through others', async () => {
    const hr = await as('admin');
    const top = await hr.employees.create({ name: 'Top', email: email() });
    const middle = await hr.employees.create({ name: 'Middle', email: email(), managerId: top.id });
    expect(middle.manager).toMatchObject({ id: top.id, name: 'Top' });
    const field = async (call: Promise<unknown>) => (await problemOf(call)).extras.fields?.[0]?.path;
    expect(await field(hr.employees.update({ id: top.id, version: 1, managerId: middle.id }))).toBe(
      'managerId',
    );
    expect(await field(hr.employees.update({ id: top.id, version: 1, managerId: top.id }))).toBe('managerId');
    expect(await field(hr.employees.create({ name: 'X', email: email(), managerId: uuidv7() }))).toBe(
      'managerId',
    );
  });

  test('cannot take the e-mail address or code of another', async () => {
    const hr = await as('admin');
    const one = await hr.employees.create({ name: 'One', email: email() });
    const byEmail = await problemOf(hr.employees.create({ name: 'Two', email: one.email.toUpperCase() }));
    expect(byEmail.extras.fields).toMatchObject([{ path: 'email' }]);
    const code = one.employeeCode.toLowerCase();
    const byCode = await problemOf(hr.employees.create({ name: 'Two', email: email(), employeeCode: code }));
    expect(byCode.message).toBe(`${code} is already used by One.`);
  });

  test('is listed, filtered and found', async () => {
    const hr = await as('admin');
    const person = await hr.employees.create({
      name: 'Zubin Wadia',
      email: email(),
      department: 'Quality',
      phone: null,
    });
    const ids = async (input: object) => (await hr.employees.list(input)).items.map(({ id }) => id);
    expect(await ids({ search: 'zubin qual' })).toEqual([person.id]);
    expect(await ids({ filter: { department: 'Quality' } })).toEqual([person.id]);
    expect(await ids({ filter: { hasSignIn: true, ids: [person.id] } })).toEqual([]);
    expect(await ids({ filter: { role: 'admin' } })).toHaveLength(1);
  });
});

test('a PAN is revealed to those who may see it, and who looked and why is in the audit log', async () => {
  const owner = await as('owner');
  const person = await owner.employees.create({ name: 'Secret', email: email(), pan: 'AAAPS1234Q' });
  const reveal = { id: person.id, field: 'pan' as const, reason: 'Form 16' };
  expect((await problemOf((await as('admin')).employees.revealPii(reveal))).code).toBe('FORBIDDEN');
  expect(await owner.employees.revealPii(reveal)).toEqual({
    id: person.id,
    field: 'pan',
    value: 'AAAPS1234Q',
  });
  const [entry] = (await owner.reports.audit({ filter: { recordId: person.id }, limit: 1 })).items;
  expect(entry).toMatchObject({ action: 'reveal_pii', actor: 'The owner' });
  expect(entry?.changes).toMatchObject({ reason: { after: 'Form 16' } });
});

describe('roles', () => {
  test('nobody can give what they do not have', async () => {
    const hr = await as([], ['employees:assign_roles', 'employees:read', 'employees:create', 'vendors:read']);
    const person = await hr.employees.create({ name: 'New', email: email() });
    const give = (roles: string[], permissions: 'vendors:read'[] = []) =>
      hr.employees.assignRoles({ id: person.id, version: 1, roles, permissions });
    expect((await problemOf(give(['buyer']))).code).toBe('FORBIDDEN');
    expect((await problemOf(give(['owner']))).code).toBe('FORBIDDEN');
    expect((await problemOf(give(['nonsense']))).extras.fields).toMatchObject([{ path: 'roles.0' }]);
    expect(await give([], ['vendors:read'])).toMatchObject({ permissions: ['vendors:read'], version: 2 });
    const admin = await as('admin');
    const refused = await problemOf(
      admin.employees.assignRoles({ id: person.id, version: 2, roles: ['owner'] }),
    );
    expect(refused.message).toContain('employees: reveal pii');
  });

  test('of the tenant’s own are made, changed and taken away, within what the maker may do', async () => {
    const owner = await as('owner');
    const role = await owner.roles.create({
      key: 'night_shift',
      name: 'Night shift',
      permissions: ['inventory:read'],
    });
    expect(role).toMatchObject({ builtIn: false, members: 0, permissions: ['inventory:read'] });
    expect(
      (await problemOf(owner.roles.create({ key: 'night_shift', name: 'X', permissions: [] }))).message,
    ).toContain('already used');
    expect((await problemOf(owner.roles.create({ key: 'buyer', name: 'X', permissions: [] }))).code).toBe(
      'INVALID',
    );
    const manager = await as([], ['roles:manage', 'roles:read']);
    const beyond = await problemOf(
      manager.roles.create({ key: 'costly', name: 'Costly', permissions: ['costs:read'] }),
    );
    expect(beyond.code).toBe('FORBIDDEN');

    const person = await owner.employees.create({ name: 'Night Owl', email: email() });
    await owner.employees.assignRoles({ id: person.id, version: 1, roles: ['night_shift'] });
    const held = await problemOf(owner.roles.delete({ id: role.id ?? '', version: 1 }));
    expect(held).toMatchObject({
      code: 'CONFLICT',
      message: 'One employee has this role: give them another one first.',
    });
    await owner.employees.assignRoles({ id: person.id, version: 2, roles: [] });
    await owner.roles.delete({ id: role.id ?? '', version: 1 });
    expect((await owner.roles.list()).map(({ key }) => key)).not.toContain('night_shift');
  });

  test('a change of a role holds on the next request of those who have it', async () => {
    const owner = await as('owner');
    const role = await owner.roles.create({ key: 'temp', name: 'Temp', permissions: ['customers:read'] });
    const temp = await as('temp');
    await temp.customers.list({});
    await owner.roles.update({ id: role.id ?? '', version: 1, permissions: ['vendors:read'] });
    expect((await problemOf(temp.customers.list({}))).code).toBe('FORBIDDEN');
    await temp.vendors.list({});
    expect((await problemOf(owner.roles.update({ id: role.id ?? '', version: 1, name: 'Late' }))).code).toBe(
      'CONFLICT',
    );
  });
});

describe('a sign-in', () => {
  test('lets the person in with the roles given, and taking it away shuts the person out', async () => {
    const owner = await as('owner');
    const person = await owner.employees.create({ name: 'Newcomer', email: email() });
    const withRole = await owner.employees.assignRoles({ id: person.id, version: 1, roles: ['viewer'] });
    const linked = await owner.employees.linkSignIn({ id: person.id, version: withRole.version, password });
    expect(linked.hasSignIn).toBe(true);

    const signedIn = await auth.client().auth.signInWithPassword({ email: person.email, password });
    const user = signedIn.data.user;
    expect(user?.app_metadata.tenant_id).toBe(acme.id);
    const viewer = appRouter.createCaller(acme.asUser(user?.id ?? ''));
    await viewer.products.list({});
    expect((await problemOf(viewer.products.create({ sku: 'X', name: 'X', hsnCode: '7318' }))).code).toBe(
      'FORBIDDEN',
    );

    const again = await problemOf(
      owner.employees.linkSignIn({ id: person.id, version: linked.version, password }),
    );
    expect(again).toMatchObject({ code: 'NOT_ALLOWED_IN_STATE', extras: { possible: ['unlinkSignIn'] } });
    const moved = await problemOf(
      owner.employees.update({ id: person.id, version: linked.version, email: email() }),
    );
    expect(moved.extras.fields).toMatchObject([{ path: 'email' }]);

    const unlinked = await owner.employees.unlinkSignIn({ id: person.id, version: linked.version });
    expect(unlinked.hasSignIn).toBe(false);
    expect(platform.revokedUsers).toContain(user?.id);
    expect((await problemOf(viewer.products.list({}))).code).toBe('FORBIDDEN');
  });

  test('cannot be given to somebody who may do more than the giver', async () => {
    const owner = await as('owner');
    const person = await owner.employees.create({ name: 'Big Boss', email: email() });
    const boss = await owner.employees.assignRoles({ id: person.id, version: 1, roles: ['owner'] });
    const admin = await as('admin');
    const problem = await problemOf(
      admin.employees.linkSignIn({ id: person.id, version: boss.version, password }),
    );
    expect(problem.code).toBe('FORBIDDEN');
  });

  test('of an address that belongs to another tenant waits for its owner’s proof, and takes no password', async () => {
    const elsewhere = await platform.tenant('globex');
    const stranger = appRouter.createCaller(await elsewhere.as('owner'));
    const address = email();
    const theirs = await stranger.employees.create({ name: 'Theirs', email: address });
    await stranger.employees.linkSignIn({ id: theirs.id, version: 1, password });
    const owner = await as('owner');
    const ours = await owner.employees.create({ name: 'Ours', email: address });
    const given = await owner.employees.linkSignIn({ id: ours.id, version: 1, password });
    expect(given).toMatchObject({ hasSignIn: true, signInGiven: 'proof' });
    const { rows } = await platform.control.pool.query<{ tenant_id: string }>(
      'select tenant_id from user_mappings where email = $1',
      [address],
    );
    expect(rows).toEqual([{ tenant_id: elsewhere.id }]);
  });
});

test('the last owner keeps the role, the sign-in and the job; another one may go', async () => {
  const initech = await platform.tenant('initech');
  const owner = appRouter.createCaller(await initech.as('owner'));
  const [me] = (await owner.employees.list({ filter: { role: 'owner' } })).items;
  if (!me) throw new Error('There is no owner.');
  const { id } = me;
  const state = async (call: Promise<unknown>) => (await problemOf(call)).extras.state;
  expect(await state(owner.employees.assignRoles({ id, version: 1, roles: ['viewer'] }))).toBe('last_owner');
  expect(await state(owner.employees.update({ id, version: 1, status: 'inactive' }))).toBe('last_owner');
  expect(await state(owner.employees.unlinkSignIn({ id, version: 1 }))).toBe('last_owner');

  const admin = appRouter.createCaller(await initech.as('admin'));
  expect((await problemOf(admin.employees.unlinkSignIn({ id, version: 1 }))).code).toBe('FORBIDDEN');

  const heir = await owner.employees.create({ name: 'Heir', email: email() });
  const named = await owner.employees.assignRoles({ id: heir.id, version: 1, roles: ['owner'] });
  // An owner who cannot sign in is not enough.
  expect(await state(owner.employees.unlinkSignIn({ id, version: 1 }))).toBe('last_owner');
  await owner.employees.linkSignIn({ id: heir.id, version: named.version, password });
  expect(await owner.employees.assignRoles({ id, version: 1, roles: ['viewer'] })).toMatchObject({
    roles: ['viewer'],
  });
  expect((await problemOf(owner.employees.list({}))).code).toBe('FORBIDDEN');
});

describe('the company’s settings', () => {
  test('are read by those who may and changed with their version', async () => {
    const owner = await as('owner');
    const settings = await owner.settings.get();
    const changed = await owner.settings.update({
      version: settings.version,
      gstin: '27AAPFU0939F1ZV',
      approvalThreshold: '75000',
    });
    expect(changed).toMatchObject({
      gstin: '27AAPFU0939F1ZV',
      approvalThreshold: '75000.00',
      address: { stateCode: '27' },
    });
    expect(
      (await problemOf(owner.settings.update({ version: settings.version, currency: 'USD' }))).code,
    ).toBe('CONFLICT');
    const elsewhere = owner.settings.update({
      version: changed.version,
      address: { ...changed.address, stateCode: '29' },
    });
    expect((await problemOf(elsewhere)).extras.fields).toMatchObject([{ path: 'gstin' }]);
    expect((await problemOf((await as('buyer')).settings.get())).code).toBe('FORBIDDEN');
  });
});
