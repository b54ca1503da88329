import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { holdAt } from '../../tests/fixtures/held.ts';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { caller, imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { Caller, TradingTenant } from '../../tests/fixtures/trading.ts';
import { today } from '../ground/days.contract.ts';
import { financialYear } from '../ground/days.ts';
import { recordKinds } from '../domains/kinds.contract.ts';
import type { DocumentKind } from './document-kind.contract.ts';
import { isProvisional, provisionalName } from './numbers.contract.ts';

/**
 * Documents get their numbers with the message that commits: without gaps, and no transaction waits for another's round
 * trips.
 */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('numbering');
});
afterEach(async () => {
  vi.restoreAllMocks();
  expect(await imbalances(trade.tenant)).toEqual([]);
});
afterAll(() => trade.close());

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const service = async () => ({
  productId: await trade.product({ kind: 'service' }),
  quantity: '2',
  unitPrice: '10',
});
const purchase = async (fields: object = {}) =>
  trade.owner.purchaseOrders.create({
    vendorId: trade.vendorId,
    warehouseId: trade.warehouseId,
    lines: [await service()],
    ...fields,
  });
const sale = async (fields: object = {}) =>
  trade.owner.salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: [await service()],
    ...fields,
  });
/** A purchase order that an approver has sent back. */
const sentBack = async (orderDate: string) => {
  const vendorId = await trade.vendor();
  const lines = [{ ...(await service()), unitPrice: '90000' }];
  const submitted = await trade.owner.purchaseOrders.submit(
    only(await purchase({ vendorId, lines, orderDate })),
  );
  return (await trade.as('approver')).purchaseOrders.reject({ ...only(submitted), reason: 'too dear' });
};
const counted = (number: string) => Number(number.split('/')[2]);
const gapless = (numbers: readonly string[]) => {
  const counts = numbers.map(counted).sort((one, other) => one - other);
  expect(counts).toEqual(counts.map((_, at) => (counts[0] ?? 0) + at));
};

/** Every command that draws a number: its name, the record it is about, and where its answer has the number. */
const draws = {
  'a purchase order that is submitted': async () => {
    const draft = await purchase();
    return {
      send: (by: Caller) => by.purchaseOrders.submit(only(draft)),
      get: () => trade.owner.purchaseOrders.get({ id: draft.id }),
      numberIn: (order: Awaited<ReturnType<Caller['purchaseOrders']['get']>>) => order.poNumber,
      series: 'PO',
    };
  },
  'a purchase order that was sent back, and moves into another year': async () => {
    const draft = await sentBack('2026-04-01');
    return {
      send: (by: Caller) => by.purchaseOrders.update({ ...only(draft), orderDate: '2026-03-31' }),
      get: () => trade.owner.purchaseOrders.get({ id: draft.id }),
      numberIn: (order: Awaited<ReturnType<Caller['purchaseOrders']['get']>>) => order.poNumber,
      series: 'PO',
      day: '2026-03-31',
    };
  },
  'a sales order that is confirmed': async () => {
    const draft = await sale();
    return {
      send: (by: Caller) => by.salesOrders.confirm(only(draft)),
      get: () => trade.owner.salesOrders.get({ id: draft.id }),
      numberIn: (order: Awaited<ReturnType<Caller['salesOrders']['get']>>) => order.soNumber,
      series: 'SO',
    };
  },
  'a goods receipt': async () => {
    const order = await trade.confirmedPurchase([{ ...(await service()), quantity: '5' }]);
    const lines = [{ lineId: order.lines[0]?.id ?? '', quantity: '1' }];
    const receivedAt = new Date().toISOString();
    const first = await trade.owner.purchaseOrders.receive({ ...only(order), lines, receivedAt });
    return {
      // At the same moment as the one before: the answer lists them in the order of later reads.
      send: (by: Caller) => by.purchaseOrders.receive({ ...only(first), lines, receivedAt }),
      get: () => trade.owner.purchaseOrders.get({ id: order.id }),
      numberIn: ({ receipts }: Awaited<ReturnType<Caller['purchaseOrders']['get']>>) =>
        receipts.at(-1)?.receiptNumber ?? '',
      series: 'GRN',
    };
  },
  'a shipment': async () => {
    const order = await trade.owner.salesOrders.confirm(only(await sale()));
    const lines = [{ lineId: order.lines[0]?.id ?? '', quantity: '1' }];
    const shippedAt = new Date().toISOString();
    const first = await trade.owner.salesOrders.ship({ ...only(order), lines, shippedAt });
    return {
      send: (by: Caller) => by.salesOrders.ship({ ...only(first), lines, shippedAt }),
      get: () => trade.owner.salesOrders.get({ id: order.id }),
      numberIn: ({ shipments }: Awaited<ReturnType<Caller['salesOrders']['get']>>) =>
        shipments.at(-1)?.shipmentNumber ?? '',
      series: 'SHP',
    };
  },
} as const;
interface Draw {
  send: (by: Caller) => Promise<object>;
  get: () => Promise<object>;
  numberIn: (answer: object) => string;
  series: string;
  /** The day that decides its year; today by default. */
  day?: string;
}
const entries = Object.entries(draws) as unknown as [string, () => Promise<Draw>][];

