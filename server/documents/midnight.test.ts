import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';

/** A second on either side of midnight in India, before a new year, a leap day and a new month. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('midnight');
});
afterEach(async () => {
  vi.useRealTimers();
  expect(await imbalances(trade.tenant)).toEqual([]);
});
afterAll(() => trade.close());

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const paths = (problem: Awaited<ReturnType<typeof problemOf>>) =>
  problem.extras.fields?.map(({ path }) => path);
const at = (moment: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(moment) });
const first = (order: { lines: { id: string }[] }) => order.lines[0]?.id ?? '';
const draftOf = async (fields: object = {}) => ({
  vendorId: trade.vendorId,
  warehouseId: trade.warehouseId,
  lines: [{ productId: await trade.product(), quantity: '10', unitPrice: '10' }],
  ...fields,
});
const bought = async (fields: object = {}) =>
  trade.owner.purchaseOrders.submit(only(await trade.owner.purchaseOrders.create(await draftOf(fields))));
const sold = async (fields: object = {}) => {
  const { customerId, warehouseId, owner } = trade;
  const lines = [{ productId: await trade.product({ kind: 'service' }), quantity: '10', unitPrice: '10' }];
  return owner.salesOrders.confirm(
    only(await owner.salesOrders.create({ customerId, warehouseId, lines, ...fields })),
  );
};

/** The last moment of a day and the first of the next, those days, and their financial years. */
const nights: readonly (readonly [
  last: string,
  first: string,
  day: string,
  next: string,
  years: [string, string],
])[] = [
  ['2026-03-31T18:29:59.999Z', '2026-03-31T18:30:00.000Z', '2026-03-31', '2026-04-01', ['25-26', '26-27']],
  ['2026-02-28T18:29:59.999Z', '2026-02-28T18:30:00.000Z', '2026-02-28', '2026-03-01', ['25-26', '25-26']],
  ['2024-02-28T18:29:59.999Z', '2024-02-28T18:30:00.000Z', '2024-02-28', '2024-02-29', ['23-24', '23-24']],
  ['2024-02-29T18:29:59.999Z', '2024-02-29T18:30:00.000Z', '2024-02-29', '2024-03-01', ['23-24', '23-24']],
  ['2025-12-31T18:29:59.999Z', '2025-12-31T18:30:00.000Z', '2025-12-31', '2026-01-01', ['25-26', '25-26']],
];

