import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { adjustmentReasons, keptAdjustment } from './adjustment-reasons.contract.ts';

/** Why stock was adjusted: the code of a list, and beside it a person's own words. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('adjustment-reasons');
});
afterAll(() => trade.close());

const note = 'found: behind the door';
async function found(productId: string, more = {}) {
  const place = { productId, warehouseId: trade.warehouseId, quantity: '1' };
  return trade.owner.inventory.adjust({ ...place, reason: 'found', note, ...more });
}
const listed = async (productId: string) =>
  (await trade.owner.inventory.movements({ filter: { productId }, limit: 10 })).items;

test('code and note are apart in the answer, in the list and in the trail, and the same request finds its first', async () => {
  const productId = await trade.stocked('5', '10');
  const id = uuidv7();
  const { movement } = await found(productId, { id });
  expect(movement).toMatchObject({ reason: 'found', note });
  expect((await found(productId, { id })).movement).toEqual(movement);
  expect((await listed(productId)).map((row) => [row.reason, row.note])).toEqual([
    ['found', note],
    ['opening', null],
  ]);
  const trail = await trade.owner.reports.audit({ filter: { recordId: id }, limit: 10 });
  expect(trail.items[0]?.changes).toMatchObject({ reason: { after: 'found' }, note: { after: note } });
});

test('whoever undoes a movement is not taken for the list, even in its words', async () => {
  const productId = await trade.stocked('5', '10');
  const { movement } = await found(productId);
  const undone = await trade.owner.inventory.reverse({ movementId: movement.id, note: 'lost' });
  const trail = await trade.owner.reports.audit({ filter: { recordId: undone.movement.id }, limit: 10 });
  expect(trail.items[0]?.changes).toMatchObject({ note: { after: 'lost' } });
  expect(trail.items[0]?.changes).not.toHaveProperty('reason');
});

test('what the ledger holds in one text is read the same, and a schema that is a version older still takes it', async () => {
  const productId = await trade.stocked('5', '10');
  await trade.tenant.query('alter table stock_movements drop column note');
  await found(productId);
  const before = await listed(productId);
  await trade.tenant.query('alter table stock_movements add column note text');
  for (const rows of [before, await listed(productId)])
    expect(rows.map((row) => [row.reason, row.note])).toEqual([
      ['found', note],
      ['opening', null],
    ]);
});

test.each([
  [null, null, { reason: null, note: null }],
  ['lost', null, { reason: 'lost', note: null }],
  ['lost', 'lost: again', { reason: 'lost', note: 'lost: again' }],
  ['damaged: by water: all', null, { reason: 'damaged', note: 'by water: all' }],
  ['Cycle count', null, { reason: null, note: 'Cycle count' }],
])('reads %j with the note %j', (reason, beside, read) => {
  expect(keptAdjustment(reason, beside)).toEqual(read);
});

test('every reason of the list is read back from one text', () => {
  for (const reason of adjustmentReasons)
    expect(keptAdjustment(`${reason}: a note`)).toEqual({ reason, note: 'a note' });
});
