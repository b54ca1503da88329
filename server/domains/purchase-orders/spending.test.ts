import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import type { PurchaseOrder } from './purchase-orders.contract.ts';

/** Every way a purchase order continues or ends: its spend with the vendor, and its goods in transit. */
let trade: TradingTenant;
let orders: TradingTenant['owner']['purchaseOrders'];
beforeAll(async () => {
  trade = await tradingTenant('spending');
  orders = trade.owner.purchaseOrders;
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const only = ({ id, version }: PurchaseOrder) => ({ id, version });
const reason = 'as agreed';
type Step = (order: PurchaseOrder) => Promise<PurchaseOrder>;
const lineOf = (order: PurchaseOrder, index: number) => ({ lineId: order.lines[index]?.id ?? '' });
const closeLine =
  (index: number): Step =>
  (order) =>
    orders.closeLine({ ...only(order), ...lineOf(order, index), reason });
const receive =
  (quantity: string): Step =>
  (order) =>
    orders.receive({ ...only(order), lines: [{ ...lineOf(order, 0), quantity }] });
const revise =
  (change: { quantity?: string; unitPrice?: string }): Step =>
  (order) =>
    orders.revise({ ...only(order), lines: [{ ...lineOf(order, 0), ...change }], reason });
const takeBack: Step = (order) =>
  orders.reverseReceipt({ ...only(order), receiptId: order.receipts[0]?.id ?? '', reason });
const close: Step = (order) => orders.close(only(order));
const cancel: Step = (order) => orders.cancel(only(order));

/** Of ten for 11.80 each and one for 118.00: what is due after these steps, and what of the ten is on its way. */
const ways: readonly [name: string, steps: readonly Step[], due: string, inTransit: string][] = [
  ['goes on', [], '236.00', '10.000'],
  ['is cancelled', [cancel], '0.00', '0.000'],
  ['is closed before anything came', [close], '0.00', '0.000'],
  ['is closed after a part came', [receive('4'), close], '47.20', '0.000'],
  ['gives a line up', [closeLine(0)], '118.00', '0.000'],
  ['gives the rest of a line up', [receive('4'), closeLine(0)], '165.20', '0.000'],
  ['gives its lines up one by one', [closeLine(0), closeLine(1)], '0.00', '0.000'],
  ['gives a line up and is cancelled', [closeLine(0), cancel], '0.00', '0.000'],
  ['is revised to less', [revise({ unitPrice: '5' })], '177.00', '10.000'],
  ['is revised to more', [revise({ unitPrice: '20' })], '354.00', '10.000'],
  ['is revised down to what came', [receive('4'), revise({ quantity: '4' })], '165.20', '0.000'],
  ['gets more than was ordered and is closed', [receive('12'), close], '118.00', '0.000'],
  ['gets a receipt that is taken back', [receive('4'), takeBack], '236.00', '10.000'],
  ['gets one that is taken back after it was closed', [receive('4'), close, takeBack], '47.20', '4.000'],
  ['gets one that is taken back, and is closed', [receive('4'), takeBack, close], '0.00', '0.000'],
];

test.each(ways)(
  'an order that %s counts with its vendor as what is due',
  async (_name, steps, due, inTransit) => {
    const vendorId = await trade.vendor();
    const productId = await trade.product();
    let order = await trade.confirmedPurchase(
      [
        { productId, quantity: '10', unitPrice: '10' },
        { productId: await trade.product({ kind: 'service' }), quantity: '1', unitPrice: '100' },
      ],
      { vendorId },
    );
    for (const step of steps) order = await step(order);
    expect(order.due).toBe(due);
    const vendor = await trade.owner.vendors.get({ id: vendorId });
    expect(vendor.totalSpent).toBe(due);
    expect(vendor.totalOrders).toBe(order.status === 'cancelled' ? 0 : 1);
    const stock = await trade.owner.inventory.product({ id: productId });
    expect(stock.inTransit).toBe(inTransit);
  },
);
