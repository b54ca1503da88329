import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import { today } from '../ground/days.contract.ts';
import { provisionalName } from './numbers.contract.ts';

/** The behaviour that both kinds of orders have in common, tested with both. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('ordering');
});
afterEach(async () => {
  vi.useRealTimers();
  expect(await imbalances(trade.tenant)).toEqual([]);
});
afterAll(() => trade.close());

interface Order {
  id: string;
  version: number;
  status: string;
  number: string;
  total: string | null;
  tax: string | null;
  interState: boolean;
  due: string | null;
  lines: { id: string; ordered: string; igst: string | null; cgst: string | null }[];
}
interface Kind {
  party: 'vendorId' | 'customerId';
  makeParty(fields?: Record<string, unknown>): Promise<string>;
  create(fields: object): Promise<Order>;
  update(order: Order, fields: object): Promise<Order>;
  /** Draft to confirmed. */
  goOn(order: Order): Promise<Order>;
  /** Receives or ships this quantity of the first line. */
  move(order: Order, quantity: string, fields?: object): Promise<Order>;
  end(order: Order, command: 'close' | 'cancel' | 'closeLine'): Promise<Order>;
  /** The party's total spend or debt. */
  account(id: string): Promise<string>;
  movedAt: 'receivedAt' | 'shippedAt';
}

