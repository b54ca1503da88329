import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';

let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('selling');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const draft = async (productId: string, quantity: string, fields = {}) =>
  trade.owner.salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: [{ productId, quantity, unitPrice: '100' }],
    ...fields,
  });
const confirmed = async (productId: string, quantity: string, fields = {}) =>
  trade.owner.salesOrders.confirm(await draft(productId, quantity, fields));
const get = (order: { id: string }) => trade.owner.salesOrders.get({ id: order.id });
const shipping = (order: Awaited<ReturnType<typeof draft>>, quantity: string) => ({
  id: order.id,
  version: order.version,
  lines: [{ lineId: order.lines[0]!.id, quantity }],
});
const fieldsOf = (problem: Awaited<ReturnType<typeof problemOf>>) =>
  problem.extras.fields?.map((field) => field.path);
const received = async (productId: string, quantity: string) =>
  trade.owner.inventory.adjust({
    productId,
    warehouseId: trade.warehouseId,
    quantity,
    unitCost: '10',
    reason: 'found',
  });

describe('confirming', () => {
  test('reserves what there is and leaves the rest as a backorder', async () => {
    const productId = await trade.stocked('7', '10');
    const order = await confirmed(productId, '10');
    expect(order).toMatchObject({
      status: 'confirmed',
      lines: [{ reserved: '7.000', backordered: '3.000' }],
      possible: [
        'reserve',
        'ship',
        'revise',
        'recordPayment',
        'reversePayment',
        'closeLine',
        'close',
        'cancel',
      ],
    });
    expect(await trade.owner.inventory.product({ id: productId })).toMatchObject({
      onHand: '7.000',
      reserved: '7.000',
      available: '0.000',
    });
  });

  test('takes from every bin but quarantine', async () => {
    const productId = await trade.product();
    for (const [binId, quantity] of [
      [trade.defaultBin, '2'],
      [trade.shelf, '3'],
      [trade.quarantine, '100'],
    ] as const) {
      await trade.owner.inventory.adjust({
        productId,
        warehouseId: trade.warehouseId,
        binId,
        quantity,
        unitCost: '1',
        reason: 'opening',
      });
    }
    const order = await confirmed(productId, '10');
    expect(order.lines[0]).toMatchObject({ reserved: '5.000', backordered: '5.000' });
    const shipped = await trade.owner.salesOrders.ship(shipping(order, '5'));
    expect(shipped.shipments[0]?.lines.map((line) => [line.bin, line.quantity]).sort()).toEqual([
      ['A-01', '3.000'],
      ['MAIN', '2.000'],
    ]);
  });

  test('keeps to the credit limit, unless someone who may goes above it knowingly', async () => {
    const productId = await trade.stocked('100', '10');
    const customerId = await trade.customer({ credit_limit: '1000' });
    const sales = await trade.as('sales');
    const manager = await trade.as(['sales'], ['sales_orders:exceed_credit']);
    await trade.owner.salesOrders.confirm(await draft(productId, '5', { customerId }));
    const second = await draft(productId, '5', { customerId });
    const refused = await problemOf(sales.salesOrders.confirm(second));
    expect(refused.message).toBe(
      'Deccan Stores owes ₹590.00; with this order it would be ₹1,180.00, over the credit limit of ₹1,000.00.',
    );
    expect(fieldsOf(refused)).toEqual(['exceedCredit']);
    const confirming = await trade.as([], ['sales_orders:read', 'sales_orders:confirm']);
    expect((await problemOf(confirming.salesOrders.confirm(second))).message).toBe(
      'With this order Deccan Stores would be over their credit limit.',
    );
    const notAllowed = await problemOf(sales.salesOrders.confirm({ ...second, exceedCredit: true }));
    expect(notAllowed.code).toBe('FORBIDDEN');
    expect((await problemOf(manager.salesOrders.confirm(second))).code).toBe('INVALID');
    const exceeded = await manager.salesOrders.confirm({ ...second, exceedCredit: true });
    expect(exceeded.status).toBe('confirmed');
  });

  test('of a customer who was suspended is refused', async () => {
    const customerId = await trade.customer();
    const order = await draft(await trade.product(), '1', { customerId });
    await trade.tenant.query(`update customers set status = 'suspended' where id = $1`, [customerId]);
    expect(fieldsOf(await problemOf(trade.owner.salesOrders.confirm(order)))).toEqual(['customerId']);
  });
});

