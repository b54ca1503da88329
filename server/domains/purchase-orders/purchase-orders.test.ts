import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { provisionalName } from '../../documents/numbers.contract.ts';

let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('buying');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

type Line = { productId: string; quantity: string; unitPrice: string; discountPercent?: string };
const draftOf = (lines: Line[], fields = {}) => ({
  vendorId: trade.vendorId,
  warehouseId: trade.warehouseId,
  lines,
  ...fields,
});
const draft = async (quantity = '10', unitPrice = '100', fields = {}) =>
  trade.owner.purchaseOrders.create(
    draftOf([{ productId: await trade.product(), quantity, unitPrice }], fields),
  );
const fieldsOf = (problem: Awaited<ReturnType<typeof problemOf>>) =>
  problem.extras.fields?.map((field) => field.path);
const receiveAll = (order: Awaited<ReturnType<typeof draft>>) => ({
  id: order.id,
  version: order.version,
  lines: order.lines.map((line) => ({ lineId: line.id, quantity: line.open })),
});

describe('a draft', () => {
  test('sent again with the same id is the same order; with other contents it is refused', async () => {
    const id = uuidv7();
    const input = draftOf([{ productId: await trade.product(), quantity: '2', unitPrice: '5' }], { id });
    const first = await trade.owner.purchaseOrders.create(input);
    const again = await trade.owner.purchaseOrders.create(input);
    expect(again).toEqual(first);
    const other = await problemOf(trade.owner.purchaseOrders.create({ ...input, notes: 'other' }));
    expect(other).toMatchObject({ code: 'CONFLICT', extras: { current: { poNumber: first.poNumber } } });
  });

  test('sent many times at once with one id is made once', async () => {
    const id = uuidv7();
    const input = draftOf([{ productId: await trade.product(), quantity: '2', unitPrice: '5' }], { id });
    const made = await Promise.all(Array.from({ length: 8 }, () => trade.owner.purchaseOrders.create(input)));
    expect(new Set(made.map((order) => order.poNumber))).toEqual(new Set([provisionalName(id)]));
  });

  test('names every reference that does not exist or is no longer in use', async () => {
    const retired = await trade.product({ status: 'inactive', sku: 'OLD-1' });
    const problem = await problemOf(
      trade.owner.purchaseOrders.create({
        vendorId: uuidv7(),
        warehouseId: uuidv7(),
        lines: [
          { productId: uuidv7(), quantity: '1', unitPrice: '1' },
          { productId: retired, quantity: '1', unitPrice: '1' },
        ],
      }),
    );
    expect(problem.code).toBe('INVALID');
    expect(problem.extras.fields?.map(({ path, message }) => ({ path, message }))).toEqual([
      { path: 'vendorId', message: 'This vendor does not exist.' },
      { path: 'warehouseId', message: 'This warehouse does not exist.' },
      { path: 'lines.0.productId', message: 'This product does not exist.' },
      {
        path: 'lines.1.productId',
        message: 'OLD-1 is inactive: it can be neither ordered, received nor shipped.',
      },
    ]);
    const suspended = await trade.vendor({ status: 'suspended', name: 'Gone & Co' });
    const refused = await problemOf(
      trade.owner.purchaseOrders.create(
        draftOf([{ productId: await trade.product(), quantity: '1', unitPrice: '1' }], {
          vendorId: suspended,
        }),
      ),
    );
    expect(refused.message).toBe('Gone & Co is suspended: nothing can be ordered, received or shipped.');
  });

  test('carries no input tax when the vendor is a composition dealer or not registered', async () => {
    for (const gst_registration of ['composition', 'unregistered']) {
      const vendorId = await trade.vendor({ gst_registration });
      const order = await draft('10', '100', { vendorId });
      expect(order).toMatchObject({ tax: '0.00', total: '1000.00' });
      expect(order.lines[0]?.taxPercent).toBe('0.00');
    }
  });

  test('takes the rate of its own day', async () => {
    const productId = await trade.product({ tax_class: 'GST40' });
    const line = { productId, quantity: '1', unitPrice: '100' };
    const now = await trade.owner.purchaseOrders.create(draftOf([line], { orderDate: '2025-09-22' }));
    expect(now.tax).toBe('40.00');
    const before = await problemOf(
      trade.owner.purchaseOrders.create(draftOf([line], { orderDate: '2025-09-21' })),
    );
    expect(fieldsOf(before)).toEqual(['lines.0.productId']);
  });

  test('is changed line by line and priced anew; an older version is refused with the current order', async () => {
    const order = await draft('10', '100');
    const productId = await trade.product();
    const changed = await trade.owner.purchaseOrders.update({
      id: order.id,
      version: order.version,
      shipping: '50',
      lines: [
        { id: order.lines[0]!.id, productId: order.lines[0]!.product.id, quantity: '4', unitPrice: '100' },
        { productId, quantity: '1', unitPrice: '10', note: 'blue' },
      ],
    });
    expect(changed).toMatchObject({ version: 2, subtotal: '410.00', tax: '82.80', total: '542.80' });
    expect(changed.lines[0]?.id).toBe(order.lines[0]?.id);
    const stale = await problemOf(
      trade.owner.purchaseOrders.update({ id: order.id, version: 1, notes: 'too late' }),
    );
    expect(stale).toMatchObject({ code: 'CONFLICT', extras: { current: { version: 2, total: '542.80' } } });
    const noted = await trade.owner.purchaseOrders.update({ id: order.id, version: 2, notes: 'in time' });
    expect(noted).toMatchObject({ notes: 'in time', total: '542.80', version: 3 });
  });

  test('is not expected before it is ordered, and no line is too large to be booked', async () => {
    const early = { orderDate: '2026-05-02', expectedDate: '2026-05-01' };
    expect(fieldsOf(await problemOf(draft('1', '1', early)))).toEqual(['expectedDate']);
    expect(fieldsOf(await problemOf(draft('999999999999', '999999999999')))).toEqual(['lines.0.quantity']);
  });

  test('of another tenant or of nobody does not exist', async () => {
    const order = await draft();
    const missing = await problemOf(trade.owner.purchaseOrders.get({ id: uuidv7() }));
    expect(missing).toMatchObject({ code: 'NOT_FOUND', message: 'This purchase order does not exist.' });
    for (const command of ['submit', 'approve', 'cancel', 'close'] as const) {
      const call = trade.owner.purchaseOrders[command]({ id: uuidv7(), version: order.version });
      expect((await problemOf(call)).code).toBe('NOT_FOUND');
    }
  });
});

