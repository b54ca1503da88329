import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { Caller, TradingTenant } from '../../../tests/fixtures/trading.ts';

let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('credit');
});
afterAll(() => trade.close());

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const reason = 'as agreed';
const draft = async (customerId: string, unitPrice: string) =>
  trade.owner.salesOrders.create({
    customerId,
    warehouseId: trade.warehouseId,
    lines: [{ productId: await trade.product({ tax_class: 'EXEMPT' }), quantity: '1', unitPrice }],
  });
const blind = () =>
  trade.as(
    [],
    [
      'sales_orders:read',
      'sales_orders:create',
      'sales_orders:update',
      'sales_orders:confirm',
      'sales_orders:revise',
    ],
  );
const refusalsOf = (customerId: string) =>
  trade.tenant.query<{ changes: object }>(
    `select a.changes from audit_log a join sales_orders o on o.id = a.record_id
     where a.action = 'credit_refused' and o.customer_id = $1`,
    [customerId],
  );

/** The result of an attempt to find a limit: the order went through, was refused, or wasn't checked. */
async function attempt(who: Caller, customerId: string, unitPrice: string, exceedCredit = false) {
  const order = await draft(customerId, unitPrice);
  const refused = await who.salesOrders
    .confirm({ ...only(order), exceedCredit })
    .then(() => null)
    .catch(async (error: unknown) => (await problemOf(Promise.reject(error as Error))).said.reason);
  return refused ?? 'confirmed';
}

test('a limit is not found by trying sizes: three refusals, then somebody who reads customers goes on', async () => {
  const [customerId, other] = [
    await trade.customer({ credit_limit: '777.77' }),
    await trade.customer({ credit_limit: '1' }),
  ];
  const clerk = await blind();
  const tried: string[] = [];
  for (const price of ['100000', '50000', '25000', '12500', '700', '10']) {
    tried.push(await attempt(clerk, customerId, price));
  }
  const [refused, unanswered] = ['order.over_credit_limit', 'order.credit_tries'];
  expect(tried).toEqual([refused, refused, refused, unanswered, unanswered, unanswered]);
  // Asking to exceed it is no way around, and an order of another customer reveals no more about this one.
  expect(await attempt(clerk, customerId, '10', true)).toBe(unanswered);
  expect(await attempt(clerk, other, '10')).toBe(refused);
  const kept = await refusalsOf(customerId);
  expect(kept).toHaveLength(3);
  expect(JSON.stringify(kept)).not.toMatch(/777|100000|50000|25000/);
  expect(await attempt(trade.owner, customerId, '10')).toBe('confirmed');
});

test('nor by changing an order that is confirmed', async () => {
  const customerId = await trade.customer({ credit_limit: '500' });
  const clerk = await blind();
  const order = await trade.owner.salesOrders.confirm(only(await draft(customerId, '100')));
  const told: string[] = [];
  for (const unitPrice of ['4000', '2000', '1000', '600', '450']) {
    const lines = [{ lineId: order.lines[0]?.id ?? '', unitPrice }];
    const problem = await problemOf(clerk.salesOrders.revise({ ...only(order), lines, reason }));
    told.push(problem.said.reason);
    expect(problem.message).not.toMatch(/\d/);
  }
  expect(told).toEqual([
    ...Array<string>(3).fill('order.over_credit_limit'),
    ...Array<string>(2).fill('order.credit_tries'),
  ]);
  expect(await refusalsOf(customerId)).toHaveLength(3);
});

test('whoever may exceed a limit changes an order beyond it, and others are told that they may not', async () => {
  const customerId = await trade.customer({ credit_limit: '100' });
  const order = await trade.owner.salesOrders.confirm(only(await draft(customerId, '100')));
  const lines = [{ lineId: order.lines[0]?.id ?? '', unitPrice: '150' }];
  const [sales, approver] = [await trade.as('sales'), await trade.as('approver')];
  const change = { ...only(order), lines, reason };
  const refused = await problemOf(sales.salesOrders.revise(change));
  expect(refused.extras.fields).toMatchObject([{ path: 'exceedCredit', reason: 'order.credit_limit' }]);
  expect((await problemOf(sales.salesOrders.revise({ ...change, exceedCredit: true }))).code).toBe(
    'FORBIDDEN',
  );
  expect((await problemOf(approver.salesOrders.revise(change))).code).toBe('INVALID');
  expect((await approver.salesOrders.revise({ ...change, exceedCredit: true })).total).toBe('150.00');
  // People who read customers see the limit; their attempts are refused every time, without a trace.
  for (let times = 0; times < 5; times += 1) {
    expect(await attempt(sales, customerId, '10')).toBe('order.credit_limit');
  }
  expect(await refusalsOf(customerId)).toEqual([]);
});