describe('backorders', () => {
  test('are served oldest first when goods arrive on a purchase order', async () => {
    const productId = await trade.product();
    const oldest = await confirmed(productId, '4');
    const middle = await confirmed(productId, '4');
    const newest = await confirmed(productId, '4');
    const purchase = await trade.confirmedPurchase([{ productId, quantity: '20', unitPrice: '10' }]);
    const part = await trade.owner.purchaseOrders.receive({
      id: purchase.id,
      version: purchase.version,
      lines: [{ lineId: purchase.lines[0]!.id, quantity: '6' }],
    });
    expect((await get(oldest)).lines[0]).toMatchObject({ reserved: '4.000', backordered: '0.000' });
    expect((await get(middle)).lines[0]).toMatchObject({ reserved: '2.000', backordered: '2.000' });
    expect((await get(newest)).lines[0]).toMatchObject({ reserved: '0.000', backordered: '4.000' });
    await trade.owner.purchaseOrders.receive({
      id: part.id,
      version: part.version,
      lines: [{ lineId: part.lines[0]!.id, quantity: '14' }],
    });
    expect((await get(newest)).lines[0]).toMatchObject({ reserved: '4.000', backordered: '0.000' });
    expect(await trade.owner.inventory.product({ id: productId })).toMatchObject({ available: '8.000' });
  });

  test('get what a cancelled or closed order gives back', async () => {
    const productId = await trade.stocked('5', '10');
    const first = await confirmed(productId, '5');
    const waiting = await confirmed(productId, '8');
    expect(waiting.lines[0]?.backordered).toBe('8.000');
    const listed = await trade.owner.salesOrders.list({ filter: { productId, hasBackorder: true } });
    expect(listed.items.map((row) => row.soNumber)).toEqual([waiting.soNumber]);
    const cancelled = await trade.owner.salesOrders.cancel(first);
    expect(cancelled).toMatchObject({
      status: 'cancelled',
      lines: [{ reserved: '0.000', cancelled: '5.000', backordered: '0.000' }],
    });
    expect((await get(waiting)).lines[0]).toMatchObject({ reserved: '5.000', backordered: '3.000' });
  });

  test('can be reserved again by hand, and the older order still comes first', async () => {
    const productId = await trade.product();
    const older = await confirmed(productId, '2');
    const newer = await confirmed(productId, '2');
    // As a correction outside of the application would leave it: stock that nobody was offered.
    await trade.owner.inventory.adjust({
      productId,
      warehouseId: trade.warehouseId,
      binId: trade.quarantine,
      quantity: '3',
      unitCost: '1',
      reason: 'found',
    });
    await trade.tenant.query(`update bins set kind = 'storage' where id = $1`, [trade.quarantine]);
    const reserved = await trade.owner.salesOrders.reserve(newer);
    await trade.tenant.query(`update bins set kind = 'quarantine' where id = $1`, [trade.quarantine]);
    expect(reserved.lines[0]).toMatchObject({ reserved: '1.000', backordered: '1.000' });
    expect((await get(older)).lines[0]).toMatchObject({ reserved: '2.000', backordered: '0.000' });
  });
});