describe('approval', () => {
  test('is needed only above the threshold', async () => {
    const below = await draft('1', '50000', {
      vendorId: await trade.vendor({ gst_registration: 'composition' }),
    });
    expect((await trade.owner.purchaseOrders.submit(below)).status).toBe('confirmed');
    const above = await draft('1', '50000.01', {
      vendorId: await trade.vendor({ gst_registration: 'composition' }),
    });
    expect((await trade.owner.purchaseOrders.submit(above)).status).toBe('pending_approval');
  });

  test('is never given by the one who submitted', async () => {
    const submitted = await trade.owner.purchaseOrders.submit(await draft('100', '1000'));
    const own = await problemOf(trade.owner.purchaseOrders.approve(submitted));
    expect(own.code).toBe('FORBIDDEN');
    const ownRejection = await problemOf(trade.owner.purchaseOrders.reject({ ...submitted, reason: 'no' }));
    expect(ownRejection.code).toBe('FORBIDDEN');
    const clerk = await trade.as('warehouse');
    expect((await problemOf(clerk.purchaseOrders.approve(submitted))).code).toBe('FORBIDDEN');
    const approver = await trade.as('approver');
    const approved = await approver.purchaseOrders.approve(submitted);
    expect(approved).toMatchObject({ status: 'confirmed', approvedBy: 'The approver' });
  });

  test('a rejected order is a draft again, with the reason', async () => {
    const submitted = await trade.owner.purchaseOrders.submit(await draft('100', '1000'));
    const approver = await trade.as('approver');
    const rejected = await approver.purchaseOrders.reject({
      id: submitted.id,
      version: submitted.version,
      reason: 'Too dear',
    });
    expect(rejected).toMatchObject({ status: 'draft', statusReason: 'Too dear', submittedBy: null });
  });

  test('a vendor suspended in between stops the order', async () => {
    const vendorId = await trade.vendor();
    const submitted = await trade.owner.purchaseOrders.submit(await draft('100', '1000', { vendorId }));
    await trade.tenant.query(`update vendors set status = 'suspended' where id = $1`, [vendorId]);
    const approver = await trade.as('approver');
    expect(fieldsOf(await problemOf(approver.purchaseOrders.approve(submitted)))).toEqual(['vendorId']);
  });
});

