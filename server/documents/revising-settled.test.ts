import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import { amount, zero } from '../ground/decimals.contract.ts';
import { lineWorth, shareOfLine } from './amounts.contract.ts';
import type { LineMoney } from './amounts.contract.ts';

/**
 * Received, shipped and cancelled quantities keep their amounts, however the order is revised and whatever changed
 * since.
 */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('settled');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const reason = 'as agreed on the phone';
const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
type Line = LineMoney & { id: string; ordered: string; done: string; cancelled: string };

/** The sum of the settled amounts of each line. */
async function settledOf(table: 'sales' | 'purchase', id: string): Promise<Record<string, unknown>> {
  const lines = await trade.tenant.query<Line>(
    `select id, ordered, ${table === 'sales' ? 'shipped' : 'received'} as done, cancelled, net, cgst, sgst, igst,
       shipping_share as "shippingShare" from ${table}_order_lines where ${table}_order_id = $1 order by line_number`,
    [id],
  );
  const begun = lines.filter((line) => !amount(line.done).plus(line.cancelled).isZero());
  return Object.fromEntries(
    begun.map((line) => {
      const of = (field: keyof LineMoney, quantity: string) =>
        shareOfLine(amount(line[field]), amount(line.ordered), zero, amount(quantity)).toFixed(2);
      const fields = ['net', 'shippingShare', 'cgst', 'sgst', 'igst'] as const;
      return [line.id, fields.map((field) => [field, of(field, line.done), of(field, line.cancelled)])];
    }),
  );
}

/** Ten with four done; ten untouched; ten with three cancelled; ten all done. */
async function sale() {
  const customerId = await trade.customer();
  const line = async () => ({ productId: await trade.stocked('100', '5'), quantity: '10', unitPrice: '100' });
  const lines = [await line(), await line(), await line(), await line()];
  const { warehouseId } = trade;
  const draft = await trade.owner.salesOrders.create({ customerId, warehouseId, lines, shipping: '100' });
  const confirmed = await trade.owner.salesOrders.confirm(only(draft));
  const [first, , third, fourth] = confirmed.lines.map(({ id }) => id);
  const shipped = await trade.owner.salesOrders.ship({
    ...only(confirmed),
    lines: [
      { lineId: first ?? '', quantity: '4' },
      { lineId: third ?? '', quantity: '7' },
      { lineId: fourth ?? '', quantity: '10' },
    ],
  });
  return trade.owner.salesOrders.closeLine({ ...only(shipped), lineId: third ?? '' });
}

async function purchase(fields: object = {}) {
  const vendorId = await trade.vendor({ gst_registration: 'regular', gstin: '27AAGCB7383J1Z8' });
  const line = async () => ({ productId: await trade.product(), quantity: '10', unitPrice: '100' });
  const lines = [await line(), await line(), await line(), await line()];
  const confirmed = await trade.confirmedPurchase(lines, { vendorId, shipping: '100', ...fields });
  const [first, , third, fourth] = confirmed.lines.map(({ id }) => id);
  const received = await trade.owner.purchaseOrders.receive({
    ...only(confirmed),
    lines: [
      { lineId: first ?? '', quantity: '4' },
      { lineId: third ?? '', quantity: '7' },
      { lineId: fourth ?? '', quantity: '10' },
    ],
  });
  return trade.owner.purchaseOrders.closeLine({ ...only(received), lineId: third ?? '' });
}

const byId = (table: string, sets: string) => (id: string) =>
  trade.tenant.query(`update ${table} set ${sets} where id = $1`, [id]);
const always = (sets: string) => () => trade.tenant.query(sets);

