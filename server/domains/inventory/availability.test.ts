import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { today } from '../../ground/days.contract.ts';
import { availabilityOfLines } from './availability.contract.ts';

/** What is free, what waits, and what comes when: as lists, figures and the sales desk see it. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('available');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const dayAhead = (days: number) => today(new Date(Date.now() + days * 86_400_000));
const sold = async (productId: string, quantity: string) => {
  const draft = await trade.owner.salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: [{ productId, quantity, unitPrice: '1' }],
  });
  return trade.owner.salesOrders.confirm({ id: draft.id, version: draft.version });
};
const onOrder = (productId: string, quantity: string, expectedDate: string | null) =>
  trade.confirmedPurchase([{ productId, quantity, unitPrice: '1' }], { expectedDate });

describe('projected stock', () => {
  test('leaves out nothing that orders wait for, and the reorder level goes by it everywhere', async () => {
    // 160 are on their way and 355 wait: nothing but the level says how many are missing.
    const productId = await trade.stocked('45', '2', { reorder_level: '100' });
    const { inventory, reports } = trade.owner;
    await onOrder(productId, '160', null);
    const isLow = async () => ({
      listed: (await inventory.list({ filter: { productId, belowReorderLevel: true } })).items.length > 0,
      notListed:
        (await inventory.list({ filter: { productId, belowReorderLevel: false } })).items.length === 0,
      figure: (await reports.dashboard()).productsBelowReorderLevel === 1,
      shown: (await reports.dashboard()).lowStock?.find((row) => row.productId === productId)?.projected,
    });
    expect(await isLow()).toEqual({ listed: false, notListed: false, figure: false, shown: undefined });
    await sold(productId, '400');
    expect(await inventory.product({ id: productId })).toMatchObject({
      onHand: '45.000',
      reserved: '45.000',
      inTransit: '160.000',
      backordered: '355.000',
      projected: '-195.000',
    });
    expect(await isLow()).toEqual({ listed: true, notListed: true, figure: true, shown: '-195.000' });
  });

  test('is nothing, and low, for a product that never had any', async () => {
    const productId = await trade.product({ reorder_level: '5' });
    expect(await trade.owner.inventory.product({ id: productId })).toMatchObject({
      projected: '0.000',
      backordered: '0.000',
    });
    expect((await trade.owner.reports.dashboard()).lowStock).toContainEqual(
      expect.objectContaining({ productId, projected: '0.000' }),
    );
  });
});

describe('what a sale can have', () => {
  const ask = async (lines: { productId: string; quantity: string }[], salesOrderId?: string) => {
    const desk = await trade.as('sales');
    const stock = await desk.inventory.availability({
      warehouseId: trade.warehouseId,
      productIds: lines.map((line) => line.productId),
      salesOrderId,
    });
    return availabilityOfLines(lines, new Map(stock.map((each) => [each.productId, each])));
  };

  test('is what is free in its warehouse, for each line after the one above it', async () => {
    const productId = await trade.stocked('10', '2');
    await trade.owner.inventory.adjust({
      productId,
      warehouseId: trade.warehouseId,
      binId: trade.quarantine,
      quantity: '50',
      reason: 'found',
    });
    await sold(productId, '3');
    const line = (quantity: string) => ({ productId, quantity });
    expect(await ask([line('5'), line('2'), line('4'), line('')])).toMatchObject([
      { free: '7.000', short: '0.000', onOrder: false },
      { free: '2.000', short: '0.000' },
      { free: '0.000', short: '4.000', day: null, onOrder: false },
      { free: '0.000', short: '0.000' },
    ]);
  });

  test('comes on the day of the purchase order that brings the last of what is short, others who wait first', async () => {
    const productId = await trade.stocked('5', '2');
    await sold(productId, '9');
    await onOrder(productId, '10', dayAhead(20));
    await onOrder(productId, '5', dayAhead(10));
    await onOrder(productId, '7', null);
    const at = async (quantity: string) => (await ask([{ productId, quantity }]))[0];
    // 4 of the first 5 belong to another order.
    expect(await at('1')).toMatchObject({ free: '0.000', day: dayAhead(10), onOrder: true });
    expect(await at('2')).toMatchObject({ day: dayAhead(20) });
    expect(await at('11')).toMatchObject({ day: dayAhead(20) });
    expect(await at('12')).toMatchObject({ day: null, onOrder: true });
    expect(await at('19')).toMatchObject({ day: null, onOrder: false });
  });

  test('of an order that waits comes after those that waited before it, not after itself', async () => {
    const productId = await trade.product();
    const first = await sold(productId, '4');
    const second = await sold(productId, '3');
    await onOrder(productId, '4', dayAhead(3));
    await onOrder(productId, '3', dayAhead(6));
    expect(await ask([{ productId, quantity: '4' }], first.id)).toMatchObject([{ day: dayAhead(3) }]);
    expect(await ask([{ productId, quantity: '3' }], second.id)).toMatchObject([{ day: dayAhead(6) }]);
  });

  test('no longer counts received goods as expected, and ignores services', async () => {
    const productId = await trade.product();
    const order = await onOrder(productId, '10', dayAhead(3));
    const { id, version, lines } = order;
    await trade.owner.purchaseOrders.receive({
      id,
      version,
      lines: [{ lineId: lines[0]!.id, quantity: '6' }],
    });
    expect(await ask([{ productId, quantity: '10' }])).toMatchObject([
      { free: '6.000', short: '4.000', day: dayAhead(3) },
    ]);
    expect(await ask([{ productId, quantity: '11' }])).toMatchObject([{ onOrder: false }]);
    const service = await trade.product({ kind: 'service' });
    expect(await ask([{ productId: service, quantity: '1' }])).toEqual([null]);
  });
});
