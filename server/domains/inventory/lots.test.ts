import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { today } from '../../ground/days.contract.ts';
import { mostLotHistory } from './lots.contract.ts';

/** Lots as people look after them: found, set aside, put right, recalled. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('lots');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const dayAhead = (days: number) => today(new Date(Date.now() + days * 86_400_000));
const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const kept = () => trade.product({ tracks_lots: true });

async function received(productId: string, lot: string, quantity = '10', fields: object = {}) {
  const order = await trade.confirmedPurchase([{ productId, quantity, unitPrice: '5' }]);
  const lines = [{ lineId: order.lines[0]!.id, quantity, lot, ...fields }];
  await trade.owner.purchaseOrders.receive({ ...only(order), lines });
  const { items } = await trade.owner.lots.list({ filter: { productId } });
  return { order, lot: items.find(({ number }) => number === lot)! };
}

async function sold(productId: string, quantity: string) {
  const { owner, customerId, warehouseId } = trade;
  const lines = [{ productId, quantity, unitPrice: '10' }];
  return owner.salesOrders.confirm(only(await owner.salesOrders.create({ customerId, warehouseId, lines })));
}

async function shipped(order: Awaited<ReturnType<typeof sold>>, quantity: string, lot?: string) {
  const lines = [{ lineId: order.lines[0]!.id, quantity, lot }];
  return trade.owner.salesOrders.ship({ ...only(order), lines });
}

const heldBy = async ({ id }: { id: string }) => {
  const [line] = (await trade.owner.salesOrders.get({ id })).lines;
  return [line?.reserved, line?.backordered];
};

describe('the list of lots', () => {
  test('is found by number, vendor’s number and product, filtered, and read page by page in its order', async () => {
    const productId = await kept();
    const days = [30, 10, 20];
    for (const [index, ahead] of days.entries()) {
      const fields = { expiresOn: dayAhead(ahead), vendorLot: `VX-${String(index)}77` };
      await received(productId, `L-${String(index)}`, '2', fields);
    }
    await received(productId, 'L-3', '2');
    const { lots, products } = trade.owner;
    const numbers = async (input: object) =>
      (await lots.list({ filter: { productId }, ...input })).items.map(({ number }) => number);
    expect(await numbers({})).toEqual(['L-1', 'L-2', 'L-0', 'L-3']);
    expect(await numbers({ sort: { by: 'number', direction: 'desc' } })).toEqual([
      'L-3',
      'L-2',
      'L-1',
      'L-0',
    ]);
    const page = await lots.list({ filter: { productId }, limit: 3 });
    expect(await numbers({ cursor: page.nextCursor })).toEqual(['L-3']);
    expect(await numbers({ filter: { productId, expiresUntil: dayAhead(20) } })).toEqual(['L-1', 'L-2']);
    expect(await numbers({ filter: { productId, inStock: false } })).toEqual([]);
    expect(await numbers({ search: 'vx-177' })).toEqual(['L-1']);
    const { sku } = await products.get({ id: productId });
    expect((await lots.list({ search: sku, total: true })).total).toBe(4);
    expect(await numbers({ filter: { productId, status: ['recalled'] } })).toEqual([]);
  });
});

describe('a lot', () => {
  test('tells from whom it came, who got it, what is left where, and what was put right', async () => {
    const productId = await kept();
    const { order, lot } = await received(productId, 'H-1', '10', { madeOn: dayAhead(-3) });
    await trade.owner.inventory.adjust({
      productId,
      warehouseId: trade.warehouseId,
      quantity: '-1',
      reason: 'damaged',
      lot: 'h-1',
    });
    const sale = await shipped(await sold(productId, '4'), '4');
    const told = await trade.owner.lots.get({ id: lot.id });
    expect(told).toMatchObject({
      number: 'H-1',
      madeOn: dayAhead(-3),
      onHand: '5.000',
      places: [{ bin: { code: 'MAIN' }, quantity: '5.000' }],
      sources: [{ quantity: '10.000', purchaseOrder: { id: order.id, number: order.poNumber } }],
      recipients: [
        {
          quantity: '4.000',
          customer: { id: trade.customerId },
          salesOrder: { id: sale.id, number: sale.soNumber },
          shipmentNumber: sale.shipments[0]?.shipmentNumber,
        },
      ],
      corrections: [{ kind: 'adjustment', quantity: '-1.000' }],
    });
    const clerk = await trade.as([], ['inventory:read']);
    expect(await clerk.lots.get({ id: lot.id })).toMatchObject({ sources: null, recipients: null });
  });

  test('tells the latest of a long history, and which part has more', async () => {
    const productId = await kept();
    const { lot } = await received(productId, 'LONG', '10');
    const { inventory, lots } = trade.owner;
    const found = () =>
      inventory.adjust({
        productId,
        warehouseId: trade.warehouseId,
        quantity: '1',
        reason: 'found',
        lot: 'LONG',
      });
    for (let count = 0; count < mostLotHistory; count += 1) await found();
    const whole = await lots.get({ id: lot.id });
    expect(whole.corrections).toHaveLength(mostLotHistory);
    expect(whole.cut).toEqual([]);
    await found();
    const told = await lots.get({ id: lot.id });
    expect(told.corrections).toHaveLength(mostLotHistory);
    expect(told.corrections.at(-1)).toEqual(whole.corrections.at(-2));
    expect(told).toMatchObject({ cut: ['corrections'], onHand: `${String(mostLotHistory + 11)}.000` });
  });

  test('that is set aside is promised to nobody, wherever more of it comes, and again when it is released', async () => {
    const productId = await kept();
    const { lot } = await received(productId, 'Q-1');
    const sale = await sold(productId, '6');
    const { lots, inventory } = trade.owner;
    const held = await lots.setStatus({ ...only(lot), status: 'quarantined', reason: 'Wet cartons' });
    expect(held).toMatchObject({
      status: 'quarantined',
      statusReason: 'Wet cartons',
      version: lot.version + 1,
    });
    expect(await heldBy(sale)).toEqual(['0.000', '6.000']);
    const place = { productId, warehouseId: trade.warehouseId, binId: trade.shelf };
    await inventory.adjust({ ...place, quantity: '3', reason: 'found', lot: 'Q-1' });
    expect(await heldBy(sale)).toEqual(['0.000', '6.000']);
    const again = await problemOf(lots.setStatus({ ...only(lot), status: 'usable', reason: 'Dry' }));
    expect(again).toMatchObject({ code: 'CONFLICT', extras: { current: { status: 'quarantined' } } });
    const free = await lots.setStatus({
      ...only(await lots.get({ id: lot.id })),
      status: 'usable',
      reason: 'Dry',
    });
    expect(free).toMatchObject({ status: 'usable', statusReason: null });
    expect(await heldBy(sale)).toEqual(['6.000', '0.000']);
  });

  test('that is recalled tells who got it and what is left, and leaves for nobody', async () => {
    const productId = await kept();
    const { lot } = await received(productId, 'R-1');
    const gone = await shipped(await sold(productId, '4'), '4');
    const waiting = await sold(productId, '2');
    const now = await trade.owner.lots.get({ id: lot.id });
    const report = await trade.owner.lots.recall({ ...only(now), reason: 'Glass found' });
    expect(report).toMatchObject({
      status: 'recalled',
      onHand: '6.000',
      places: [{ quantity: '6.000' }],
      recipients: [{ quantity: '4.000', salesOrder: { id: gone.id } }],
    });
    expect(await heldBy(waiting)).toEqual(['0.000', '2.000']);
    const current = await trade.owner.salesOrders.get({ id: waiting.id });
    const problem = await problemOf(shipped(current, '2', 'R-1'));
    expect(problem.extras.fields?.map(({ reason }) => reason)).toEqual(['stock.lot_recalled']);
    const trail = await trade.owner.reports.audit({ filter: { recordId: lot.id } });
    expect(trail.items.map(({ action }) => action)).toEqual(['recall']);
  });

  test('has what was said of it put right, and its goods go by that at once', async () => {
    const productId = await kept();
    const { lot } = await received(productId, 'U-1', '10', { expiresOn: dayAhead(5) });
    const sale = await sold(productId, '3');
    const { lots } = trade.owner;
    const change = async (fields: object) =>
      lots.update({ ...only(await lots.get({ id: lot.id })), reason: 'As on the label', ...fields });
    const refused = await problemOf(change({ madeOn: dayAhead(6) }));
    expect(refused.extras.fields?.map(({ path }) => path)).toEqual(['madeOn']);
    expect(await change({ expiresOn: dayAhead(-1) })).toMatchObject({ expiresOn: dayAhead(-1) });
    expect(await heldBy(sale)).toEqual(['0.000', '3.000']);
    expect(await change({ expiresOn: null, vendorLot: 'V9' })).toMatchObject({
      expiresOn: null,
      vendorLot: 'V9',
    });
    expect(await heldBy(sale)).toEqual(['3.000', '0.000']);
  });

  test('is changed by those who may, and read by those who may see the stock', async () => {
    const { lot } = await received(await kept(), 'P-1');
    const input = { ...only(lot), reason: 'Wet' };
    const viewer = await trade.as('viewer');
    const noRecall = await trade.as([], ['inventory:read', 'lots:update']);
    const blind = await trade.as([], ['lots:recall']);
    for (const refused of [
      () => viewer.lots.setStatus({ ...input, status: 'quarantined' }),
      () => viewer.lots.recall(input),
      () => viewer.lots.update({ ...input, vendorLot: 'X' }),
      () => noRecall.lots.recall(input),
      () => blind.lots.recall(input),
      () => blind.lots.list({}),
    ])
      expect((await problemOf(refused())).code).toBe('FORBIDDEN');
    expect((await viewer.lots.get({ id: lot.id })).status).toBe('usable');
    const recalled = await trade.owner.lots.recall(input);
    for (const status of ['usable', 'quarantined'] as const)
      expect(
        (await problemOf(noRecall.lots.setStatus({ ...only(recalled), status, reason: 'Fine' }))).code,
      ).toBe('FORBIDDEN');
    expect(
      (await trade.owner.lots.setStatus({ ...only(recalled), status: 'usable', reason: 'Fine' })).status,
    ).toBe('usable');
  });

  test('that is recalled while others ship it leaves with those before, and with nobody after', async () => {
    const productId = await kept();
    const { lot } = await received(productId, 'C-1', '40');
    const sales = await Promise.all(Array.from({ length: 8 }, () => sold(productId, '5')));
    const recall = trade.owner.lots.recall({ ...only(lot), reason: 'Glass found' });
    const attempts = await Promise.allSettled(sales.map((sale) => shipped(sale, '5', 'C-1')));
    await recall;
    const sent = attempts.filter(({ status }) => status === 'fulfilled').length;
    const told = await trade.owner.lots.get({ id: lot.id });
    expect(told).toMatchObject({ status: 'recalled', onHand: `${String(40 - 5 * sent)}.000` });
    expect(told.recipients?.length).toBe(sent);
    for (const attempt of attempts)
      if (attempt.status === 'rejected')
        expect((await problemOf(Promise.reject(attempt.reason as Error))).code).toBe('INVALID');
  });
});