const numbered = <T extends object>(order: T) => {
  const { poNumber, soNumber } = order as { poNumber?: string; soNumber?: string };
  return { ...order, number: poNumber ?? soNumber ?? '' } as unknown as Order;
};
const versioned = ({ id, version }: Order) => ({ id, version });
const account = async (table: string, column: string, id: string) => {
  const [row] = await trade.tenant.query<{ sum: string }>(
    `select ${column} as sum from ${table} where id = $1`,
    [id],
  );
  return row!.sum;
};
const kinds: Record<'purchase orders' | 'sales orders', Kind> = {
  'purchase orders': {
    party: 'vendorId',
    makeParty: (fields) => trade.vendor({ gst_registration: 'regular', gstin: '27AAGCB7383J1Z8', ...fields }),
    create: async (fields) => numbered(await trade.owner.purchaseOrders.create(fields as never)),
    update: async (order, fields) =>
      numbered(await trade.owner.purchaseOrders.update({ ...versioned(order), ...fields })),
    goOn: async (order) => numbered(await trade.owner.purchaseOrders.submit(versioned(order))),
    move: async (order, quantity, fields = {}) =>
      numbered(
        await trade.owner.purchaseOrders.receive({
          ...versioned(order),
          lines: [{ lineId: order.lines[0]!.id, quantity }],
          ...fields,
        }),
      ),
    end: async (order, command) =>
      numbered(
        await trade.owner.purchaseOrders[command]({ ...versioned(order), lineId: order.lines[0]!.id }),
      ),
    account: (id) => account('vendors', 'total_spent', id),
    movedAt: 'receivedAt',
  },
  'sales orders': {
    party: 'customerId',
    makeParty: (fields) => trade.customer(fields),
    create: async (fields) => numbered(await trade.owner.salesOrders.create(fields as never)),
    update: async (order, fields) =>
      numbered(await trade.owner.salesOrders.update({ ...versioned(order), ...fields })),
    goOn: async (order) => numbered(await trade.owner.salesOrders.confirm(versioned(order))),
    move: async (order, quantity, fields = {}) =>
      numbered(
        await trade.owner.salesOrders.ship({
          ...versioned(order),
          lines: [{ lineId: order.lines[0]!.id, quantity }],
          ...fields,
        }),
      ),
    end: async (order, command) =>
      numbered(await trade.owner.salesOrders[command]({ ...versioned(order), lineId: order.lines[0]!.id })),
    account: (id) => account('customers', 'outstanding', id),
    movedAt: 'shippedAt',
  },
};
const paths = (problem: Awaited<ReturnType<typeof problemOf>>) =>
  problem.extras.fields?.map((field) => field.path);

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  const draft = async (fields: object = {}, partyId?: string) =>
    kind.create({
      [kind.party]: partyId ?? (await kind.makeParty()),
      warehouseId: trade.warehouseId,
      lines: [{ productId: await trade.stocked('50', '10'), quantity: '10', unitPrice: '10' }],
      ...fields,
    });

  test('refuse line ids that stand for lines of another order, each at its line', async () => {
    const other = await draft();
    const id = other.lines[0]!.id;
    const line = async () => ({ productId: await trade.product(), quantity: '1', unitPrice: '1' });
    const lines = [await line(), { ...(await line()), id }];
    const made = await problemOf(draft({ lines }));
    expect(made).toMatchObject({ code: 'CONFLICT', said: { reason: 'order.line_id_used' } });
    expect(paths(made)).toEqual(['lines.1.id']);
    const own = await draft();
    expect(paths(await problemOf(kind.update(own, { lines })))).toEqual(['lines.1.id']);
    const added = { set: [], add: [{ ...(await line()), id }], remove: [] };
    expect(paths(await problemOf(kind.update(own, { lines: added })))).toEqual(['lines.add.0.id']);
    // Its own lines keep their ids.
    const kept = await kind.update(own, { lines: [{ ...(await line()), id: own.lines[0]!.id }] });
    expect(kept.lines).toMatchObject([{ id: own.lines[0]!.id, ordered: '1.000' }]);
  });

  test('name the price of a line when no unit cost can be as large', async () => {
    const productId = await trade.product();
    const dear = [{ productId, quantity: '1', unitPrice: '999999999999.9999' }];
    expect(paths(await problemOf(draft({ lines: dear })))).toEqual(['lines.0.unitPrice']);
    const own = await draft();
    const set = [{ id: own.lines[0]!.id, quantity: '1', unitPrice: '999999999999.9999' }];
    const refused = await problemOf(kind.update(own, { lines: { set, add: [], remove: [] } }));
    expect(paths(refused)).toEqual(['lines.set.0.unitPrice']);
  });

  test.each(['close', 'cancel', 'closeLine'] as const)(
    'cancelled as a whole by %s are owed by nobody, their shipping and its tax included',
    async (command) => {
      const partyId = await kind.makeParty();
      const order = await kind.goOn(await draft({ shipping: '50' }, partyId));
      expect(order).toMatchObject({ total: '177.00', tax: '27.00' });
      expect(await kind.account(partyId)).toBe('177.00');
      const ended = await kind.end(order, command);
      expect(ended).toMatchObject({ total: '177.00', due: '0.00' });
      expect(await kind.account(partyId)).toBe('0.00');
    },
  );

  test.each(['close', 'closeLine'] as const)(
    'cancelled in part by %s keep what belongs to the rest',
    async (command) => {
      const partyId = await kind.makeParty();
      const order = await kind.goOn(await draft({ shipping: '50' }, partyId));
      const ended = await kind.end(await kind.move(order, '4'), command);
      expect(ended.due).toBe('70.80');
      expect(await kind.account(partyId)).toBe('70.80');
    },
  );

  test('follow the GST standing of the party until they are confirmed', async () => {
    const partyId = await kind.makeParty();
    const order = await draft({}, partyId);
    expect(order).toMatchObject({ interState: false, tax: '18.00' });
    if (kind.party === 'vendorId') {
      await trade.tenant.query(`update vendors set gst_registration = 'composition' where id = $1`, [
        partyId,
      ]);
      expect(await kind.goOn(order)).toMatchObject({ total: '100.00', tax: '0.00' });
      expect(await kind.account(partyId)).toBe('100.00');
    } else {
      await trade.tenant.query(`update customers set billing_address = '{"stateCode":"29"}' where id = $1`, [
        partyId,
      ]);
      const confirmed = await kind.goOn(order);
      expect(confirmed).toMatchObject({ interState: true, total: '118.00', tax: '18.00' });
      expect(confirmed.lines[0]).toMatchObject({ igst: '18.00', cgst: '0.00' });
    }
  });

  test('go no further while something they refer to is out of use, and name it', async () => {
    const partyId = await kind.makeParty();
    const [productId, warehouseId] = [await trade.product(), await closable()];
    const lines = [{ productId, quantity: '10', unitPrice: '10' }];
    const order = await draft({ warehouseId, lines }, partyId);
    const table = kind.party === 'vendorId' ? 'vendors' : 'customers';
    const outOfUse = async (status: string) => {
      await trade.tenant.query(`update ${table} set status = $2 where id = $1`, [partyId, status]);
      await trade.tenant.query('update warehouses set status = $2 where id = $1', [warehouseId, status]);
      await trade.tenant.query('update products set status = $2 where id = $1', [productId, status]);
    };
    await outOfUse('inactive');
    const named = [kind.party, 'warehouseId', 'lines.0.productId'];
    expect(paths(await problemOf(kind.goOn(order)))).toEqual(named);
    await outOfUse('active');
    const confirmed = await kind.goOn(order);
    await outOfUse('inactive');
    const refused = await problemOf(kind.move(confirmed, '1'));
    expect(paths(refused)).toEqual(named);
    // The same words for every command: they apply to incoming goods as well as to new orders.
    const words = refused.extras.fields?.map(({ message }) => message);
    expect(words?.every((sentence) => / is inactive: .*(received|come in)/.test(sentence))).toBe(true);
    const again = await problemOf(draft({ warehouseId, lines }, partyId));
    expect(again.extras.fields?.map(({ message }) => message)).toEqual(words);
    // An order may be ended even when its records are out of use.
    expect((await kind.end(confirmed, 'close')).status).toBe('closed');
    await outOfUse('active');
  });

  test('keep their warehouse open while they wait for it', async () => {
    const warehouseId = await closable();
    const lines = [{ productId: await trade.product({ kind: 'service' }), quantity: '1', unitPrice: '10' }];
    const order = await kind.goOn(await draft({ warehouseId, lines }));
    const close = async () => {
      const { version } = await trade.owner.warehouses.get({ id: warehouseId });
      return trade.owner.warehouses.update({ id: warehouseId, version, status: 'inactive' });
    };
    const refused = await problemOf(close());
    expect(paths(refused)).toEqual(['status']);
    expect(refused.message).toContain(order.number);
    await kind.end(order, 'close');
    expect((await close()).status).toBe('inactive');
  });

  test('have no number before they are issued, and then one of the financial year of their date', async () => {
    const early = await draft({ orderDate: '2026-03-31', lines: [await service()] });
    expect(early.number).toBe(provisionalName(early.id));
    const late = await kind.update(early, { orderDate: '2026-04-01' });
    expect(late.number).toBe(early.number);
    expect((await kind.goOn(late)).number).toMatch(/\/26-27\//);
    const back = await kind.update(await draft({ lines: [await service()] }), { orderDate: '2026-03-31' });
    expect((await kind.goOn(back)).number).toMatch(/\/25-26\//);
    for (const orderDate of ['2126-04-01', '1926-04-01']) {
      expect(paths(await problemOf(draft({ orderDate })))).toContain('orderDate');
    }
  });

  test('are moved on when it has happened: not ahead of time, services neither', async () => {
    for (const kindOf of ['tracked', 'service']) {
      const productId =
        kindOf === 'service' ? await trade.product({ kind: 'service' }) : await trade.stocked('10', '1');
      const order = await kind.goOn(await draft({ lines: [{ productId, quantity: '2', unitPrice: '10' }] }));
      const soon = new Date(Date.now() + 3_600_000).toISOString();
      const ahead = await problemOf(kind.move(order, '1', { [kind.movedAt]: soon }));
      expect(ahead).toMatchObject({
        said: { reason: 'date.future' },
        extras: { fields: [{ path: kind.movedAt }] },
      });
    }
  });

  test('continue with open lines when the product of a finished line has gone out of use', async () => {
    const line = async () => ({ productId: await trade.stocked('10', '1'), quantity: '2', unitPrice: '10' });
    const [finished, open] = [await line(), await line()];
    const retire = ({ productId }: typeof open) =>
      trade.tenant.query(`update products set status = 'inactive' where id = $1`, [productId]);
    const order = await kind.goOn(await draft({ lines: [finished, open] }));
    const ended = await kind.end(order, 'closeLine');
    await retire(finished);
    const moved = await kind.move({ ...ended, lines: ended.lines.slice(1) }, '1');
    await retire(open);
    const refused = kind.move({ ...moved, lines: moved.lines.slice(1) }, '1');
    expect(paths(await problemOf(refused))).toEqual(['lines.1.productId']);
  });

  test('see nothing move before their own day, unless somebody who may asks for it', async () => {
    const order = await kind.goOn(await draft({ lines: [await service()] }));
    const early = { [kind.movedAt]: '2025-03-01T10:00:00Z' };
    expect(paths(await problemOf(kind.move(order, '1', early)))).toEqual([kind.movedAt]);
    expect((await kind.move(order, '1', { ...early, backdate: true })).version).toBeGreaterThan(
      order.version,
    );
    const other = await kind.goOn(await draft({ lines: [await service()] }));
    const beforeAllBooks = { [kind.movedAt]: '1980-03-01T10:00:00Z', backdate: true };
    expect(paths(await problemOf(kind.move(other, '1', beforeAllBooks)))).toEqual([kind.movedAt]);
  });

  test('take the tenant’s day at ten past midnight, not the one of Greenwich', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-31T18:40:00Z') });
    expect(today()).toBe('2026-04-01');
    const order = await kind.goOn(await draft({ lines: [await service()] }));
    expect(order.number).toMatch(/\/26-27\//);
    const { months } = await trade.owner.reports.dashboard();
    const last = months.at(-1)!;
    expect(last.month).toBe('2026-04');
    expect(Number(kind.party === 'vendorId' ? last.purchased : last.sold)).toBeGreaterThan(0);
  });
});