describe.each(nights)('between %s and %s', (last, morning, day, next, [year, nextYear]) => {
  test('orders, payments and the days that nobody typed are of the day in India', async () => {
    for (const [moment, its, financialYear] of [
      [last, day, year],
      [morning, next, nextYear],
    ] as const) {
      // prettier-ignore
      at(moment);
      const order = await bought();
      expect(order).toMatchObject({ orderDate: its });
      expect(order.poNumber).toContain(`/${financialYear}/`);
      const sale = await sold();
      expect(sale.soNumber).toContain(`/${financialYear}/`);
      const paid = await trade.owner.salesOrders.recordPayment({ ...only(sale), amount: '1' });
      expect(paid.payments).toMatchObject([{ paidOn: its }]);
    }
    at(last);
    const early = await sold();
    const tomorrow = { ...only(early), amount: '1', paidOn: next };
    expect(paths(await problemOf(trade.owner.salesOrders.recordPayment(tomorrow)))).toEqual(['paidOn']);
  });

  test('an order that was expected is late, and a month begins, on the next day', async () => {
    at(last);
    const before = await trade.owner.reports.dashboard();
    await bought({ expectedDate: day });
    expect((await trade.owner.reports.dashboard()).overdueDeliveries).toBe(before.overdueDeliveries);
    expect(before.months.at(-1)?.month).toBe(day.slice(0, 7));
    at(morning);
    const after = await trade.owner.reports.dashboard();
    expect(after.overdueDeliveries).toBeGreaterThan(before.overdueDeliveries ?? 0);
    expect(after.months.at(-1)?.month).toBe(next.slice(0, 7));
  });

  test('a rate begins with its day', async () => {
    const taxClass = `N${day.replaceAll('-', '')}`;
    await trade.tenant.query(
      `insert into tax_rates (tenant_id, tax_class, rate_percent, valid_from)
         values ($3, $1, 12, '2020-01-01'), ($3, $1, 28, $2)`,
      [taxClass, next, trade.tenant.id],
    );
    const productId = await trade.product({ tax_class: taxClass });
    const rate = async () =>
      (await trade.owner.products.taxClasses({})).find((one) => one.taxClass === taxClass)?.ratePercent;
    const taxed = async () => {
      const lines = [{ productId, quantity: '1', unitPrice: '100' }];
      return (await trade.owner.purchaseOrders.create(await draftOf({ lines }))).tax;
    };
    at(last);
    expect([await rate(), await taxed()]).toEqual(['12.00', '12.00']);
    at(morning);
    expect([await rate(), await taxed()]).toEqual(['28.00', '28.00']);
  });

  test('goods come in and leave on the day in India: not before the order’s, and numbered by their own', async () => {
    const order = await bought({ orderDate: next });
    const lines = [{ lineId: first(order), quantity: '4' }];
    const receive = (fields: object) =>
      trade.owner.purchaseOrders.receive({ ...only(order), lines, ...fields });
    expect(paths(await problemOf(receive({ receivedAt: last })))).toEqual(['receivedAt']);
    const part = await receive({ receivedAt: last, backdate: true });
    expect(part.receipts[0]?.receiptNumber).toContain(`/${year}/`);
    const rest = await trade.owner.purchaseOrders.receive({ ...only(part), lines, receivedAt: morning });
    expect(rest.receipts.at(-1)?.receiptNumber).toContain(`/${nextYear}/`);
    const sale = await sold({ orderDate: next });
    const leaving = { ...only(sale), lines: [{ lineId: first(sale), quantity: '4' }] };
    const early = trade.owner.salesOrders.ship({ ...leaving, shippedAt: last });
    expect(paths(await problemOf(early))).toEqual(['shippedAt']);
    const shipped = await trade.owner.salesOrders.ship({ ...leaving, shippedAt: morning });
    expect(shipped.shipments[0]?.shipmentNumber).toContain(`/${nextYear}/`);
  });

  test('a lot is taken, kept and sent until its last day ends', async () => {
    const productId = await trade.product({ tracks_lots: true });
    const order = await bought({ orderDate: day, lines: [{ productId, quantity: '9', unitPrice: '1' }] });
    const lines = (lot: string) => [{ lineId: first(order), quantity: '3', lot, expiresOn: day }];
    const late = { ...only(order), lines: lines('L-0'), receivedAt: morning };
    expect(paths(await problemOf(trade.owner.purchaseOrders.receive(late)))).toEqual(['lines.0.expiresOn']);
    const part = await trade.owner.purchaseOrders.receive({
      ...only(order),
      lines: lines('L-1'),
      receivedAt: last,
    });
    expect(part.receipts[0]?.lines).toMatchObject([{ lot: 'L-1', expiresOn: day }]);
    const { warehouseId } = trade;
    const adjust = (quantity: string, occurredAt: string) =>
      trade.owner.inventory.adjust({
        productId,
        warehouseId,
        quantity,
        occurredAt,
        lot: 'L-1',
        reason: 'found',
      });
    await adjust('1', last);
    at(last);
    const sale = await sold({ orderDate: day, lines: [{ productId, quantity: '4', unitPrice: '1' }] });
    const ship = (version: number, shippedAt: string) =>
      trade.owner.salesOrders.ship({
        id: sale.id,
        version,
        lines: [{ lineId: first(sale), quantity: '2', lot: 'l-1' }],
        shippedAt,
      });
    // What left in the evening is posted in the morning.
    at(morning);
    const sent = await ship(sale.version, last);
    expect(paths(await problemOf(ship(sent.version, morning)))).toEqual(['lines.0.lot']);
    expect(paths(await problemOf(adjust('1', morning)))).toEqual(['lot']);
  });
});