const sinceSold: [string, (customerId: string) => Promise<unknown>][] = [
  ['nothing else changed', () => Promise.resolve()],
  ['the customer moved to another state', byId('customers', `billing_address = '{"stateCode":"29"}'`)],
  ['the customer became a unit of an SEZ', byId('customers', `gst_registration = 'sez'`)],
  ['the customer moved abroad', byId('customers', `billing_address = '{"country":"AE"}'`)],
  ['the rate of the products changed', always(`update products set tax_class = 'GST5'`)],
];
const sinceBought: [string, (vendorId: string) => Promise<unknown>][] = [
  ['nothing else changed', () => Promise.resolve()],
  ['the vendor became a composition dealer', byId('vendors', `gst_registration = 'composition'`)],
  ['the vendor moved to another state', byId('vendors', `gstin = null, address = '{"stateCode":"29"}'`)],
  ['the rate of the products changed', always(`update products set tax_class = 'GST5'`)],
];
const revisions: [string, (lines: string[]) => object[]][] = [
  ['a higher price of a line that has begun', ([a]) => [{ lineId: a, unitPrice: '150' }]],
  ['a discount on a line that has begun', ([a]) => [{ lineId: a, discountPercent: '10' }]],
  ['more of a line that has begun', ([a]) => [{ lineId: a, quantity: '25' }]],
  ['less of a line that has begun', ([a]) => [{ lineId: a, quantity: '5' }]],
  ['no more than has come of a line', ([a]) => [{ lineId: a, quantity: '4' }]],
  ['more of a line that has not begun', ([, b]) => [{ lineId: b, quantity: '30' }]],
  [
    'less of two lines',
    ([a, b]) => [
      { lineId: a, quantity: '4' },
      { lineId: b, quantity: '1' },
    ],
  ],
  ['more of a line that gave a part up', ([, , c]) => [{ lineId: c, quantity: '20' }]],
  ['more of a line that was done', ([, , , d]) => [{ lineId: d, quantity: '12', unitPrice: '90' }]],
];

describe.each(sinceSold)('on a sales order, where %s', (_since, change) => {
  test.each(revisions)('%s leaves what was shipped as it was', async (_what, linesOf) => {
    await trade.tenant.query(`update products set tax_class = 'GST18'`);
    const order = await sale();
    const before = await settledOf('sales', order.id);
    await change(order.customer.id);
    const lines = linesOf(order.lines.map(({ id }) => id)) as never;
    const revised = await trade.owner.salesOrders.revise({ ...only(order), lines, reason });
    const after = await settledOf('sales', order.id);
    expect(after).toEqual(before);
    const closed = await trade.owner.salesOrders.close(only(revised));
    const done = await trade.tenant.query<Line>(
      `select ordered, shipped as done, net, cgst, sgst, igst, shipping_share as "shippingShare"
       from sales_order_lines where sales_order_id = $1`,
      [order.id],
    );
    const worth = done.map((l) => shareOfLine(lineWorth(l), amount(l.ordered), zero, amount(l.done)));
    const due = worth.reduce((total, each) => total.plus(each), zero);
    expect(Math.abs(due.minus(closed.due).toNumber())).toBeLessThanOrEqual(0.03);
    // 21 shipped at 100 with 100 × 21/40 of shipping, and 18 % on both.
    expect(Math.abs(Number(closed.due) - 2539.95)).toBeLessThanOrEqual(0.03);
  });
});

describe.each(sinceBought)('on a purchase order, where %s', (_since, change) => {
  test.each(revisions)('%s leaves what was received as it was', async (_what, linesOf) => {
    await trade.tenant.query(`update products set tax_class = 'GST18'`);
    const order = await purchase();
    const before = await settledOf('purchase', order.id);
    await change(order.vendor.id);
    const lines = linesOf(order.lines.map(({ id }) => id)) as never;
    const revised = await trade.owner.purchaseOrders.revise({ ...only(order), lines, reason });
    expect(await settledOf('purchase', order.id)).toEqual(before);
    const values = await trade.tenant.query<{ what: string; value: string; line: string }>(
      `select l.received_value as value, round((l.net + l.shipping_share) * l.received / l.ordered, 2) as line
       from purchase_order_lines l where purchase_order_id = $1`,
      [order.id],
    );
    for (const { value, line } of values) expect(Math.abs(Number(value) - Number(line))).toBeLessThan(0.015);
    const receiptId = revised.receipts[0]?.id ?? '';
    const back = await trade.owner.purchaseOrders.reverseReceipt({ ...only(revised), receiptId, reason });
    expect(back.total).toBe(revised.total);
    const again = await trade.owner.purchaseOrders.receive({
      ...only(back),
      lines: [{ lineId: order.lines[0]?.id ?? '', quantity: '4' }],
    });
    expect(again.receipts.at(-1)?.lines).toMatchObject([{ value: '410.00' }]);
  });
});