const service = async () => ({
  productId: await trade.product({ kind: 'service' }),
  quantity: '10',
  unitPrice: '10',
});

async function closable(): Promise<string> {
  const code = `W${String(Math.floor(Math.random() * 1e6))}`;
  const warehouse = await trade.owner.warehouses.create({
    code,
    name: `Warehouse ${code}`,
    address: { stateCode: '27' },
  });
  return warehouse.id;
}

test('what the customer paid for an order that is called off belongs back', async () => {
  const { salesOrders } = trade.owner;
  const lines = [{ productId: await trade.product(), quantity: '1', unitPrice: '100' }];
  const draft = await salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines,
  });
  const confirmed = await salesOrders.confirm(draft);
  expect(confirmed).toMatchObject({ owed: '118.00', owedBack: '0.00' });
  const early = await problemOf(
    salesOrders.recordPayment({ ...only(confirmed), amount: '1', paidOn: '1900-01-01' }),
  );
  expect(paths(early)).toEqual(['paidOn']);
  const beforeAllBooks = salesOrders.recordPayment({
    ...only(confirmed),
    amount: '1',
    paidOn: '1900-01-01',
    backdate: true,
  });
  expect(paths(await problemOf(beforeAllBooks))).toEqual(['paidOn']);
  const paid = await salesOrders.recordPayment({ ...only(confirmed), amount: '118' });
  expect(await salesOrders.cancel(only(paid))).toMatchObject({
    due: '0.00',
    owed: '0.00',
    owedBack: '118.00',
  });
});

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });

