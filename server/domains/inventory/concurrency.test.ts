import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transactionCounts } from '../../db/mutation.ts';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';

let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('crowd');
});
afterAll(() => trade.close());

/** Waits for all calls; refusals a person may get are counted, anything else fails the test. */
async function outcomes(calls: Promise<unknown>[]): Promise<{ done: number; refused: string[] }> {
  const settled = await Promise.allSettled(calls);
  const failed = settled.filter((each) => each.status === 'rejected');
  const refused = await Promise.all(
    failed.map(async (each) => (await problemOf(Promise.reject(each.reason as Error))).code),
  );
  expect(refused).not.toContain('UNAVAILABLE');
  return { done: settled.length - refused.length, refused };
}

test('receipts, shipments and adjustments of the same products side by side keep the books straight', async () => {
  const products = await Promise.all(
    Array.from({ length: 5 }, () => trade.stocked('40', '3.33', { unit: 'KGS' })),
  );
  const shuffled = () => [...products].sort(() => Math.random() - 0.5);
  const purchases = await Promise.all(
    Array.from({ length: 10 }, () =>
      trade.confirmedPurchase(
        shuffled().map((productId) => ({ productId, quantity: '9', unitPrice: '7.77' })),
        { shipping: '1.01' },
      ),
    ),
  );
  const sales = await Promise.all(
    Array.from({ length: 10 }, async () =>
      trade.owner.salesOrders.create({
        customerId: trade.customerId,
        warehouseId: trade.warehouseId,
        lines: shuffled().map((productId) => ({ productId, quantity: '11', unitPrice: '20' })),
      }),
    ),
  );
  const sell = async (order: (typeof sales)[number]) => {
    const confirmed = await trade.owner.salesOrders.confirm(order);
    const lines = confirmed.lines
      .filter((line) => Number(line.reserved) > 0)
      .map((line) => ({ lineId: line.id, quantity: line.reserved }));
    if (lines.length === 0) return confirmed;
    return trade.owner.salesOrders.ship({ id: order.id, version: confirmed.version, lines });
  };
  const receive = async (order: (typeof purchases)[number]) => {
    let current = order;
    for (const quantity of ['2', '3', '4']) {
      current = await trade.owner.purchaseOrders.receive({
        id: order.id,
        version: current.version,
        lines: current.lines.map((line) => ({
          lineId: line.id,
          quantity,
          binId: quantity === '3' ? trade.shelf : null,
        })),
      });
    }
    return current;
  };
  const adjust = (index: number) =>
    trade.owner.inventory.adjust({
      productId: products[index % products.length]!,
      warehouseId: trade.warehouseId,
      quantity: index % 2 === 0 ? '2.5' : '-1.5',
      reason: 'correction',
    });
  const result = await outcomes([
    ...purchases.map(receive),
    ...sales.map(sell),
    ...Array.from({ length: 20 }, (_, index) => adjust(index)),
  ]);
  // Only a correction downwards may have met a place where everything was promised.
  expect(result.refused.every((code) => code === 'INVALID')).toBe(true);
  expect(result.done).toBeGreaterThanOrEqual(30);
  expect(await imbalances(trade.tenant)).toEqual([]);
  const received = await trade.tenant.query<{ value: string }>(
    `select sum(value) as value from stock_movements where kind = 'receipt'`,
  );
  // Ten orders of 5 × 9 × 7.77 and 1.01 of shipping, whole.
  expect(received[0]?.value).toBe('3506.60');
}, 60_000);

