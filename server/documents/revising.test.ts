import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import { today } from '../ground/days.contract.ts';

/** Orders that are changed after they were confirmed; the books agree after every step. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('revising');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const reason = 'the vendor called';
const paths = (problem: Awaited<ReturnType<typeof problemOf>>) =>
  problem.extras.fields?.map((field) => field.path);
const purchase = async (quantity = '10', unitPrice = '10', fields = {}) =>
  trade.confirmedPurchase([{ productId: await trade.product(), quantity, unitPrice }], fields);
const first = (order: { lines: { id: string }[] }) => order.lines[0]?.id ?? '';
const stockOf = (order: { lines: { product: { id: string } }[] }) =>
  trade.owner.inventory.product({ id: order.lines[0]?.product.id ?? '' });

test('a revision that changes nothing is refused, and leaves no trace', async () => {
  const bought = await purchase('10', '10', { expectedDate: today() });
  const productId = await trade.stocked('10', '5');
  const draft = await trade.owner.salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: [{ productId, quantity: '10', unitPrice: '10' }],
  });
  const sold = await trade.owner.salesOrders.confirm(only(draft));
  const same = [
    { lines: [] },
    { lines: [{ lineId: '', quantity: '10', unitPrice: '10.00', discountPercent: '0' }] },
    { lines: [{ lineId: '' }] },
  ];
  for (const { lines } of same) {
    for (const [orders, order, day] of [
      [trade.owner.purchaseOrders, bought, { expectedDate: today() }],
      [trade.owner.salesOrders, sold, { promisedDate: null }],
    ] as const) {
      const given = lines.map((line) => ({ ...line, lineId: first(order) }));
      const refused = await problemOf(orders.revise({ ...only(order), ...day, lines: given, reason }));
      expect(refused).toMatchObject({ code: 'INVALID', message: 'This changes nothing on the order.' });
      expect(await orders.get({ id: order.id })).toMatchObject({ version: order.version, revisions: [] });
    }
  }
  const trail = await trade.owner.reports.audit({ filter: { recordId: bought.id }, limit: 10 });
  expect(trail.items.map(({ action }) => action)).not.toContain('revise');
});

test('what is wrong with a line of a revision is named by its place in it, not in the order', async () => {
  const one = { productId: await trade.product(), quantity: '10', unitPrice: '10' };
  const order = await trade.confirmedPurchase([one, one, one]);
  const [, second, third] = order.lines;
  const broken = (lines: object[]) =>
    problemOf(trade.owner.purchaseOrders.revise({ ...only(order), lines, reason } as never));
  const half = { lineId: third?.id, quantity: '1.5' };
  expect(paths(await broken([half]))).toEqual(['lines.0.quantity']);
  const same = { lineId: second?.id, quantity: '10' };
  expect(paths(await broken([same, half]))).toEqual(['lines.1.quantity']);
  await trade.tenant.query(`update products set status = 'inactive' where id = $1`, [one.productId]);
  const retired = await broken([{ lineId: second?.id, quantity: '11' }]);
  expect(paths(retired)).toEqual(['lines', 'lines.0.productId', 'lines']);
});

test('the trail of a revision tells only the lines that it changes', async () => {
  const one = { productId: await trade.product(), quantity: '10', unitPrice: '10' };
  const order = await trade.confirmedPurchase([one, one]);
  const [kept, changed] = order.lines;
  await trade.owner.purchaseOrders.revise({
    ...only(order),
    lines: [
      { lineId: kept?.id ?? '', quantity: '10', unitPrice: '10' },
      { lineId: changed?.id ?? '', quantity: '12' },
    ],
    reason,
  });
  const [entry] = (await trade.owner.reports.audit({ filter: { recordId: order.id }, limit: 1 })).items;
  expect(entry?.changes).toMatchObject({ lines: { after: [{ quantity: '12' }] } });
});

describe('a confirmed purchase order', () => {
  test('takes another expected day, with its reason and who changed it in its history', async () => {
    const order = await purchase();
    const expectedDate = today(new Date(Date.now() + 9 * 86_400_000));
    const revised = await trade.owner.purchaseOrders.revise({ ...only(order), expectedDate, reason });
    expect(revised).toMatchObject({ expectedDate, status: 'confirmed', total: order.total });
    expect(revised.revisions).toMatchObject([{ reason, by: expect.any(String) as unknown }]);
    const stale = await problemOf(
      trade.owner.purchaseOrders.revise({ ...only(order), expectedDate: null, reason }),
    );
    expect(stale.code).toBe('CONFLICT');
    const early = await problemOf(
      trade.owner.purchaseOrders.revise({ ...only(revised), expectedDate: '2026-01-01', reason }),
    );
    expect(paths(early)).toEqual(['expectedDate']);
    const withoutReason = { ...only(revised), expectedDate: null, reason: ' ' };
    expect(paths(await problemOf(trade.owner.purchaseOrders.revise(withoutReason)))).toEqual(['reason']);
  });

  test('takes more and less of what is open: what is on its way, totals and the vendor’s account follow', async () => {
    const order = await purchase();
    const more = await trade.owner.purchaseOrders.revise({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '15' }],
      reason,
    });
    expect(more).toMatchObject({ total: '177.00', lines: [{ ordered: '15.000', open: '15.000' }] });
    expect((await stockOf(order)).inTransit).toBe('15.000');
    const received = await trade.owner.purchaseOrders.receive({
      ...only(more),
      lines: [{ lineId: first(order), quantity: '6' }],
    });
    const below = { ...only(received), lines: [{ lineId: first(order), quantity: '5' }], reason };
    expect(paths(await problemOf(trade.owner.purchaseOrders.revise(below)))).toEqual(['lines.0.quantity']);
    const done = { ...only(received), lines: [{ lineId: first(order), quantity: '6' }], reason };
    expect(await trade.owner.purchaseOrders.revise(done)).toMatchObject({
      status: 'delivered',
      total: '70.80',
      lines: [{ open: '0.000' }],
    });
    expect(await stockOf(order)).toMatchObject({ inTransit: '0.000', onHand: '6.000', value: '60.00' });
  });

  test('takes another price for what is open; what was received keeps the one it came in at', async () => {
    const order = await purchase();
    const part = await trade.owner.purchaseOrders.receive({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '4' }],
    });
    const revised = await trade.owner.purchaseOrders.revise({
      ...only(part),
      lines: [{ lineId: first(order), unitPrice: '20' }],
      reason,
    });
    expect(revised.lines).toMatchObject([
      { ordered: '4.000', received: '4.000', open: '0.000', unitPrice: '10.0000' },
      { ordered: '6.000', received: '0.000', open: '6.000', unitPrice: '20.0000' },
    ]);
    expect(revised).toMatchObject({ status: 'partially_delivered', total: '188.80' });
    const rest = await trade.owner.purchaseOrders.receive({
      ...only(revised),
      lines: [{ lineId: revised.lines[1]?.id ?? '', quantity: '6' }],
    });
    expect(rest.status).toBe('delivered');
    expect((await stockOf(order)).value).toBe('160.00');
  });

  test('waits for somebody else’s approval again when it rises over the threshold, and is expected only then', async () => {
    const order = await purchase('100', '400');
    expect(order.status).toBe('confirmed');
    const buyer = await trade.as('buyer');
    const risen = await buyer.purchaseOrders.revise({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '200' }],
      reason,
    });
    expect(risen).toMatchObject({ status: 'pending_approval', statusReason: `Revised: ${reason}` });
    expect((await stockOf(order)).inTransit).toBe('0.000');
    const approved = await (await trade.as('approver')).purchaseOrders.approve(only(risen));
    expect(approved).toMatchObject({ status: 'confirmed', total: '94400.00' });
    expect((await stockOf(order)).inTransit).toBe('200.000');
    // It falls, and stays above the threshold: it has that approval already.
    const less = await buyer.purchaseOrders.revise({
      ...only(approved),
      lines: [{ lineId: first(order), quantity: '150' }],
      reason,
    });
    expect(less).toMatchObject({ status: 'confirmed', approvedBy: 'The approver' });
    // It rises above what was approved: that approval counts no more, and the order doesn't show it.
    const again = await buyer.purchaseOrders.revise({
      ...only(less),
      lines: [{ lineId: first(order), quantity: '300' }],
      reason,
    });
    expect(again).toMatchObject({ status: 'pending_approval', approvedBy: null, approvedAt: null });
  });

  test('that gave up a part, rose over the threshold and was sent back is a draft of what is still wanted', async () => {
    const one = { productId: await trade.product(), quantity: '10', unitPrice: '100' };
    const order = await trade.confirmedPurchase([one, { ...one, quantity: '20' }]);
    const [given, kept] = order.lines;
    const closed = await trade.owner.purchaseOrders.closeLine({
      ...only(order),
      lineId: given?.id ?? '',
      reason,
    });
    const risen = await (
      await trade.as('buyer')
    ).purchaseOrders.revise({
      ...only(closed),
      lines: [{ lineId: kept?.id ?? '', quantity: '600' }],
      reason,
    });
    expect(risen.status).toBe('pending_approval');
    const back = await (await trade.as('approver')).purchaseOrders.reject({ ...only(risen), reason });
    const draft = await trade.owner.purchaseOrders.update({ ...only(back), notes: 'as told' });
    expect(draft).toMatchObject({
      status: 'draft',
      givenUp: '0.00',
      total: '70800.00',
      due: '70800.00',
      lines: [{ ordered: '600.000', cancelled: '0.000' }],
    });
  });

  describe('that gave up one line and rose over the threshold with the other', () => {
    const risen = async () => {
      const vendorId = await trade.vendor({ gst_registration: 'regular', gstin: '27AAGCB7383J1Z8' });
      const one = { productId: await trade.product(), quantity: '10', unitPrice: '100' };
      const order = await trade.confirmedPurchase([one, one], { vendorId });
      const closed = await trade.owner.purchaseOrders.closeLine({ ...only(order), lineId: first(order) });
      const lines = [{ lineId: closed.lines[1]?.id ?? '', unitPrice: '20000' }];
      const waiting = await trade.owner.purchaseOrders.revise({ ...only(closed), lines, reason });
      expect(waiting).toMatchObject({ status: 'pending_approval', givenUp: '1180.00', due: '236000.00' });
      return { waiting, vendorId };
    };
    const withoutTax = { total: '201000.00', givenUp: '1000.00', due: '200000.00' };
    const toComposition = (vendorId: string) =>
      trade.tenant.query(`update vendors set gst_registration = 'composition' where id = $1`, [vendorId]);

    test('has what it gave up priced anew with the rest when it is approved', async () => {
      const { waiting, vendorId } = await risen();
      await toComposition(vendorId);
      const approver = await trade.as('approver');
      expect(await approver.purchaseOrders.approve(only(waiting))).toMatchObject({
        status: 'confirmed',
        ...withoutTax,
      });
    });

    test('has what it gave up priced anew with the rest when it is sent back and submitted as it is', async () => {
      const { waiting, vendorId } = await risen();
      const approver = await trade.as('approver');
      const back = await approver.purchaseOrders.reject({ ...only(waiting), reason });
      await toComposition(vendorId);
      expect(await trade.owner.purchaseOrders.submit(only(back))).toMatchObject({
        status: 'pending_approval',
        ...withoutTax,
      });
    });
  });

  test('needs an approval by what is left of it, not by what was cancelled', async () => {
    const line = async (unitPrice: string) => ({
      productId: await trade.product(),
      quantity: '10',
      unitPrice,
    });
    const order = await trade.confirmedPurchase([await line('6000'), await line('10')]);
    const closed = await trade.owner.purchaseOrders.closeLine({ ...only(order), lineId: first(order) });
    const lines = [{ lineId: closed.lines[1]?.id ?? '', unitPrice: '11' }];
    const dearer = await trade.owner.purchaseOrders.revise({ ...only(closed), lines, reason });
    expect(dearer).toMatchObject({ status: 'confirmed', due: '129.80' });
  });

  test('whose goods were taken back stays what the record of them names: it does not become a draft again', async () => {
    const order = await purchase();
    const lines = [{ lineId: first(order), quantity: '1' }];
    const received = await trade.owner.purchaseOrders.receive({ ...only(order), lines });
    const receiptId = received.receipts[0]?.id ?? '';
    const back = await trade.owner.purchaseOrders.reverseReceipt({ ...only(received), receiptId, reason });
    const dearer = { ...only(back), lines: [{ lineId: first(order), unitPrice: '90000' }], reason };
    expect(paths(await problemOf(trade.owner.purchaseOrders.revise(dearer)))).toEqual(['lines']);
  });

  test('does not rise over the threshold once goods have come in', async () => {
    const order = await purchase('100', '400');
    const part = await trade.owner.purchaseOrders.receive({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '1' }],
    });
    const risen = { ...only(part), lines: [{ lineId: first(order), quantity: '200' }], reason };
    const refused = await problemOf(trade.owner.purchaseOrders.revise(risen));
    expect(paths(refused)).toEqual(['lines']);
    // A person who may revise it need not see its costs.
    expect(refused.message).not.toMatch(/\d/);
  });

  test('keeps what was cancelled of it exact to the paisa', async () => {
    const product = async () => ({ productId: await trade.product(), quantity: '3', unitPrice: '33.33' });
    const order = await trade.confirmedPurchase([await product(), await product()], { shipping: '10' });
    const part = await trade.owner.purchaseOrders.receive({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '1' }],
    });
    const closed = await trade.owner.purchaseOrders.closeLine({ ...only(part), lineId: first(order) });
    const revised = await trade.owner.purchaseOrders.revise({
      ...only(closed),
      lines: [{ lineId: closed.lines[1]?.id ?? '', quantity: '7', unitPrice: '11.11' }],
      reason,
    });
    const ended = await trade.owner.purchaseOrders.close(only(revised));
    const received = await trade.tenant.query<{ due: string }>(
      `select round((l.net + l.shipping_share + l.cgst + l.sgst + l.igst) / 3, 2)::text as due
       from purchase_order_lines l where id = $1`,
      [first(order)],
    );
    expect(Math.abs(Number(ended.due) - Number(received[0]?.due))).toBeLessThanOrEqual(0.01);
  });

  test('is nobody’s to change who only receives, and no draft', async () => {
    const order = await purchase();
    const clerk = await trade.as('warehouse');
    expect((await problemOf(clerk.purchaseOrders.revise({ ...only(order), reason }))).code).toBe('FORBIDDEN');
    const draft = await trade.owner.purchaseOrders.create({
      vendorId: trade.vendorId,
      warehouseId: trade.warehouseId,
      lines: [{ productId: await trade.product(), quantity: '1', unitPrice: '1' }],
    });
    const refused = await problemOf(trade.owner.purchaseOrders.revise({ ...only(draft), reason }));
    expect(refused.code).toBe('NOT_ALLOWED_IN_STATE');
  });
});

describe('a confirmed sales order', () => {
  const sale = async (quantity: string, stock = '10', fields: object = {}) => {
    const productId = await trade.stocked(stock, '5');
    const draft = await trade.owner.salesOrders.create({
      customerId: trade.customerId,
      warehouseId: trade.warehouseId,
      lines: [{ productId, quantity, unitPrice: '10' }],
      ...fields,
    });
    return trade.owner.salesOrders.confirm(only(draft));
  };
  const revise = (order: { id: string; version: number }, lines: object[], fields: object = {}) =>
    trade.owner.salesOrders.revise({ ...only(order), lines: lines as never, reason, ...fields });

  test('takes more: what is free is reserved, the rest waits behind those that waited before', async () => {
    const order = await sale('4', '6');
    const productId = order.lines[0]?.product.id ?? '';
    const other = await trade.owner.salesOrders.create({
      customerId: trade.customerId,
      warehouseId: trade.warehouseId,
      lines: [{ productId, quantity: '1', unitPrice: '10' }],
    });
    await trade.owner.salesOrders.confirm(only(other));
    const more = await revise(order, [{ lineId: first(order), quantity: '9' }]);
    expect(more).toMatchObject({
      total: '106.20',
      lines: [{ ordered: '9.000', reserved: '5.000', backordered: '4.000' }],
    });
  });

  test('takes less: what waits goes first, and others get what is free again', async () => {
    const order = await sale('14');
    const productId = order.lines[0]?.product.id ?? '';
    const draft = await trade.owner.salesOrders.create({
      customerId: trade.customerId,
      warehouseId: trade.warehouseId,
      lines: [{ productId, quantity: '3', unitPrice: '10' }],
    });
    const waiting = await trade.owner.salesOrders.confirm(only(draft));
    const less = await revise(order, [{ lineId: first(order), quantity: '8' }]);
    expect(less.lines).toMatchObject([{ reserved: '8.000', backordered: '0.000' }]);
    expect((await trade.owner.salesOrders.get({ id: waiting.id })).lines).toMatchObject([
      { reserved: '2.000', backordered: '1.000' },
    ]);
  });

  test('takes another price for what is open, and what it was paid for follows', async () => {
    const order = await sale('10');
    const part = await trade.owner.salesOrders.ship({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '4' }],
    });
    const paid = await trade.owner.salesOrders.recordPayment({ ...only(part), amount: '118' });
    expect(paid.paymentStatus).toBe('paid');
    const dearer = await revise(paid, [{ lineId: first(order), unitPrice: '15' }]);
    expect(dearer).toMatchObject({ paymentStatus: 'partially_paid', owed: '35.40' });
    expect(dearer.lines).toMatchObject([
      { ordered: '4.000', shipped: '4.000', reserved: '0.000', unitPrice: '10.0000' },
      { ordered: '6.000', shipped: '0.000', reserved: '6.000', unitPrice: '15.0000' },
    ]);
    const shipped = await trade.owner.salesOrders.ship({
      ...only(dearer),
      lines: [{ lineId: dearer.lines[1]?.id ?? '', quantity: '6' }],
    });
    expect(shipped.status).toBe('shipped');
  });

  test('counts what it rises by against the credit limit', async () => {
    const customerId = await trade.customer({ credit_limit: '200' });
    const order = await sale('10', '10', { customerId });
    const lines = [{ lineId: first(order), quantity: '20' }];
    expect(paths(await problemOf(revise(order, lines)))).toEqual(['exceedCredit']);
    const desk = await trade.as('sales');
    const beyond = { ...only(order), lines, reason, exceedCredit: true };
    expect((await problemOf(desk.salesOrders.revise(beyond))).code).toBe('FORBIDDEN');
    expect((await revise(order, lines, { exceedCredit: true })).total).toBe('236.00');
  });

  test('never goes below what was shipped, and is shipped when nothing more is open', async () => {
    const order = await sale('10');
    const part = await trade.owner.salesOrders.ship({
      ...only(order),
      lines: [{ lineId: first(order), quantity: '4' }],
    });
    const below = await problemOf(revise(part, [{ lineId: first(order), quantity: '3.999' }]));
    expect(paths(below)).toEqual(['lines.0.quantity']);
    expect(await revise(part, [{ lineId: first(order), quantity: '4' }])).toMatchObject({
      status: 'shipped',
      total: '47.20',
    });
  });

  test('of two who change it at once one is told that it has changed', async () => {
    const order = await sale('5');
    const answers = await Promise.allSettled([
      revise(order, [{ lineId: first(order), quantity: '6' }]),
      revise(order, [{ lineId: first(order), quantity: '7' }]),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
