import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { migration, quotationKind } from '../../tests/fixtures/toy-document/quotations.ts';
import type { quotationsRouter } from '../../tests/fixtures/toy-document/quotations.ts';
import { provisionalName } from './numbers.contract.ts';
import { tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import type { RequestContext } from '../ladder/context.ts';
import { permissions } from '../permissions/permissions.contract.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import { appRouter } from '../router.ts';

/**
 * A kind of document that the product does not have works throughout with its own folder, one migration, and a line in
 * each of these lists; `npm run yardstick` counts them.
 */
vi.mock('../domains/described.contract.ts', async (listed) => ({
  ...(await listed<object>()),
  ...(await import('../../tests/fixtures/toy-document/lines/described.contract.ts')),
}));
vi.mock('../ground/vocabulary/vocabularies.contract.ts', async (listed) => ({
  ...(await listed<object>()),
  ...(await import('../../tests/fixtures/toy-document/lines/vocabularies.contract.ts')),
}));
vi.mock('../domains/routers.ts', async (listed) => ({
  ...(await listed<object>()),
  ...(await import('../../tests/fixtures/toy-document/lines/routers.ts')),
}));

type Caller = ReturnType<typeof quotationsRouter.createCaller>;
/** The procedures of the toy kind, as in the whole API. */
const callerOf = (context: RequestContext) =>
  (appRouter.createCaller(context) as unknown as { quotations: Caller }).quotations;

let trade: TradingTenant;
let clerk: Caller;
beforeAll(async () => {
  trade = await tradingTenant('quoting');
  await trade.tenant.query(migration);
  await trade.tenant.query('select apply_tenant_grants($1)', [trade.tenant.record.login_role]);
  clerk = callerOf(await trade.tenant.as('sales'));
});
afterAll(() => trade.close());

const drafted = async () => {
  const lines = [{ productId: await trade.product(), quantity: '2', unitPrice: '50' }];
  return clerk.create({ customerId: trade.customerId, warehouseId: trade.warehouseId, lines });
};
const only = ({ id, version }: { id: string; version: number }) => ({ id, version });

test('it is drafted, priced with its tax, changed, and gets a number of its own series when it is offered', async () => {
  const draft = await drafted();
  expect(draft).toMatchObject({ status: 'draft', total: '118.00', possible: ['update', 'offer'] });
  expect(draft.quotationNumber).toBe(provisionalName(draft.id));
  const changed = await clerk.update({ ...only(draft), notes: 'valid for a week' });
  expect(changed).toMatchObject({
    notes: 'valid for a week',
    quotationNumber: draft.quotationNumber,
    version: draft.version + 1,
  });
  expect((await clerk.offer(only(changed))).quotationNumber).toMatch(/^QT\/\d\d-\d\d\/00001$/);
});

test('its commands keep to their states, versions, permissions and the parties in use', async () => {
  const draft = await drafted();
  expect((await problemOf(clerk.take(only(draft)))).extras).toMatchObject({
    state: 'draft',
    possible: ['update', 'offer'],
  });
  const viewer = callerOf(await trade.tenant.as('viewer'));
  expect((await problemOf(viewer.offer(only(draft)))).code).toBe('FORBIDDEN');
  expect((await viewer.get({ id: draft.id })).quotationNumber).toBe(draft.quotationNumber);
  const offered = await clerk.offer(only(draft));
  expect((await problemOf(clerk.take(only(draft)))).code).toBe('CONFLICT');
  await trade.tenant.query(`update customers set status = 'inactive' where id = $1`, [trade.customerId]);
  const refused = await problemOf(clerk.take(only(offered)));
  expect(refused.extras.fields).toMatchObject([{ path: 'customerId' }]);
  await trade.tenant.query(`update customers set status = 'active' where id = $1`, [trade.customerId]);
  expect((await clerk.take(only(offered))).status).toBe('taken');
});

test('every command leaves its trace, which those read who may read the document', async () => {
  const offered = await clerk.offer(only(await drafted()));
  const declined = await clerk.decline({ ...only(offered), reason: 'too dear' });
  expect(declined).toMatchObject({ status: 'declined', statusReason: 'too dear', possible: [] });
  const filter = { recordId: declined.id };
  const { items } = await trade.owner.reports.audit({ filter });
  expect(items.map(({ action, recordLabel }) => [action, recordLabel])).toEqual([
    ['decline', declined.quotationNumber],
    ['offer', declined.quotationNumber],
    ['create', provisionalName(declined.id)],
  ]);
  expect(items[0]?.changes.statusReason).toEqual({ before: null, after: 'too dear' });
  const without = await trade.as([], ['audit:read']);
  expect((await without.reports.audit({ filter })).items).toEqual([]);
});

test('it is found by its number in the palette, with its state, by those who may read it', async () => {
  const { id, quotationNumber } = await clerk.offer(only(await drafted()));
  const found = await trade.owner.reports.find({ text: quotationNumber });
  expect(found[0]).toMatchObject({ kind: 'quotation', id, title: quotationNumber, status: 'offered' });
  const others = await trade.as([], ['vendors:read']);
  expect(await others.reports.find({ text: quotationNumber })).toEqual([]);
});

test('it is listed, for one customer as well, with how many there are', async () => {
  const { id } = await drafted();
  const mine = await clerk.list({ filter: { partyId: trade.customerId }, limit: 200, total: true });
  expect(mine.items.map((row) => row.id)).toContain(id);
  expect(mine.total).toBe(mine.items.length);
  const { items } = await clerk.list({ filter: { partyId: await trade.customer() } });
  expect(items).toEqual([]);
});

test('each of its procedures is refused to whoever has every permission but its own', async () => {
  const { commands, readWith, createWith } = quotationKind;
  const { id, version } = await drafted();
  const asked: [keyof Caller, Permission, object][] = [
    ['list', readWith, {}],
    ['get', readWith, { id }],
    [
      'create',
      createWith,
      { customerId: id, warehouseId: id, lines: [{ productId: id, quantity: '1', unitPrice: '1' }] },
    ],
    ...Object.entries(commands).map(([command, { permission }]): [keyof Caller, Permission, object] => [
      command as keyof Caller,
      permission,
      { id, version, reason: 'because', notes: '' },
    ]),
  ];
  for (const [name, permission, input] of asked) {
    const others = permissions.filter((one) => one !== permission);
    const person = callerOf(await trade.tenant.as([], others)) as unknown as Record<
      string,
      (input: object) => Promise<unknown>
    >;
    expect((await problemOf(person[name]!(input))).code, name).toBe('FORBIDDEN');
  }
});

test('its rights belong to the roles that its duties name, which say so, and to owners and administrators', async () => {
  const roles = new Map((await trade.owner.roles.list()).map((role) => [role.key, role]));
  const own = (key: string) =>
    roles.get(key)?.permissions.filter((permission) => permission.startsWith('quotations:'));
  const all = ['read', 'create', 'update', 'offer', 'take', 'cancel'].map((right) => `quotations:${right}`);
  expect(own('owner')).toEqual(all);
  expect(own('admin')).toEqual(all);
  expect(own('sales')).toEqual(all);
  expect(own('viewer')).toEqual(['quotations:read']);
  expect(own('buyer')).toEqual([]);
  expect(roles.get('sales')?.description).toContain('Sees quotations. Writes and offers quotations.');
  expect(roles.get('buyer')?.description).not.toContain('quotations');
});

test('it refuses for reasons of its own, in every language, and says its rights and states in words', async () => {
  const lines = [{ productId: await trade.product(), quantity: '2', unitPrice: '0' }];
  const draft = await clerk.create({ customerId: trade.customerId, warehouseId: trade.warehouseId, lines });
  const offered = await clerk.offer(only(draft));
  const worthless = await problemOf(clerk.take(only(offered)));
  expect(worthless.said).toEqual({
    reason: 'quotation.worth_nothing',
    parameters: { number: offered.quotationNumber },
  });
  expect(worthless.wordsIn('en')).toMatch(/^QT\S+ is worth nothing/);
  expect(worthless.wordsIn('hi')).toMatch(/^QT\S+ का कुल शून्य है/);
  const impossible = await problemOf(clerk.offer(only(offered)));
  expect(impossible.wordsIn('hi')).toContain('“भेजा हुआ”');
  const viewer = callerOf(await trade.tenant.as('viewer'));
  expect((await problemOf(viewer.take(only(offered)))).wordsIn('hi')).toContain('स्वीकार करना');
  const { id } = await trade.owner.products.get({ id: await trade.product() });
  const missing = await problemOf(clerk.get({ id }));
  expect(missing.wordsIn('hi')).toContain('कोटेशन');
});