test('a new line takes over what is open of one that is taxed otherwise now, and both say how', async () => {
  const order = await sale();
  await byId('customers', `billing_address = '{"stateCode":"29"}'`)(order.customer.id);
  const second = order.lines[1]?.id ?? '';
  const lines = [{ lineId: second, quantity: '11' }];
  const revised = await trade.owner.salesOrders.revise({ ...only(order), lines, reason });
  expect(order.mixedTax).toBe(false);
  expect(revised).toMatchObject({ interState: true, mixedTax: true });
  expect(revised.lines).toMatchObject([
    { ordered: '4.000', shipped: '4.000', cgst: '36.90', sgst: '36.90', igst: '0.00' },
    { ordered: '11.000', shipped: '0.000', cgst: '0.00' },
    { ordered: '10.000', shipped: '7.000', cancelled: '3.000', cgst: '92.25', igst: '0.00' },
    { ordered: '10.000', shipped: '10.000', cgst: '92.25', igst: '0.00' },
    { ordered: '6.000', shipped: '0.000', reserved: '6.000', cgst: '0.00' },
  ]);
  const trail = await trade.owner.reports.audit({ filter: { recordId: order.id }, limit: 1 });
  expect(trail.items[0]?.changes?.lines).toMatchObject({
    before: [{ quantity: '10.000' }, { quantity: '10.000' }],
    after: [{ quantity: '4.000' }, { quantity: '11' }, { quantity: '6.000' }],
  });
  const rest = await trade.owner.salesOrders.ship({
    ...only(revised),
    lines: [1, 4].map((index) => {
      const line = revised.lines[index];
      return { lineId: line?.id ?? '', quantity: line?.reserved ?? '' };
    }),
  });
  expect(rest).toMatchObject({ status: 'shipped', total: revised.total });
});

test('a line keeps being one where its rest goes on as it was: by quantity alone, without shipping', async () => {
  const order = await purchase({ shipping: '0' });
  const first = order.lines[0]?.id ?? '';
  const more = { ...only(order), lines: [{ lineId: first, quantity: '12' }], reason };
  const revised = await trade.owner.purchaseOrders.revise(more);
  expect(revised.lines).toHaveLength(4);
  expect(revised.lines[0]).toMatchObject({
    ordered: '12.000',
    open: '8.000',
    net: '1200.00',
    cgst: '108.00',
  });
});

test('shipping that came with nothing is owed by nobody', async () => {
  const line = { productId: await trade.product(), quantity: '10', unitPrice: '100' };
  const order = await trade.confirmedPurchase([line], { shipping: '50' });
  const lineId = order.lines[0]?.id ?? '';
  const lines = [{ lineId, quantity: '6' }];
  const part = await trade.owner.purchaseOrders.receive({ ...only(order), lines });
  const down = await trade.owner.purchaseOrders.revise({ ...only(part), lines, reason });
  expect(down).toMatchObject({ status: 'delivered', shipping: '30.00', total: '743.40', due: '743.40' });
});

test('a price of what is done already is refused at its field', async () => {
  const order = await purchase();
  const lines = [
    { lineId: order.lines[3]?.id ?? '', unitPrice: '90' },
    { lineId: order.lines[0]?.id ?? '', quantity: '4', discountPercent: '5' },
  ];
  const refused = await problemOf(trade.owner.purchaseOrders.revise({ ...only(order), lines, reason }));
  expect(refused.extras.fields?.map(({ path }) => path)).toEqual([
    'lines.0.unitPrice',
    'lines.1.discountPercent',
  ]);
});

test('a party whose state is not known any more is asked for only where something is still to be taxed', async () => {
  const order = await sale();
  await byId('customers', `billing_address = '{}'`)(order.customer.id);
  const [first, second] = order.lines.map(({ id }) => id);
  const lines = [{ lineId: second ?? '', quantity: '11' }];
  const refused = await problemOf(trade.owner.salesOrders.revise({ ...only(order), lines, reason }));
  expect(refused.extras.fields?.map(({ path }) => path)).toEqual(['customerId']);
  const closed = await trade.owner.salesOrders.closeLine({ ...only(order), lineId: second ?? '' });
  const down = { ...only(closed), lines: [{ lineId: first ?? '', quantity: '4' }], reason };
  expect((await trade.owner.salesOrders.revise(down)).status).toBe('shipped');
});
