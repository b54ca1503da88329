import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import { problemOf } from '../../tests/fixtures/tenant.ts';

/** Goods come and go on an order whose party or products are taxed differently since it was confirmed. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('taxedotherwise');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const set = (table: string, id: string, sets: string) =>
  trade.tenant.query(`update ${table} set ${sets} where id = $1`, [id]);
const owes = async (id: string) => {
  const [row] = await trade.tenant.query<{ owed: string }>(
    `select sum(total - cancelled_value - paid)::text as owed from sales_orders where customer_id = $1`,
    [id],
  );
  return row?.owed;
};
const spent = async (id: string) => (await trade.owner.vendors.get({ id })).totalSpent;

async function purchase(fields: object = {}) {
  const vendorId = await trade.vendor({ gst_registration: 'regular', gstin: '27AAGCB7383J1Z8' });
  const line = { productId: await trade.product(), quantity: '10', unitPrice: '100' };
  return trade.confirmedPurchase([line], { vendorId, ...fields });
}
async function sale() {
  const customerId = await trade.customer();
  const line = { productId: await trade.stocked('100', '5'), quantity: '10', unitPrice: '100' };
  const { warehouseId } = trade;
  const draft = await trade.owner.salesOrders.create({ customerId, warehouseId, lines: [line] });
  return trade.owner.salesOrders.confirm(only(draft));
}
type Purchase = Awaited<ReturnType<typeof purchase>>;
type Sale = Awaited<ReturnType<typeof sale>>;
const receive = (order: Purchase, quantity: string, at = 0) =>
  trade.owner.purchaseOrders.receive({
    ...only(order),
    lines: [{ lineId: order.lines[at]?.id ?? '', quantity }],
  });
const ship = (order: Sale, quantity: string, at = 0) =>
  trade.owner.salesOrders.ship({ ...only(order), lines: [{ lineId: order.lines[at]?.id ?? '', quantity }] });

test('a vendor who became a composition dealer is owed no tax on what comes after', async () => {
  const whole = await purchase({ shipping: '50' });
  expect(whole.total).toBe('1239.00');
  await set('vendors', whole.vendor.id, `gst_registration = 'composition'`);
  const received = await receive(whole, '10');
  expect(received).toMatchObject({ status: 'delivered', tax: '0.00', total: '1050.00', due: '1050.00' });
  expect(await spent(whole.vendor.id)).toBe('1050.00');
  const trail = await trade.owner.reports.audit({ filter: { recordId: whole.id }, limit: 1 });
  expect(trail.items[0]).toMatchObject({
    action: 'receive',
    changes: { total: { before: '1239.00', after: '1050.00' } },
  });
});

test('what had come before keeps its tax, and what comes after is received on the line that took over', async () => {
  const begun = await receive(await purchase(), '4');
  await set('vendors', begun.vendor.id, `gst_registration = 'composition'`);
  const more = await receive(begun, '5');
  expect(more.lines).toMatchObject([
    { ordered: '4.000', received: '4.000', cgst: '36.00' },
    { ordered: '6.000', received: '5.000', cgst: '0.00', open: '1.000' },
  ]);
  expect(more).toMatchObject({ status: 'partially_delivered', total: '1072.00' });
  expect(await spent(begun.vendor.id)).toBe('1072.00');
  const done = await receive(more, '1', 1);
  expect(done).toMatchObject({ status: 'delivered', total: '1072.00' });
  expect(done.receipts.map(({ lines }) => lines.map(({ value }) => value))).toEqual([
    ['400.00'],
    ['500.00'],
    ['100.00'],
  ]);
});

test('an order that comes to more than was approved waits for its approval again, and nothing is received', async () => {
  const order = await purchase();
  await trade.tenant.query(`update tenant_settings set approval_threshold = 1190`);
  try {
    await trade.tenant.query(`update products set tax_class = 'GST28' where id = $1`, [
      order.lines[0]?.product.id,
    ]);
    const waiting = await receive(order, '10');
    expect(waiting).toMatchObject({
      status: 'pending_approval',
      statusReasonCode: 'total_rose',
      approvedBy: null,
      total: '1280.00',
      receipts: [],
    });
    expect(await spent(order.vendor.id)).toBe('0.00');
  } finally {
    await trade.tenant.query(`update tenant_settings set approval_threshold = 100000000`);
  }
});

test('a customer who moved to another state owes IGST on what leaves after, and CGST and SGST on what had left', async () => {
  const begun = await ship(await sale(), '4');
  await set('customers', begun.customer.id, `billing_address = '{"stateCode":"29"}'`);
  const more = await ship(begun, '6');
  expect(more).toMatchObject({ status: 'shipped', interState: true, mixedTax: true, total: '1180.00' });
  expect(more.lines).toMatchObject([
    { ordered: '4.000', shipped: '4.000', cgst: '36.00', sgst: '36.00', igst: '0.00' },
    { ordered: '6.000', shipped: '6.000', cgst: '0.00', igst: '108.00', reserved: '0.000' },
  ]);
});

test('what the customer owes follows the rate, also while part of the order is left open', async () => {
  const order = await sale();
  await trade.tenant.query(`update products set tax_class = 'GST5' where id = $1`, [
    order.lines[0]?.product.id,
  ]);
  const part = await ship(order, '3');
  expect(part).toMatchObject({ status: 'partially_shipped', total: '1050.00', due: '1050.00' });
  expect(await owes(order.customer.id)).toBe('1050.00');
  const closed = await trade.owner.salesOrders.close(only(part));
  expect(closed.due).toBe('315.00');
});

test('a party whose state is not known any more is asked for before anything comes or goes', async () => {
  const order = await sale();
  await set('customers', order.customer.id, `billing_address = '{}'`);
  const refused = await problemOf(ship(order, '1'));
  expect(refused.extras.fields?.map(({ path }) => path)).toEqual(['customerId']);
});

test('of two who ship at once after the change, one reprices and the other sees what became of it', async () => {
  const order = await ship(await sale(), '1');
  await set('customers', order.customer.id, `billing_address = '{"stateCode":"29"}'`);
  const answers = await Promise.allSettled([ship(order, '2'), ship(order, '2')]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const after = await trade.owner.salesOrders.get({ id: order.id });
  expect(after.lines).toMatchObject([{ ordered: '1.000' }, { ordered: '9.000', shipped: '2.000' }]);
});

test('nothing is priced anew where nothing is taxed otherwise', async () => {
  const begun = await receive(await purchase({ shipping: '33.33' }), '3');
  const more = await receive(begun, '3');
  expect(more.lines).toHaveLength(1);
  expect(more).toMatchObject({ total: begun.total, shipping: begun.shipping });
});