test('a crowd that ships one scarce product never ships more than there is', async () => {
  const productId = await trade.stocked('25', '4');
  const orders = await Promise.all(
    Array.from({ length: 12 }, () =>
      trade.owner.salesOrders.create({
        customerId: trade.customerId,
        warehouseId: trade.warehouseId,
        lines: [{ productId, quantity: '5', unitPrice: '9' }],
      }),
    ),
  );
  const confirmed = await Promise.all(orders.map((order) => trade.owner.salesOrders.confirm(order)));
  const promised = confirmed.filter((order) => order.lines[0]?.reserved === '5.000');
  expect(promised).toHaveLength(5);
  // Each is shipped twice at once, as by two clerks with the same list.
  const result = await outcomes(
    [...promised, ...promised].map((order) =>
      trade.owner.salesOrders.ship({
        id: order.id,
        version: order.version,
        lines: [{ lineId: order.lines[0]!.id, quantity: '5' }],
      }),
    ),
  );
  expect(result).toEqual({ done: 5, refused: Array.from({ length: 5 }, () => 'CONFLICT') });
  expect(await trade.owner.inventory.product({ id: productId })).toMatchObject({
    onHand: '0.000',
    value: '0.00',
  });
  expect(await imbalances(trade.tenant)).toEqual([]);
}, 60_000);

test('orders that give stock back while others wait for it hand it on without a deadlock', async () => {
  const products = await Promise.all(Array.from({ length: 3 }, () => trade.stocked('10', '1')));
  const make = (quantity: string) =>
    trade.owner.salesOrders
      .create({
        customerId: trade.customerId,
        warehouseId: trade.warehouseId,
        lines: [...products]
          .sort(() => Math.random() - 0.5)
          .map((productId) => ({ productId, quantity, unitPrice: '9' })),
      })
      .then((order) => trade.owner.salesOrders.confirm(order));
  const holders = await Promise.all(Array.from({ length: 5 }, () => make('2')));
  const waiting = await Promise.all(Array.from({ length: 5 }, () => make('2')));
  const result = await outcomes([
    ...holders.map((order) => trade.owner.salesOrders.cancel(order)),
    ...waiting.slice(0, 2).map((order) => trade.owner.salesOrders.close(order)),
  ]);
  expect(result.refused).toEqual([]);
  for (const order of waiting.slice(2)) {
    const now = await trade.owner.salesOrders.get({ id: order.id });
    expect(now.lines.every((line) => line.reserved === '2.000')).toBe(true);
  }
  expect(await imbalances(trade.tenant)).toEqual([]);
}, 60_000);

test('orders of one vendor that are revised and called off side by side never wait for each other in a circle', async () => {
  const productId = await trade.product();
  const orders = [];
  for (let count = 0; count < 24; count += 1) {
    orders.push(await trade.confirmedPurchase([{ productId, quantity: '10', unitPrice: '1' }]));
  }
  const { retried } = transactionCounts;
  const result = await outcomes(
    orders.map(({ id, version, lines: [line] }, index) =>
      index % 2 === 0
        ? trade.owner.purchaseOrders.cancel({ id, version })
        : trade.owner.purchaseOrders.revise({
            id,
            version,
            lines: [{ lineId: line?.id ?? '', quantity: '12' }],
            reason: 'the vendor called',
          }),
    ),
  );
  expect(result).toEqual({ done: 24, refused: [] });
  expect(transactionCounts.retried).toBe(retried);
  expect(await imbalances(trade.tenant)).toEqual([]);
}, 60_000);

test('a receipt whose connection is cut is not kept in part', async () => {
  const productId = await trade.product();
  const order = await trade.confirmedPurchase([{ productId, quantity: '5', unitPrice: '2' }]);
  const admin = new pg.Client({ connectionString: trade.tenant.adminUrl });
  await admin.connect();
  try {
    // Holds the place, so that the receipt waits in the middle.
    await admin.query('begin');
    await admin.query('select 1 from inventory where product_id = $1 for update', [productId]);
    const receipt = trade.owner.purchaseOrders
      .receive({
        id: order.id,
        version: order.version,
        lines: [{ lineId: order.lines[0]!.id, quantity: '5' }],
      })
      .then(
        () => 'kept',
        () => 'refused',
      );
    let cut = 0;
    while (cut === 0) {
      const { rows } = await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
      );
      cut = rows.length;
    }
    expect(await receipt).toBe('refused');
    await admin.query('rollback');
  } finally {
    await admin.end();
  }
  expect(await trade.owner.inventory.product({ id: productId })).toMatchObject({
    onHand: '0.000',
    inTransit: '5.000',
  });
  expect(await imbalances(trade.tenant)).toEqual([]);
}, 60_000);