describe('receiving', () => {
  test('takes no more than is open, but for the tolerance of the product, else of the tenant', async () => {
    const clerk = await trade.as('warehouse');
    const exact = await trade.product({ unit: 'KGS' });
    const tolerant = await trade.product({ unit: 'KGS', receipt_tolerance_percent: '10' });
    const order = await trade.confirmedPurchase([
      { productId: exact, quantity: '10', unitPrice: '10' },
      { productId: tolerant, quantity: '10', unitPrice: '10' },
    ]);
    const [first, second] = order.lines.map((line) => line.id);
    const tooMuch = await problemOf(
      clerk.purchaseOrders.receive({
        id: order.id,
        version: order.version,
        lines: [
          { lineId: first!, quantity: '10.001' },
          { lineId: second!, quantity: '11.001' },
        ],
      }),
    );
    expect(fieldsOf(tooMuch)).toEqual(['lines.0.quantity', 'lines.1.quantity']);
    const received = await clerk.purchaseOrders.receive({
      id: order.id,
      version: order.version,
      lines: [
        { lineId: first!, quantity: '10' },
        { lineId: second!, quantity: '11' },
      ],
    });
    expect(received.status).toBe('delivered');
    expect(await trade.owner.inventory.product({ id: tolerant })).toMatchObject({
      onHand: '11.000',
      inTransit: '0.000',
      value: '110.00',
    });
  });

  test('takes no tolerance on a line that a revision finished, nor a part of what is counted', async () => {
    const clerk = await trade.as('warehouse');
    const tolerant = { receipt_tolerance_percent: '10' };
    const [one, two, three] = [
      await trade.product({ unit: 'KGS', ...tolerant }),
      await trade.product({ unit: 'KGS', ...tolerant }),
      await trade.product({ unit: 'NOS', ...tolerant }),
    ];
    const order = await trade.confirmedPurchase(
      [one, two, three].map((productId) => ({ productId, quantity: '15', unitPrice: '10' })),
    );
    const [cut, repriced, counted] = order.lines.map(({ id }) => id);
    const part = await clerk.purchaseOrders.receive({
      id: order.id,
      version: order.version,
      lines: [cut, repriced].map((lineId) => ({ lineId: lineId!, quantity: '10' })),
    });
    const revised = await trade.owner.purchaseOrders.revise({
      id: part.id,
      version: part.version,
      lines: [
        { lineId: cut!, quantity: '10' },
        { lineId: repriced!, unitPrice: '9' },
      ],
      reason: 'the rest at another price',
    });
    const sent = (lineId: string, quantity: string) =>
      clerk.purchaseOrders.receive({
        id: revised.id,
        version: revised.version,
        lines: [{ lineId, quantity }],
      });
    for (const [lineId, quantity] of [
      [cut!, '0.001'],
      [repriced!, '0.001'],
      [counted!, '17'],
    ] as const) {
      expect(fieldsOf(await problemOf(sent(lineId, quantity)))).toEqual(['lines.0.quantity']);
    }
    expect((await sent(counted!, '16')).lines[2]?.received).toBe('16.000');
  });

  test('takes more with the permission to over-receive', async () => {
    const productId = await trade.product();
    const order = await trade.confirmedPurchase([{ productId, quantity: '10', unitPrice: '10' }]);
    const foreman = await trade.as(['warehouse'], ['purchase_orders:over_receive']);
    const received = await foreman.purchaseOrders.receive({
      id: order.id,
      version: order.version,
      lines: [{ lineId: order.lines[0]!.id, quantity: '25' }],
    });
    expect(received).toMatchObject({ status: 'delivered', lines: [{ received: '25.000', open: '0.000' }] });
    expect(await trade.owner.inventory.product({ id: productId })).toMatchObject({ value: '250.00' });
  });

  test('splits one line over bins, and all receipts together put exactly net and shipping into the ledger', async () => {
    const productId = await trade.product();
    const order = await trade.confirmedPurchase([{ productId, quantity: '7', unitPrice: '14.29' }], {
      shipping: '0.05',
    });
    const lineId = order.lines[0]!.id;
    const part = await trade.owner.purchaseOrders.receive({
      id: order.id,
      version: order.version,
      lines: [
        { lineId, quantity: '1', binId: trade.shelf },
        { lineId, quantity: '2', binId: trade.quarantine },
      ],
    });
    await trade.owner.purchaseOrders.receive({
      id: order.id,
      version: part.version,
      lines: [{ lineId, quantity: '4' }],
    });
    expect((await trade.owner.inventory.product({ id: productId })).value).toBe('100.08');
  });

  test('of a service needs no stock, and all shipping goes to the goods', async () => {
    const goods = await trade.product();
    const service = await trade.product({ kind: 'service', hsn_code: '9987' });
    const order = await trade.confirmedPurchase(
      [
        { productId: goods, quantity: '10', unitPrice: '10' },
        { productId: service, quantity: '1', unitPrice: '900' },
      ],
      { shipping: '30' },
    );
    const received = await trade.owner.purchaseOrders.receive(receiveAll(order));
    expect(received.status).toBe('delivered');
    expect(received.receipts[0]?.lines.map((line) => [line.bin, line.value])).toEqual([
      ['MAIN', '130.00'],
      [null, '900.00'],
    ]);
    expect(await trade.owner.inventory.product({ id: service })).toMatchObject({ places: [] });
  });

  test('is posted once however often the same receipt is sent', async () => {
    const productId = await trade.product();
    const order = await trade.confirmedPurchase([{ productId, quantity: '10', unitPrice: '10' }]);
    const input = {
      id: order.id,
      version: order.version,
      receiptId: uuidv7(),
      lines: [{ lineId: order.lines[0]!.id, quantity: '4' }],
    };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => trade.owner.purchaseOrders.receive(input)),
    );
    for (const answer of answers) expect(answer.lines[0]?.received).toBe('4.000');
    const other = await problemOf(
      trade.owner.purchaseOrders.receive({
        ...input,
        lines: [{ lineId: input.lines[0]!.lineId, quantity: '5' }],
      }),
    );
    expect(other.code).toBe('CONFLICT');
    expect((await trade.owner.inventory.product({ id: productId })).onHand).toBe('4.000');
  });

  test('with one idempotency key gives one answer', async () => {
    const productId = await trade.product();
    const order = await trade.confirmedPurchase([{ productId, quantity: '10', unitPrice: '10' }]);
    const keyed = await trade.as('owner', [], uuidv7());
    const input = { ...receiveAll(order), lines: [{ lineId: order.lines[0]!.id, quantity: '3' }] };
    const answers = await Promise.all([1, 2, 3].map(() => keyed.purchaseOrders.receive(input)));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect((await trade.owner.inventory.product({ id: productId })).onHand).toBe('3.000');
  });

  test('names the line, the bin, the lot and the time that are wrong', async () => {
    const lotted = await trade.product({ tracks_lots: true });
    const order = await trade.confirmedPurchase([{ productId: lotted, quantity: '10', unitPrice: '10' }]);
    const lineId = order.lines[0]!.id;
    const receive = (fields: object, line: object = {}) =>
      problemOf(
        trade.owner.purchaseOrders.receive({
          id: order.id,
          version: order.version,
          lines: [{ lineId, quantity: '1', lot: 'L1', ...line }],
          ...fields,
        }),
      );
    expect(fieldsOf(await receive({}, { lineId: uuidv7() }))).toEqual(['lines.0.lineId']);
    expect(fieldsOf(await receive({}, { binId: uuidv7() }))).toEqual(['lines.0.binId']);
    expect(fieldsOf(await receive({}, { lot: null }))).toEqual(['lines.0.lot']);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect(fieldsOf(await receive({ receivedAt: tomorrow }))).toEqual(['receivedAt']);
    const now = await trade.owner.purchaseOrders.receive({
      id: order.id,
      version: order.version,
      lines: [{ lineId, quantity: '1', lot: 'L1', expiresOn: '2030-01-31' }],
    });
    expect(now.receipts[0]?.lines[0]).toMatchObject({ lot: 'L1', expiresOn: '2030-01-31' });
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    const late = await receive({ version: now.version, receivedAt: yesterday });
    expect(late).toMatchObject({ code: 'INVALID', extras: { fields: [{ path: 'receivedAt' }] } });
  });
});