test('an order that comes to nothing is paid from the start', async () => {
  const { salesOrders } = trade.owner;
  const lines = [
    { productId: await trade.product(), quantity: '1', unitPrice: '100', discountPercent: '100' },
  ];
  const draft = await salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines,
  });
  expect((await salesOrders.confirm(draft)).paymentStatus).toBe('paid');
});

test('a credit limit counts what is owed, not what was cancelled', async () => {
  const { salesOrders } = trade.owner;
  const customerId = await trade.customer({ credit_limit: '200' });
  const order = async () =>
    salesOrders.create({
      customerId,
      warehouseId: trade.warehouseId,
      shipping: '50',
      lines: [{ productId: await trade.product(), quantity: '1', unitPrice: '100' }],
    });
  await salesOrders.close(only(await salesOrders.confirm(await order())));
  expect((await salesOrders.confirm(await order())).status).toBe('confirmed');
});

test('an order that rose after its submission is shown again before it is approved', async () => {
  const vendorId = await trade.vendor({ gst_registration: 'composition', gstin: '27AAGCB7383J1Z8' });
  const lines = [{ productId: await trade.product(), quantity: '1000', unitPrice: '100' }];
  const draft = await trade.owner.purchaseOrders.create({ vendorId, warehouseId: trade.warehouseId, lines });
  const submitted = await trade.owner.purchaseOrders.submit(draft);
  await trade.tenant.query(`update vendors set gst_registration = 'regular' where id = $1`, [vendorId]);
  const approver = await trade.as('approver');
  const risen = await approver.purchaseOrders.approve(only(submitted));
  expect(risen).toMatchObject({ status: 'pending_approval', total: '118000.00' });
  expect(await approver.purchaseOrders.approve(only(risen))).toMatchObject({
    status: 'confirmed',
    total: '118000.00',
  });
});