describe('shipping', () => {
  test('says before it is posted in which bins the goods lie', async () => {
    const productId = await trade.stocked('4', '10');
    const place = { productId, warehouseId: trade.warehouseId, binId: trade.shelf };
    await trade.owner.inventory.adjust({ ...place, quantity: '5', reason: 'found' });
    const draft = await trade.owner.salesOrders.create({
      customerId: trade.customerId,
      warehouseId: trade.warehouseId,
      lines: [{ productId, quantity: '7', unitPrice: '10' }],
    });
    expect(await trade.owner.salesOrders.reservedPlaces({ id: draft.id })).toEqual([]);
    const order = await trade.owner.salesOrders.confirm({ id: draft.id, version: draft.version });
    const places = await trade.owner.salesOrders.reservedPlaces({ id: order.id });
    expect(places.map(({ bin }) => bin).sort()).toEqual(['A-01', 'MAIN']);
    expect(places.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(7);
    const lines = [{ lineId: order.lines[0]?.id ?? '', quantity: '7' }];
    const shipped = await trade.owner.salesOrders.ship({ id: order.id, version: order.version, lines });
    const taken = shipped.shipments[0]?.lines.map(({ bin, quantity }) => [bin, quantity]);
    expect(taken?.sort()).toEqual(places.map(({ bin, quantity }) => [bin, quantity]).sort());
  });

  test('takes only what is reserved, at the average cost, and closes the order when all is gone', async () => {
    const productId = await trade.stocked('3', '33.3333');
    const order = await confirmed(productId, '5');
    const tooMuch = await problemOf(trade.owner.salesOrders.ship(shipping(order, '4')));
    expect(tooMuch).toMatchObject({ code: 'INVALID' });
    expect(fieldsOf(tooMuch)).toEqual(['lines.0.quantity']);
    expect(tooMuch.message).toContain('Only 3 of');
    const part = await trade.owner.salesOrders.ship(shipping(order, '1'));
    expect(part).toMatchObject({ status: 'partially_shipped', lines: [{ costOfGoods: '33.33' }] });
    await received(productId, '2');
    const rest = await trade.owner.salesOrders.ship(shipping(part, '4'));
    // 66.67 + 20.00 are left, and all of it goes.
    expect(rest).toMatchObject({ status: 'shipped', lines: [{ shipped: '5.000', costOfGoods: '120.00' }] });
    expect(await trade.owner.inventory.product({ id: productId })).toMatchObject({ value: '0.00' });
    const delivered = await trade.owner.salesOrders.deliver(rest);
    expect(delivered).toMatchObject({
      status: 'delivered',
      possible: ['recordPayment', 'reversePayment', 'close'],
    });
    expect((await trade.owner.salesOrders.close(delivered)).status).toBe('closed');
  });

  test('the same shipment sent again ships nothing twice', async () => {
    const productId = await trade.stocked('10', '10');
    const order = await confirmed(productId, '10');
    const input = { ...shipping(order, '4'), shipmentId: uuidv7() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => trade.owner.salesOrders.ship(input)));
    for (const answer of answers) expect(answer.lines[0]?.shipped).toBe('4.000');
    const other = await problemOf(trade.owner.salesOrders.ship({ ...input, carrier: 'Another' }));
    expect(other.code).toBe('CONFLICT');
    expect((await trade.owner.inventory.product({ id: productId })).onHand).toBe('6.000');
  });

  test('a service ships without stock and keeps nothing waiting', async () => {
    const service = await trade.product({ kind: 'service', hsn_code: '9987' });
    const order = await confirmed(service, '2');
    expect(order.lines[0]).toMatchObject({ reserved: '2.000', backordered: '0.000' });
    const shipped = await trade.owner.salesOrders.ship(shipping(order, '2'));
    expect(shipped).toMatchObject({ status: 'shipped', lines: [{ costOfGoods: '0.00' }] });
  });

  test('names a line that is not of this order', async () => {
    const order = await confirmed(await trade.stocked('1', '1'), '1');
    const input = { ...shipping(order, '1'), lines: [{ lineId: uuidv7(), quantity: '1' }] };
    expect(fieldsOf(await problemOf(trade.owner.salesOrders.ship(input)))).toEqual(['lines.0.lineId']);
  });
});