/** How far a series has come in the financial year of a day. */
const lastOf = async (series: string, day: string) => {
  const [row] = await trade.tenant.query<{ last: number }>(
    'select last_number as last from number_series where series = $1 and financial_year = $2',
    [series, financialYear(day)],
  );
  return row?.last ?? 0;
};

/** The messages sent over the tenant's connections: statements that went off before any of them was answered. */
function messages(): string[][] {
  const sent: string[][] = [];
  const { source } = trade.tenant;
  const connect = source.connect.bind(source);
  vi.spyOn(source, 'connect').mockImplementation(async () => {
    const client = await connect();
    let open: string[] | undefined;
    return {
      release: (destroy) => client.release(destroy),
      async query(config) {
        if (!open) sent.push((open = []));
        open.push(config.text);
        try {
          return await client.query(config);
        } finally {
          open = undefined;
        }
      },
    };
  });
  return sent;
}

describe.each(entries)('%s', (_, prepare) => {
  test('gets its number in the message that commits, once everything else is written', async () => {
    const { send } = await prepare();
    const sent = messages();
    await send(caller(await trade.tenant.as('owner'), uuidv7()));
    const message = sent.find((texts) => texts.some((text) => text.includes('take_number')));
    expect(message?.map((text) => (text.includes('take_number') ? 'number' : text))).toEqual([
      'number',
      'commit',
    ]);
    expect(sent.flat().filter((text) => text.includes('take_number'))).toHaveLength(1);
  });

  test('is answered as it is read afterwards, and the same again when it is sent again', async () => {
    const { send, get, numberIn, series } = await prepare();
    const by = caller(await trade.tenant.as('owner'), uuidv7());
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(by)));
    const [answer] = answers;
    expect(numberIn(answer!)).toMatch(new RegExp(`^${series}/\\d\\d-\\d\\d/\\d{5}$`));
    for (const same of [...answers, await send(by), await get()]) expect(same).toEqual(answer);
  });

  test('is told in the trail with its number', async () => {
    const { send, numberIn } = await prepare();
    const answer = (await send(trade.owner)) as { id: string };
    const [entry] = await trade.tenant.query<{
      changes: Record<string, { after: unknown }>;
      record_label: string;
    }>('select changes, record_label from audit_log where record_id = $1 order by at desc limit 1', [
      answer.id,
    ]);
    const number = numberIn(answer);
    expect(Object.values(entry?.changes ?? {}).map(({ after }) => after)).toContain(number);
    const { poNumber, soNumber } = answer as { poNumber?: string; soNumber?: string };
    expect(entry?.record_label).toBe(poNumber ?? soNumber);
  });

  test('is not kept when the connection is lost at its number, and the number is not lost', async () => {
    const { send, get, numberIn, series, day = today() } = await prepare();
    const before = await get();
    const last = await lastOf(series, day);
    const hold = await holdAt(() => trade.tenant.adminUrl, {
      database: '',
      table: 'number_series',
      event: 'insert',
    });
    const cut = problemOf(send(trade.owner));
    await hold.reached();
    await hold.end('lost');
    expect((await cut).code).toBe('UNAVAILABLE');
    expect(await get()).toEqual(before);
    expect(counted(numberIn(await send(trade.owner)))).toBe(last + 1);
  });
});

test('orders sent off side by side get numbers without gaps, although some are refused and some called off', async () => {
  const orderDate = '2018-06-01';
  const drafts = await Promise.all(Array.from({ length: 24 }, () => purchase({ orderDate })));
  for (const draft of drafts.slice(0, 4)) {
    const called = await trade.owner.purchaseOrders.cancel(only(draft));
    expect(called.poNumber).toBe(provisionalName(draft.id));
  }
  const settled = await Promise.allSettled(
    drafts.flatMap((draft) => [
      trade.owner.purchaseOrders.submit(only(draft)),
      trade.owner.purchaseOrders.submit(only(draft)),
    ]),
  );
  const made = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.poNumber] : []));
  expect(made).toHaveLength(20);
  expect(new Set(made).size).toBe(20);
  expect(Math.min(...made.map(counted))).toBe(1);
  gapless(made);
});