test('a short-closed line takes no more goods than it has open, whatever the tolerance', async () => {
  const fields = { receipt_tolerance_percent: '10' };
  const line = async () => ({ productId: await trade.product(fields), quantity: '100', unitPrice: '1' });
  const order = await trade.confirmedPurchase([await line(), await line()]);
  const clerk = (await trade.as('warehouse')).purchaseOrders;
  const lineId = order.lines[0]!.id;
  const part = await clerk.receive({ ...only(order), lines: [{ lineId, quantity: '60' }] });
  expect(part.lines[0]?.tolerancePercent).toBe('10.00');
  const closed = await trade.owner.purchaseOrders.closeLine({ ...only(part), lineId });
  const refused = await problemOf(clerk.receive({ ...only(closed), lines: [{ lineId, quantity: '10' }] }));
  expect(paths(refused)).toEqual(['lines.0.quantity']);
});

describe('a sale', () => {
  const sale = async (customerId: string) =>
    trade.owner.salesOrders.create({
      customerId,
      warehouseId: trade.warehouseId,
      lines: [{ productId: await trade.product(), quantity: '1', unitPrice: '100' }],
    });

  test('of a company without a GSTIN carries no tax', async () => {
    await trade.tenant.query('update tenant_settings set gstin = null');
    expect(await sale(trade.customerId)).toMatchObject({ tax: '0.00', total: '100.00' });
    await trade.tenant.query(`update tenant_settings set gstin = '27AAPFU0939F1ZV'`);
  });

  test('to a party in another country is inter-state', async () => {
    const customer = await trade.owner.customers.create({
      code: 'DXB',
      name: 'Dubai Stores',
      billingAddress: { country: 'AE' },
    });
    expect(customer.gstRegistration).toBe('overseas');
    expect((await sale(customer.id)).interState).toBe(true);
    const home = await trade.owner.customers.update({
      ...only(customer),
      billingAddress: { country: 'IN', stateCode: '27' },
      shippingAddress: { country: 'IN', stateCode: '27' },
    });
    expect(home.gstRegistration).toBe('unregistered');
  });

  test('to a party whose state nobody knows asks for it', async () => {
    const refused = await problemOf(sale(await trade.customer({ billing_address: '{}' })));
    expect(paths(refused)).toEqual(['customerId']);
  });
});

test('no stock is adjusted in a closed warehouse', async () => {
  const warehouseId = await closable();
  await trade.tenant.query(`update warehouses set status = 'inactive' where id = $1`, [warehouseId]);
  const productId = await trade.product();
  const adjust = trade.owner.inventory.adjust({ productId, warehouseId, quantity: '1', reason: 'found' });
  expect(paths(await problemOf(adjust))).toEqual(['warehouseId']);
});

test('what no amount can hold is refused by the name of the field', async () => {
  const productId = await trade.product({ unit: 'KGS' });
  const draft = (line: object, shipping = '0') =>
    trade.owner.purchaseOrders.create({
      vendorId: trade.vendorId,
      warehouseId: trade.warehouseId,
      shipping,
      lines: [{ productId, quantity: '1', unitPrice: '1', ...line }],
    });
  const dear = await problemOf(draft({ quantity: '0.001', unitPrice: '0' }, '999999999999.99'));
  expect(paths(dear)).toEqual(['shipping']);
});