describe('money', () => {
  test('payments are counted up to the total and no further, and once each', async () => {
    const customerId = await trade.customer();
    const order = await confirmed(await trade.stocked('1', '1'), '1', { customerId });
    expect(order).toMatchObject({ total: '118.00', paymentStatus: 'unpaid' });
    const input = { id: order.id, version: order.version, paymentId: uuidv7(), amount: '18' };
    const [part, again] = [
      await trade.owner.salesOrders.recordPayment(input),
      await trade.owner.salesOrders.recordPayment(input),
    ];
    expect(part).toMatchObject({ paid: '18.00', paymentStatus: 'partially_paid' });
    expect(again).toEqual(part);
    const tooMuch = await problemOf(
      trade.owner.salesOrders.recordPayment({ id: part.id, version: part.version, amount: '100.01' }),
    );
    expect(fieldsOf(tooMuch)).toEqual(['amount']);
    const paid = await trade.owner.salesOrders.recordPayment({
      id: part.id,
      version: part.version,
      amount: '100',
      reference: 'NEFT 42',
    });
    expect(paid).toMatchObject({
      paymentStatus: 'paid',
      payments: [{ amount: '18.00' }, { reference: 'NEFT 42' }],
    });
  });

  test('what is short-closed is no longer owed', async () => {
    const customerId = await trade.customer();
    const order = await confirmed(await trade.stocked('4', '1'), '10', { customerId });
    const shipped = await trade.owner.salesOrders.ship(shipping(order, '4'));
    const paid = await trade.owner.salesOrders.recordPayment({
      id: shipped.id,
      version: shipped.version,
      amount: '472',
    });
    expect(paid.paymentStatus).toBe('partially_paid');
    const closed = await trade.owner.salesOrders.closeLine({
      id: paid.id,
      version: paid.version,
      lineId: paid.lines[0]!.id,
    });
    expect(closed).toMatchObject({
      status: 'shipped',
      paymentStatus: 'paid',
      lines: [{ cancelled: '6.000' }],
    });
    const [customer] = await trade.tenant.query('select outstanding from customers where id = $1', [
      customerId,
    ]);
    expect(customer).toEqual({ outstanding: '0.00' });
  });
});

describe('states', () => {
  test('every command that a state does not list is refused with what is possible', async () => {
    const order = await draft(await trade.product(), '1');
    const { id, version } = order;
    const lineId = order.lines[0]!.id;
    for (const call of [
      () => trade.owner.salesOrders.reserve({ id, version }),
      () => trade.owner.salesOrders.ship(shipping(order, '1')),
      () => trade.owner.salesOrders.deliver({ id, version }),
      () => trade.owner.salesOrders.recordPayment({ id, version, amount: '1' }),
      () => trade.owner.salesOrders.closeLine({ id, version, lineId }),
      () => trade.owner.salesOrders.close({ id, version }),
    ]) {
      expect(await problemOf(call())).toMatchObject({
        code: 'NOT_ALLOWED_IN_STATE',
        extras: { state: 'draft', possible: ['update', 'confirm', 'cancel'] },
      });
    }
    const cancelled = await trade.owner.salesOrders.cancel(order);
    const late = await problemOf(trade.owner.salesOrders.confirm(cancelled));
    expect(late).toMatchObject({ code: 'NOT_ALLOWED_IN_STATE', extras: { possible: ['reversePayment'] } });
  });

  test('an older version is refused with the order as it is now', async () => {
    const order = await draft(await trade.product(), '1');
    await trade.owner.salesOrders.update({ id: order.id, version: 1, notes: 'changed' });
    const stale = await problemOf(trade.owner.salesOrders.confirm(order));
    expect(stale).toMatchObject({ code: 'CONFLICT', extras: { current: { version: 2, notes: 'changed' } } });
  });

  test('the same id with the same content is the same order', async () => {
    const id = uuidv7();
    const productId = await trade.product();
    const first = await draft(productId, '1', { id });
    expect(await draft(productId, '1', { id })).toEqual(first);
    expect((await problemOf(draft(productId, '2', { id }))).code).toBe('CONFLICT');
  });

  test('costs stay hidden from the sales desk', async () => {
    const order = await confirmed(await trade.stocked('1', '5'), '1');
    const shipped = await trade.owner.salesOrders.ship(shipping(order, '1'));
    const sales = await trade.as('sales');
    const seen = await sales.salesOrders.get({ id: shipped.id });
    expect(seen.lines[0]?.costOfGoods).toBeNull();
    expect(seen.shipments[0]?.lines[0]?.cost).toBeNull();
  });

  test('orders are found by number and customer', async () => {
    const customerId = await trade.customer({ name: 'Quixote Bazaar' });
    const order = await draft(await trade.product(), '1', { customerId });
    for (const search of ['quixote', order.soNumber]) {
      const found = await trade.owner.salesOrders.list({ search, total: true });
      expect(found).toMatchObject({ items: [{ id: order.id, hasBackorder: false }], total: 1 });
    }
  });
});
