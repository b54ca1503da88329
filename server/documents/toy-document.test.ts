import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { migration, quotationsRouter } from '../../tests/fixtures/toy-document/quotations.ts';
import { provisionalName } from './numbers.contract.ts';
import { tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';

/** A kind of document that no file of the product names works with what its own folder and one migration say. */
let trade: TradingTenant;
let clerk: ReturnType<typeof quotationsRouter.createCaller>;
beforeAll(async () => {
  trade = await tradingTenant('quoting');
  await trade.tenant.query(migration);
  await trade.tenant.query('select apply_tenant_grants($1)', [trade.tenant.record.login_role]);
  clerk = quotationsRouter.createCaller(await trade.tenant.as('sales'));
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
  const viewer = quotationsRouter.createCaller(await trade.tenant.as('viewer'));
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

test('every command leaves its trace, which is shown only once the kind is listed', async () => {
  const offered = await clerk.offer(only(await drafted()));
  const declined = await clerk.decline({ ...only(offered), reason: 'too dear' });
  expect(declined).toMatchObject({ status: 'declined', statusReason: 'too dear', possible: [] });
  const kept = await trade.tenant.query<{ action: string; record_label: string }>(
    `select action, record_label from audit_log where record_kind = 'quotation' and record_id = $1 order by at`,
    [declined.id],
  );
  expect(kept).toEqual(
    ['create', 'offer', 'decline'].map((action) => ({
      action,
      record_label: action === 'create' ? provisionalName(declined.id) : declined.quotationNumber,
    })),
  );
  const { items } = await trade.owner.reports.audit({ filter: { recordId: declined.id } });
  expect(items).toEqual([]);
});