test('an order is numbered while another one is still at work', async () => {
  const vendorId = await trade.vendor();
  const slow = await purchase({ vendorId });
  const quick = await purchase();
  const hold = await holdAt(() => trade.tenant.adminUrl, {
    database: '',
    table: 'vendors',
    event: 'update',
    when: `new.id = '${vendorId}'`,
  });
  const waiting = trade.owner.purchaseOrders.submit(only(slow));
  await hold.reached();
  const first = await trade.owner.purchaseOrders.submit(only(quick));
  await hold.end('done');
  expect(counted((await waiting).poNumber)).toBe(counted(first.poNumber) + 1);
});

test('an order that is sent back keeps its number, until it moves into another year', async () => {
  const draft = await sentBack('2026-05-04');
  const { poNumber } = draft;
  const changed = await trade.owner.purchaseOrders.update({ ...only(draft), orderDate: '2026-06-01' });
  expect(changed.poNumber).toBe(poNumber);
  const moved = await trade.owner.purchaseOrders.update({ ...only(changed), orderDate: '2026-03-31' });
  expect(moved.poNumber).toMatch(/^PO\/25-26\//);
  const again = await trade.owner.purchaseOrders.submit(only(moved));
  expect(again.poNumber).toBe(moved.poNumber);
});

test('a draft that had a number before drafts went without keeps it', async () => {
  const draft = await sale();
  await trade.tenant.query(`update sales_orders set so_number = 'SO/26-27/90001' where id = $1`, [draft.id]);
  expect((await trade.owner.salesOrders.confirm(only(draft))).soNumber).toBe('SO/26-27/90001');
});

test('drafts are found by their provisional names, and two may have the same', async () => {
  const ids = ['0', '1'].map((digit) => `01a20a80-0000-7000-8000-${digit}00012345678`);
  const [one, other] = [await purchase({ id: ids[0] }), await purchase({ id: ids[1] })];
  expect(other.poNumber).toBe(one.poNumber);
  expect(one.poNumber).toMatch(/^DRAFT-[0-9A-HJKMNP-TV-Z]{6}$/);
  for (const search of [one.poNumber, one.poNumber.toLowerCase(), one.poNumber.slice(6)]) {
    const { items } = await trade.owner.purchaseOrders.list({ search });
    expect(items.map(({ id }) => id).sort()).toEqual([...ids].sort());
  }
  const found = await trade.owner.reports.find({ text: one.poNumber });
  expect(found.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(
    ids.map((id) => `purchase_order ${id}`).sort(),
  );
  const numbers = [];
  for (const draft of [one, other])
    numbers.push((await trade.owner.purchaseOrders.submit(only(draft))).poNumber);
  expect(counted(numbers[1]!)).toBe(counted(numbers[0]!) + 1);
});

test('two documents never have the same number', async () => {
  const { poNumber } = await trade.owner.purchaseOrders.submit(only(await purchase()));
  const other = await purchase();
  await expect(
    trade.tenant.query('update purchase_orders set po_number = $2 where id = $1', [other.id, poNumber]),
  ).rejects.toMatchObject({ code: '23505' });
});

test('whatever a draft goes on by gives it its number', () => {
  const documents = recordKinds.flatMap((kind) =>
    'commands' in kind ? [kind as unknown as DocumentKind] : [],
  );
  expect(documents.length).toBeGreaterThan(1);
  for (const { commands } of documents) {
    const issuing = Object.values(commands).filter(({ issues }) => issues);
    const going = Object.values(commands).filter(({ from, goesOn }) => goesOn && from.includes('draft'));
    expect(issuing.length).toBeGreaterThan(0);
    expect(issuing).toEqual(going);
  }
});

test('no order has gone on without a number', async () => {
  const rows = await trade.tenant.query<{ number: string }>(
    `select po_number as number from purchase_orders where status not in ('draft', 'cancelled')
     union all select so_number from sales_orders where status not in ('draft', 'cancelled')
     union all select receipt_number from goods_receipts union all select shipment_number from shipments`,
  );
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ number }) => isProvisional(number))).toEqual([]);
});