describe('ending an order', () => {
  test('a short-closed order never looks fully received, and nothing is on its way any more', async () => {
    const [one, two] = [await trade.product(), await trade.product()];
    const order = await trade.confirmedPurchase([
      { productId: one, quantity: '10', unitPrice: '100' },
      { productId: two, quantity: '10', unitPrice: '100' },
    ]);
    const [first, second] = order.lines.map((line) => line.id);
    const part = await trade.owner.purchaseOrders.receive({
      id: order.id,
      version: order.version,
      lines: [{ lineId: first!, quantity: '4' }],
    });
    const closed = await trade.owner.purchaseOrders.closeLine({
      id: order.id,
      version: part.version,
      lineId: first!,
      reason: 'Discontinued',
    });
    expect(closed).toMatchObject({ status: 'partially_delivered', statusReason: 'Discontinued' });
    expect(closed.lines[0]).toMatchObject({ received: '4.000', cancelled: '6.000', open: '0.000' });
    const again = await problemOf(
      trade.owner.purchaseOrders.closeLine({ id: order.id, version: closed.version, lineId: first! }),
    );
    expect(again.code).toBe('NOT_ALLOWED_IN_STATE');
    const rest = await trade.owner.purchaseOrders.receive({
      id: order.id,
      version: closed.version,
      lines: [{ lineId: second!, quantity: '10' }],
    });
    expect(rest.status).toBe('closed');
    expect((await trade.owner.inventory.product({ id: one })).inTransit).toBe('0.000');
  });

  test('closing cancels whatever is open', async () => {
    const order = await trade.confirmedPurchase([
      { productId: await trade.product(), quantity: '10', unitPrice: '100' },
    ]);
    const closed = await trade.owner.purchaseOrders.close({ id: order.id, version: order.version });
    expect(closed).toMatchObject({
      status: 'closed',
      possible: ['reverseReceipt'],
      lines: [{ cancelled: '10.000' }],
    });
  });

  test('cancelling is possible until something was received', async () => {
    for (const order of [await draft(), await trade.owner.purchaseOrders.submit(await draft('900', '100'))]) {
      expect((await trade.owner.purchaseOrders.cancel(order)).status).toBe('cancelled');
    }
    const confirmed = await trade.confirmedPurchase([
      { productId: await trade.product(), quantity: '10', unitPrice: '100' },
    ]);
    expect((await trade.owner.purchaseOrders.cancel(confirmed)).lines[0]?.open).toBe('0.000');
    const started = await trade.confirmedPurchase([
      { productId: await trade.product(), quantity: '10', unitPrice: '100' },
    ]);
    const part = await trade.owner.purchaseOrders.receive({
      id: started.id,
      version: started.version,
      lines: [{ lineId: started.lines[0]!.id, quantity: '1' }],
    });
    const refused = await problemOf(trade.owner.purchaseOrders.cancel(part));
    expect(refused).toMatchObject({
      code: 'NOT_ALLOWED_IN_STATE',
      extras: {
        state: 'partially_delivered',
        possible: ['receive', 'reverseReceipt', 'revise', 'closeLine', 'close'],
      },
    });
    expect(refused.message).toContain('is partially delivered');
  });

  test('every command that a state does not list is refused with what is possible', async () => {
    const order = await draft();
    const line = order.lines[0]!.id;
    const { id, version } = order;
    const calls = [
      trade.owner.purchaseOrders.approve({ id, version }),
      trade.owner.purchaseOrders.reject({ id, version, reason: 'x' }),
      trade.owner.purchaseOrders.receive({ id, version, lines: [{ lineId: line, quantity: '1' }] }),
      trade.owner.purchaseOrders.closeLine({ id, version, lineId: line }),
      trade.owner.purchaseOrders.close({ id, version }),
    ];
    for (const refused of await Promise.all(calls.map(problemOf))) {
      expect(refused).toMatchObject({
        code: 'NOT_ALLOWED_IN_STATE',
        extras: { state: 'draft', possible: ['update', 'submit', 'cancel'] },
      });
    }
  });
});

