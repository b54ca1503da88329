import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { appRouter } from '../../router.ts';

/**
 * Whatever brings or frees goods serves the waiting orders, the oldest first; no command that does so can be left out
 * here.
 */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('waiting');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

type Order = Awaited<ReturnType<TradingTenant['owner']['salesOrders']['get']>>;
const only = ({ id, version }: { id: string; version: number }) => ({ id, version });

const sold = async (productId: string, quantity: string): Promise<Order> => {
  const { customerId, warehouseId, owner } = trade;
  const lines = [{ productId, quantity, unitPrice: '10' }];
  return owner.salesOrders.confirm(await owner.salesOrders.create({ customerId, warehouseId, lines }));
};
const adjust = (productId: string, quantity: string) =>
  trade.owner.inventory.adjust({ productId, warehouseId: trade.warehouseId, quantity, reason: 'found' });
const purchased = async (productId: string, quantity: string) => {
  const order = await trade.confirmedPurchase([{ productId, quantity, unitPrice: '5' }]);
  return { ...only(order), lines: [{ lineId: order.lines[0]!.id, quantity }] };
};

/** What happens before anybody waits; gives what opens the door once two orders wait for three pieces each. */
type Door = (productId: string) => Promise<() => Promise<unknown>>;

/** One order holds the whole stock, until the door is opened. */
const held =
  (open: (order: Order) => Promise<unknown>): Door =>
  async (productId) => {
    await adjust(productId, '5');
    const order = await sold(productId, '5');
    return () => open(order);
  };

const doors: Readonly<Record<string, Door>> = {
  'inventory.adjust': async (productId) => () => adjust(productId, '5'),
  'inventory.reverse': async (productId) => {
    await adjust(productId, '5');
    const { movement } = await adjust(productId, '-5');
    return () => trade.owner.inventory.reverse({ movementId: movement.id, note: 'miscounted' });
  },
  'purchaseOrders.receive': async (productId) => {
    const receipt = await purchased(productId, '5');
    return () => trade.owner.purchaseOrders.receive(receipt);
  },
  'salesOrders.cancel': held((order) => trade.owner.salesOrders.cancel(only(order))),
  'salesOrders.close': held((order) => trade.owner.salesOrders.close(only(order))),
  'salesOrders.closeLine': held((order) =>
    trade.owner.salesOrders.closeLine({ ...only(order), lineId: order.lines[0]!.id }),
  ),
  'salesOrders.revise': async (productId) => {
    await adjust(productId, '6');
    const order = await sold(productId, '6');
    const lines = [{ lineId: order.lines[0]!.id, quantity: '1' }];
    return () => trade.owner.salesOrders.revise({ ...only(order), lines, reason: 'less is needed' });
  },
};

/** Commands that neither bring nor free goods: they concern drafts, money, goods in transit, or outgoing goods. */
const others = {
  purchaseOrders: [
    'create',
    'update',
    'submit',
    'approve',
    'reject',
    'reverseReceipt',
    'revise',
    'closeLine',
    'close',
    'cancel',
  ],
  salesOrders: [
    'create',
    'update',
    'confirm',
    'reserve',
    'ship',
    'deliver',
    'recordPayment',
    'reversePayment',
  ],
  inventory: [],
};

test('every command of stock and of orders is known for what it brings or frees', () => {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  const commands = Object.entries(procedures)
    .filter(([name, { _def }]) => _def.type === 'mutation' && (name.split('.')[0] ?? '') in others)
    .map(([name]) => name);
  const known = Object.entries(others).flatMap(([router, names]) => names.map((name) => `${router}.${name}`));
  expect([...Object.keys(doors), ...known].toSorted()).toEqual(commands.toSorted());
});

describe('who waits is served', () => {
  test.each(Object.entries(doors))('by %s, the older order first', async (_name, door) => {
    const productId = await trade.product();
    const open = await door(productId);
    const older = await sold(productId, '3');
    const younger = await sold(productId, '3');
    expect([older, younger].map((order) => order.lines[0]?.reserved)).toEqual(['0.000', '0.000']);
    await open();
    const lines = await Promise.all(
      [older, younger].map(async ({ id }) => (await trade.owner.salesOrders.get({ id })).lines[0]),
    );
    expect(lines).toMatchObject([
      { reserved: '3.000', backordered: '0.000' },
      { reserved: '2.000', backordered: '1.000' },
    ]);
    const trail = await trade.owner.reports.audit({ filter: { recordId: older.id }, limit: 1 });
    expect(trail.items).toMatchObject([{ action: 'fill_backorder' }]);
  });

  test('by goods that arrive in any bin but one of quarantine', async () => {
    const productId = await trade.product();
    const order = await sold(productId, '3');
    const place = { productId, warehouseId: trade.warehouseId, quantity: '3', reason: 'found' as const };
    await trade.owner.inventory.adjust({ ...place, binId: trade.quarantine });
    expect((await trade.owner.salesOrders.get({ id: order.id })).lines[0]?.reserved).toBe('0.000');
    await trade.owner.inventory.adjust({ ...place, binId: trade.shelf });
    expect((await trade.owner.salesOrders.get({ id: order.id })).lines[0]?.reserved).toBe('3.000');
  });

  test('where a receipt is taken back, from what lies free in other places', async () => {
    const productId = await trade.product();
    const receipt = await purchased(productId, '5');
    const received = await trade.owner.purchaseOrders.receive(receipt);
    const order = await sold(productId, '3');
    const shelf = { productId, warehouseId: trade.warehouseId, binId: trade.shelf };
    await trade.owner.inventory.adjust({ ...shelf, quantity: '2', reason: 'found' });
    const receiptId = received.receipts[0]!.id;
    await trade.owner.purchaseOrders.reverseReceipt({ ...only(received), receiptId, reason: 'booked twice' });
    expect((await trade.owner.salesOrders.get({ id: order.id })).lines).toMatchObject([
      { reserved: '2.000', backordered: '1.000' },
    ]);
  });
});
