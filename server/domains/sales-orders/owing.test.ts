import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { amount, money } from '../../ground/decimals.contract.ts';
import type { SalesOrder } from './sales-orders.contract.ts';

/**
 * Every way an order continues or ends, by every way it was paid: the amounts owed, owed back, and used of the credit.
 */
let trade: TradingTenant;
let orders: TradingTenant['owner']['salesOrders'];
beforeAll(async () => {
  trade = await tradingTenant('owing');
  orders = trade.owner.salesOrders;
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const only = ({ id, version }: SalesOrder) => ({ id, version });
const reason = 'as agreed';
type Step = (order: SalesOrder) => Promise<SalesOrder>;
const lineOf = (order: SalesOrder, index: number) => ({ lineId: order.lines[index]?.id ?? '' });
const closeLine =
  (index: number): Step =>
  (order) =>
    orders.closeLine({ ...only(order), ...lineOf(order, index), reason });
const shipFour: Step = (order) =>
  orders.ship({ ...only(order), lines: [{ ...lineOf(order, 0), quantity: '4' }] });
const revise =
  (change: { quantity?: string; unitPrice?: string }): Step =>
  (order) =>
    orders.revise({ ...only(order), lines: [{ ...lineOf(order, 0), ...change }], reason });
const close: Step = (order) => orders.close(only(order));
const cancel: Step = (order) => orders.cancel(only(order));

/** Of ten for 11.80 each and one for 118.00: what is due after these steps. */
const ways: readonly [name: string, steps: readonly Step[], due: string][] = [
  ['goes on', [], '236.00'],
  ['is cancelled', [cancel], '0.00'],
  ['is closed before anything was shipped', [close], '0.00'],
  ['is closed after a part was shipped', [shipFour, close], '47.20'],
  ['gives a line up', [closeLine(0)], '118.00'],
  ['gives the rest of a line up', [shipFour, closeLine(0)], '165.20'],
  ['gives its lines up one by one', [closeLine(0), closeLine(1)], '0.00'],
  ['gives a line up and is cancelled', [closeLine(0), cancel], '0.00'],
  ['is revised to less', [revise({ unitPrice: '5' })], '177.00'],
  ['is revised to more', [revise({ unitPrice: '20' })], '354.00'],
  ['is revised down to what was shipped', [shipFour, revise({ quantity: '4' })], '165.20'],
  ['is revised to more and cancelled', [revise({ unitPrice: '20' }), cancel], '0.00'],
];

async function confirmed(prices: readonly [string, string]): Promise<SalesOrder> {
  const draft = await orders.create({
    customerId: await trade.customer(),
    warehouseId: trade.warehouseId,
    lines: [
      { productId: await trade.stocked('10', '1'), quantity: '10', unitPrice: prices[0] },
      { productId: await trade.product({ kind: 'service' }), quantity: '1', unitPrice: prices[1] },
    ],
  });
  return orders.confirm(only(draft));
}

async function after(order: SalesOrder, steps: readonly Step[]): Promise<SalesOrder> {
  let now = order;
  for (const step of steps) now = await step(now);
  return now;
}

function statusOf(order: SalesOrder, due: string, paid: string): SalesOrder['paymentStatus'] {
  const rest = amount(due).minus(paid);
  if (rest.isNegative()) return 'overpaid';
  if (rest.isZero()) return order.status === 'cancelled' ? 'unpaid' : 'paid';
  return paid === '0.00' ? 'unpaid' : 'partially_paid';
}

/** Wherever the order, its customer or its history show money, the figures agree. */
async function expectTrue(order: SalesOrder, due: string, paid: string) {
  const rest = amount(due).minus(paid);
  const owed = money(rest.isNegative() ? amount(0) : rest);
  const paymentStatus = statusOf(order, due, paid);
  expect(await orders.get({ id: order.id })).toEqual(order);
  expect(order).toMatchObject({
    due,
    paid,
    owed,
    owedBack: money(rest.isNegative() ? rest.negated() : amount(0)),
    paymentStatus,
  });
  const { outstanding } = await trade.owner.customers.get({ id: order.customer.id });
  expect(outstanding).toBe(owed);
  const listed = await orders.list({ filter: { ids: [order.id], paymentStatus: [paymentStatus] } });
  expect(listed.items).toMatchObject([{ id: order.id, paymentStatus }]);
  const trail = await trade.owner.reports.audit({ filter: { recordId: order.id }, limit: 50 });
  const told = trail.items.find(({ changes }) => changes?.paymentStatus !== undefined);
  if (told) expect(told.changes?.paymentStatus?.after).toBe(paymentStatus);
}

describe.each(ways)('an order that %s', (_name, steps, due) => {
  test.each(['0.00', '50.00', '236.00'])('with %s paid is owed and owes back what is true', async (paid) => {
    const order = await confirmed(['10', '100']);
    const part = paid === '0.00' ? order : await orders.recordPayment({ ...only(order), amount: paid });
    const ended = await after(part, steps);
    await expectTrue(ended, due, paid);
    if (paid === '0.00') return;
    const paymentId = ended.payments[0]?.id ?? '';
    await expectTrue(await orders.reversePayment({ ...only(ended), paymentId, reason }), due, '0.00');
  });
});

test.each(ways.filter(([, steps]) => steps.length > 0))(
  'an order for nothing that %s is owed by nobody',
  async (_name, steps) => {
    const order = await confirmed(['0', '0']);
    expect(order.paymentStatus).toBe('paid');
    const free = steps.filter((step) => [cancel, close, shipFour].includes(step));
    await expectTrue(await after(order, free), '0.00', '0.00');
  },
);

test('credit is used by what is owed alone: what was given up or paid leaves room for the next order', async () => {
  const order = await confirmed(['10', '100']);
  const customerId = order.customer.id;
  const { version } = await trade.owner.customers.get({ id: customerId });
  await trade.owner.customers.update({ id: customerId, version, creditLimit: '236' });
  const next = await orders.create({
    customerId,
    warehouseId: trade.warehouseId,
    lines: [{ productId: await trade.product(), quantity: '1', unitPrice: '200' }],
  });
  expect((await problemOf(orders.confirm(only(next)))).said.reason).toBe('order.credit_limit');
  const paid = await orders.recordPayment({ ...only(order), amount: '236' });
  expect((await orders.confirm(only(next))).owed).toBe('236.00');
  // Money that belongs back to the customer is no extra credit: nobody has paid it out or set it against anything.
  await cancel(paid);
  expect((await trade.owner.customers.get({ id: customerId })).outstanding).toBe('236.00');
});