describe('the list', () => {
  test('filters, searches by number and vendor, sorts and pages by key', async () => {
    const vendorId = await trade.vendor({ name: 'Zeppelin Instruments' });
    const made = [];
    for (const price of ['30', '10', '20']) made.push(await draft('1', price, { vendorId }));
    await trade.owner.purchaseOrders.cancel(made[0]!);
    const byTotal = { filter: { vendorId }, sort: { by: 'total', direction: 'asc' } } as const;
    const first = await trade.owner.purchaseOrders.list({ ...byTotal, limit: 2, total: true });
    expect(first.items.map((row) => row.total)).toEqual(['11.80', '23.60']);
    expect(first.total).toBe(3);
    const rest = await trade.owner.purchaseOrders.list({ ...byTotal, limit: 2, cursor: first.nextCursor });
    expect(rest.items.map((row) => row.total)).toEqual(['35.40']);
    const found = await trade.owner.purchaseOrders.list({ search: 'zeppelin' });
    expect(found.items).toHaveLength(3);
    const byNumber = await trade.owner.purchaseOrders.list({ search: made[1]!.poNumber });
    expect(byNumber.items.map((row) => row.id)).toEqual([made[1]!.id]);
    const open = await trade.owner.purchaseOrders.list({ filter: { vendorId, status: ['draft'] } });
    expect(open.items).toHaveLength(2);
    const ofProduct = await trade.owner.purchaseOrders.list({
      filter: { productId: made[2]!.lines[0]!.product.id },
    });
    expect(ofProduct.items.map((row) => row.id)).toEqual([made[2]!.id]);
    const clerk = await trade.as('warehouse');
    expect((await clerk.purchaseOrders.list({ filter: { vendorId } })).items[0]?.total).toBeNull();
    expect((await problemOf(clerk.purchaseOrders.list(byTotal))).code).toBe('FORBIDDEN');
  });

  test('every change is in the audit trail', async () => {
    const order = await draft();
    const submitted = await trade.owner.purchaseOrders.submit(order);
    const trail = await trade.tenant.query<{ action: string; actor: string; changes: object }>(
      'select action, actor, changes from audit_log where record_id = $1 order by at',
      [order.id],
    );
    expect(trail.map((entry) => entry.action)).toEqual(['create', 'submit']);
    expect(trail[1]?.changes).toEqual({
      status: { before: 'draft', after: 'confirmed' },
      poNumber: { before: order.poNumber, after: submitted.poNumber },
    });
  });
});
