import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { migration, relocationsRouter } from '../../tests/fixtures/toy-document/relocations.ts';
import { tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import { provisionalName } from './numbers.contract.ts';

/** The kernel handles a document between two warehouses, without a party and without prices, like any other. */
let trade: TradingTenant;
let clerk: ReturnType<typeof relocationsRouter.createCaller>;
let toWarehouseId: string;
beforeAll(async () => {
  trade = await tradingTenant('relocating');
  await trade.tenant.query(migration);
  await trade.tenant.query('select apply_tenant_grants($1)', [trade.tenant.record.login_role]);
  clerk = relocationsRouter.createCaller(await trade.tenant.as('warehouse'));
  toWarehouseId = uuidv7();
  await trade.tenant.query(
    `insert into warehouses (id, tenant_id, code, name, address) values ($1, $2, 'NAG', 'Nagpur', '{}')`,
    [toWarehouseId, trade.tenant.id],
  );
});
afterAll(() => trade.close());

const drafted = async (fields: object = {}) => {
  const lines = [{ productId: await trade.product(), quantity: '2', note: 'upright' }];
  return clerk.create({ fromWarehouseId: trade.warehouseId, toWarehouseId, lines, ...fields });
};
const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const shut = (id: string, status: 'active' | 'inactive') =>
  trade.tenant.query(`update warehouses set status = $2 where id = $1`, [id, status]);

test('it is drafted, changed, numbered when it is sent, and arrives', async () => {
  const draft = await drafted();
  expect(draft).toMatchObject({ status: 'draft', lines: [{ ordered: '2.000', note: 'upright' }] });
  expect(draft.relocationNumber).toBe(provisionalName(draft.id));
  const changed = await clerk.update({ ...only(draft), notes: 'by van' });
  expect(changed).toMatchObject({ notes: 'by van', lines: draft.lines, version: draft.version + 1 });
  const sent = await clerk.send(only(changed));
  expect(sent.relocationNumber).toMatch(/^RL\/\d\d-\d\d\/00001$/);
  expect((await clerk.arrive(only(sent))).status).toBe('arrived');
});

test('its trail tells what was typed, and no amounts', async () => {
  const draft = await drafted();
  await clerk.cancel({ ...only(draft), reason: 'not needed' });
  const [made, cancelled] = await trade.tenant.query<{ action: string; changes: object }>(
    `select action, changes from audit_log where record_id = $1 order by at`,
    [draft.id],
  );
  expect(Object.keys(made?.changes ?? {}).toSorted()).toEqual([
    'fromWarehouseId',
    'lines',
    'orderDate',
    'toWarehouseId',
  ]);
  expect(cancelled).toMatchObject({ action: 'cancel', changes: { statusReason: { after: 'not needed' } } });
});

test('each of its two warehouses must be there and open, when it is written and when it goes on', async () => {
  const draft = await drafted();
  await shut(toWarehouseId, 'inactive');
  const refused = [await problemOf(clerk.send(only(draft))), await problemOf(drafted())];
  for (const { extras } of refused) expect(extras.fields).toMatchObject([{ path: 'toWarehouseId' }]);
  await shut(toWarehouseId, 'active');
  const nowhere = await problemOf(drafted({ fromWarehouseId: uuidv7() }));
  expect(nowhere.extras.fields).toMatchObject([{ path: 'fromWarehouseId' }]);
  expect((await clerk.send(only(draft))).status).toBe('sent');
});

test('its quantities are counted by the unit of the product, like those of an order', async () => {
  const productId = await trade.product({ unit: 'NOS' });
  const refused = await problemOf(drafted({ lines: [{ productId, quantity: '1.5' }] }));
  expect(refused.extras.fields).toMatchObject([{ path: 'lines.0.quantity' }]);
});

test('the same draft sent twice is made once', async () => {
  const id = uuidv7();
  const lines = [{ productId: await trade.product(), quantity: '1' }];
  const [first, again] = [await drafted({ id, lines }), await drafted({ id, lines })];
  expect(again).toEqual(first);
});
