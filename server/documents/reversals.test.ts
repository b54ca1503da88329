import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';

/** Payments and goods receipts recorded by mistake and reversed; the books agree after every step. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('reversing');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const reason = 'booked twice';
const first = (order: { lines: { id: string }[] }) => order.lines[0]?.id ?? '';

const sold = async (productId: string, quantity: string) => {
  const draft = await trade.owner.salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: [{ productId, quantity, unitPrice: '10' }],
  });
  return trade.owner.salesOrders.confirm(only(draft));
};

describe('a payment that is taken back', () => {
  const paid = async (amount: string) => {
    const order = await sold(await trade.stocked('10', '5'), '10');
    return trade.owner.salesOrders.recordPayment({ ...only(order), amount });
  };
  const reverse = (order: Awaited<ReturnType<typeof paid>>, fields: object = {}) =>
    trade.owner.salesOrders.reversePayment({
      ...only(order),
      paymentId: order.payments[0]?.id ?? '',
      reason,
      ...fields,
    });

  test('is owed again, and stays in the record with who took it back and why', async () => {
    const order = await reverse(await paid('118'));
    expect(order).toMatchObject({ paymentStatus: 'unpaid', paid: '0.00', owed: '118.00' });
    expect(order.payments).toMatchObject([
      { amount: '118.00', reversal: { reason, by: expect.any(String) as unknown } },
    ]);
    const [entry] = (await trade.owner.reports.audit({ filter: { recordId: order.id }, limit: 1 })).items;
    expect(entry).toMatchObject({ action: 'reverse_payment' });
    const again = await trade.owner.salesOrders.recordPayment({ ...only(order), amount: '118' });
    expect(again.paymentStatus).toBe('paid');
  });

  test('leaves the other payments as they are', async () => {
    const part = await paid('100');
    const both = await trade.owner.salesOrders.recordPayment({ ...only(part), amount: '18' });
    expect(await reverse(both, { paymentId: part.payments[0]?.id })).toMatchObject({
      paymentStatus: 'partially_paid',
      owed: '100.00',
    });
  });

  test('is taken back once: not again, not on an old version, not for another order, not without a reason', async () => {
    const order = await paid('118');
    const once = await reverse(order);
    expect((await problemOf(reverse(once))).code).toBe('NOT_ALLOWED_IN_STATE');
    expect((await problemOf(reverse(order))).code).toBe('CONFLICT');
    const other = await paid('1');
    const foreign = reverse(other, { paymentId: order.payments[0]?.id });
    expect((await problemOf(foreign)).code).toBe('NOT_FOUND');
    expect((await problemOf(reverse(other, { reason: ' ' }))).code).toBe('INVALID');
    const answers = await Promise.allSettled([reverse(other), reverse(other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const clerk = await trade.as('warehouse');
    const refused = clerk.salesOrders.reversePayment({
      ...only(once),
      paymentId: order.payments[0]?.id ?? '',
      reason,
    });
    expect((await problemOf(refused)).code).toBe('FORBIDDEN');
  });

  test('of an order that was called off belongs back to nobody any more', async () => {
    const order = await trade.owner.salesOrders.cancel(only(await paid('118')));
    expect(order.owedBack).toBe('118.00');
    expect(await reverse(order)).toMatchObject({ owedBack: '0.00', owed: '0.00', paymentStatus: 'unpaid' });
  });

  test('of an order that was closed in part counts for what is still due of it', async () => {
    const order = await paid('118');
    const part = await trade.owner.salesOrders.ship({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '4' }],
    });
    const closed = await trade.owner.salesOrders.close(only(part));
    expect(closed).toMatchObject({ due: '47.20', owedBack: '70.80' });
    expect(await reverse(closed)).toMatchObject({
      owed: '47.20',
      owedBack: '0.00',
      paymentStatus: 'unpaid',
    });
  });
});

describe('a goods receipt that is taken back', () => {
  const ordered = async (quantity = '10', unitPrice = '10', fields: Record<string, unknown> = {}) =>
    trade.confirmedPurchase([{ productId: await trade.product(fields), quantity, unitPrice }]);
  type Order = Awaited<ReturnType<typeof ordered>>;
  const receive = (order: Order, quantity: string, line: object = {}) =>
    trade.owner.purchaseOrders.receive({
      ...only(order),
      lines: [{ lineId: first(order), quantity, ...line }],
    });
  const reverse = (order: Order, fields: object = {}) =>
    trade.owner.purchaseOrders.reverseReceipt({
      ...only(order),
      receiptId: order.receipts[0]?.id ?? '',
      reason,
      ...fields,
    });
  const stockOf = (order: Order) => trade.owner.inventory.product({ id: order.lines[0]?.product.id ?? '' });

  test('leaves the stock at exactly its value, is expected again, and stays in the record', async () => {
    const order = await receive(await ordered(), '10');
    expect(order.status).toBe('delivered');
    const back = await reverse(order);
    expect(back).toMatchObject({ status: 'confirmed', lines: [{ received: '0.000', open: '10.000' }] });
    expect(back.receipts).toMatchObject([{ reversal: { reason } }]);
    expect(await stockOf(order)).toMatchObject({ onHand: '0.000', inTransit: '10.000', value: '0.00' });
    const { items } = await trade.owner.inventory.movements({ filter: { documentId: order.id } });
    expect(items.map(({ kind, quantity, value }) => [kind, quantity, value])).toEqual([
      ['reversal', '-10.000', '-100.00'],
      ['receipt', '10.000', '100.00'],
    ]);
    const again = await receive(back, '10');
    expect(again.status).toBe('delivered');
    expect((await stockOf(order)).value).toBe('100.00');
  });

  test('leaves costs exact to the paisa whichever of several is taken back', async () => {
    let order = await ordered('3', '33.3333');
    for (const _ of [1, 2, 3]) order = await receive(order, '1');
    const back = await reverse(order, { receiptId: order.receipts[1]?.id });
    expect(back).toMatchObject({ status: 'partially_delivered', lines: [{ open: '1.000' }] });
    await receive(back, '1');
    expect((await stockOf(order)).value).toBe('100.00');
  });

  test('is taken back once: not again, not on an old version, not for another order, not without a reason', async () => {
    const order = await receive(await ordered(), '10');
    const once = await reverse(order);
    expect((await problemOf(reverse(once))).code).toBe('NOT_ALLOWED_IN_STATE');
    expect((await problemOf(reverse(order))).code).toBe('CONFLICT');
    const other = await receive(await ordered(), '10');
    const foreign = reverse(other, { receiptId: order.receipts[0]?.id });
    expect((await problemOf(foreign)).code).toBe('NOT_FOUND');
    expect((await problemOf(reverse(other, { reason: ' ' }))).code).toBe('INVALID');
    const answers = await Promise.allSettled([reverse(other), reverse(other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is refused in words when its goods are gone, and nothing changes', async () => {
    const order = await receive(await ordered(), '10');
    await trade.owner.inventory.adjust({
      productId: order.lines[0]?.product.id ?? '',
      warehouseId: trade.warehouseId,
      quantity: '-3',
      reason: 'lost',
    });
    const refused = await problemOf(reverse(order));
    expect(refused).toMatchObject({ code: 'INVALID', extras: { fields: [{ path: 'receiptId' }] } });
    expect(refused.message).toMatch(/only 7 are still where they were put/);
    expect(await stockOf(order)).toMatchObject({ onHand: '7.000', inTransit: '0.000' });
  });

  test('is refused when its value can no longer leave exactly', async () => {
    const order = await receive(await ordered(), '10');
    const productId = order.lines[0]?.product.id ?? '';
    const place = { productId, warehouseId: trade.warehouseId };
    await trade.owner.inventory.adjust({ ...place, quantity: '10', unitCost: '20', reason: 'found' });
    await trade.owner.inventory.adjust({ ...place, quantity: '-10', reason: 'lost' });
    expect((await problemOf(reverse(order))).message).toMatch(/revalued since/);
    // A clerk, who sees no costs, is told the same about goods that could be reversed.
    const clerk = await trade.as('warehouse');
    const blind = { ...only(order), receiptId: order.receipts[0]?.id ?? '', reason };
    expect((await problemOf(clerk.purchaseOrders.reverseReceipt(blind))).code).toBe('NOT_ALLOWED_IN_STATE');
    const fresh = await receive(await ordered(), '10');
    const own = { ...only(fresh), receiptId: fresh.receipts[0]?.id ?? '', reason };
    expect((await clerk.purchaseOrders.reverseReceipt(own)).status).toBe('confirmed');
  });

  test('makes orders wait again that had its goods, the youngest first', async () => {
    const order = await ordered('10');
    const productId = order.lines[0]?.product.id ?? '';
    const older = await sold(productId, '6');
    const younger = await sold(productId, '4');
    await trade.owner.inventory.adjust({
      productId,
      warehouseId: trade.warehouseId,
      quantity: '7',
      reason: 'found',
    });
    const received = await receive(order, '10');
    expect((await trade.owner.salesOrders.get({ id: younger.id })).lines).toMatchObject([
      { reserved: '4.000' },
    ]);
    await reverse(received);
    expect((await trade.owner.salesOrders.get({ id: older.id })).lines).toMatchObject([
      { reserved: '6.000', backordered: '0.000' },
    ]);
    expect((await trade.owner.salesOrders.get({ id: younger.id })).lines).toMatchObject([
      { reserved: '1.000', backordered: '3.000' },
    ]);
  });

  test('opens a closed order again, services and lots with it', async () => {
    const service = await receive(await ordered('2', '50', { kind: 'service' }), '2');
    const closed = await trade.owner.purchaseOrders.close(only(service));
    expect(await reverse(closed)).toMatchObject({ status: 'confirmed', lines: [{ open: '2.000' }] });
    const lots = await receive(await ordered('5', '10', { tracks_lots: true }), '5', { lot: 'L-1' });
    expect((await reverse(lots)).status).toBe('confirmed');
  });
});

describe('a place that was closed meanwhile', () => {
  const closeWarehouse = (status: string) =>
    trade.tenant.query(`update warehouses set status = $2 where id = $1`, [trade.warehouseId, status]);

  test('takes nothing back that would be expected or lie there again', async () => {
    const productId = await trade.product({ kind: 'service' });
    const order = await trade.confirmedPurchase([{ productId, quantity: '2', unitPrice: '50' }]);
    const done = await trade.owner.purchaseOrders.receive({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '2' }],
    });
    const goods = await trade.stocked('1', '5');
    const place = { productId: goods, warehouseId: trade.warehouseId };
    const { movement } = await trade.owner.inventory.adjust({ ...place, quantity: '-1', reason: 'lost' });
    const receiptId = done.receipts[0]?.id ?? '';
    const both = [
      () => trade.owner.purchaseOrders.reverseReceipt({ ...only(done), receiptId, reason }),
      () => trade.owner.inventory.reverse({ movementId: movement.id, note: reason }),
    ];
    await closeWarehouse('inactive');
    for (const undo of both) {
      const refused = await problemOf(undo());
      expect(refused.code).toBe('INVALID');
      expect(refused.message).toMatch(/closed/);
    }
    await closeWarehouse('active');
    for (const undo of both) await undo();
  });
});

describe('a company whose schema is one migration behind', () => {
  test('goes on being paid, and is asked to wait before anything is taken back', async () => {
    const order = await sold(await trade.stocked('1', '5'), '1');
    await trade.tenant.query('alter table payments rename column reversed_at to not_there_yet');
    try {
      const paid = await trade.owner.salesOrders.recordPayment({ ...only(order), amount: '11.8' });
      expect(paid.payments).toMatchObject([{ reversal: null }]);
      const refused = trade.owner.salesOrders.reversePayment({
        ...only(paid),
        paymentId: paid.payments[0]?.id ?? '',
        reason,
      });
      expect((await problemOf(refused)).code).toBe('TENANT_UPGRADING');
    } finally {
      await trade.tenant.query('alter table payments rename column not_there_yet to reversed_at');
    }
  });
});
