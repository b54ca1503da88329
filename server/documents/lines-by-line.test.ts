import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';

/** Lines of a draft changed one by one, for both kinds of orders. */
let trade: TradingTenant;
let products: string[];
beforeAll(async () => {
  trade = await tradingTenant('line-by-line');
  products = [
    await trade.product({ tax_class: 'GST18' }),
    await trade.product({ tax_class: 'GST5', unit: 'KGS' }),
    await trade.product({ tax_class: 'EXEMPT' }),
    await trade.product({ tax_class: 'GST12', kind: 'service', hsn_code: '9983' }),
    await trade.product({ tax_class: 'GST18', kind: 'service', hsn_code: '9983' }),
  ];
});
afterAll(() => trade.close());

interface Line {
  id: string;
  productId: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  note: string | null;
}
interface Changes {
  set?: (Pick<Line, 'id'> & Partial<Line>)[];
  add?: Line[];
  remove?: string[];
  order?: string[];
}
type Order = Awaited<ReturnType<TradingTenant['owner']['purchaseOrders']['get']>>;

/** By the field names of purchase orders; sales orders have the same behaviour here. */
type Orders = TradingTenant['owner']['purchaseOrders'];
const kinds = {
  'purchase orders': {
    of: (who: TradingTenant['owner']) => who.purchaseOrders,
    party: 'vendorId',
    parties: async () => [
      trade.vendorId,
      await trade.vendor({ gst_registration: 'regular', gstin: '29AAGCB7383J1Z4' }),
      await trade.vendor({ gst_registration: 'regular', gstin: '27AAGCB7383J1Z8' }),
    ],
  },
  'sales orders': {
    of: (who: TradingTenant['owner']) => who.salesOrders as unknown as Orders,
    party: 'customerId',
    parties: async () => [trade.customerId, await trade.customer({ billing_address: '{"stateCode":"29"}' })],
  },
};

const only = ({ id, version }: Order) => ({ id, version });
const line = (fields: Partial<Line> = {}): Line => ({
  id: uuidv7(),
  productId: products[0]!,
  quantity: '2',
  unitPrice: '10',
  discountPercent: '0',
  note: null,
  ...fields,
});

/** All amounts of an order, without its name and history. */
function amountsOf(order: Order) {
  const { interState, subtotal, discount, tax, shipping, total, lineCount } = order;
  const lines = order.lines.map(({ id: _id, product, ...rest }) => ({ ...rest, productId: product.id }));
  return { interState, subtotal, discount, tax, shipping, total, lineCount, lines };
}

const decimal = (most: number, places: number) =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((whole) => (whole / 10 ** places).toFixed(places));
const terms = fc.record({
  product: fc.nat({ max: 4 }),
  quantity: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constantFrom(1, 3)).map(String),
  unitPrice: fc.oneof(decimal(2_000, 4), fc.constantFrom('0', '33.3333', '0.0001', '9999999.9999')),
  discountPercent: fc.oneof(fc.constant('0'), decimal(100, 2)),
});
type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;
const lineOf = ({ product, ...rest }: Terms) => line({ productId: products[product]!, ...rest });

describe.each(Object.entries(kinds))('the lines of %s', (_, { of, party, parties }) => {
  const drafted = async (lines: Line[], fields: object = {}) => {
    const [partyId] = await parties();
    return of(trade.owner).create({
      [party]: partyId,
      warehouseId: trade.warehouseId,
      lines,
      ...fields,
    } as never);
  };
  const changed = (order: Order, lines: Changes, fields: object = {}) =>
    of(trade.owner).update({ ...only(order), lines, ...fields });

  test('come to the same, to the paisa, however they were typed: one by one or all at once', async () => {
    const all = await parties();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          party: fc.nat({ max: 10 }),
          shipping: fc.oneof(fc.constant('0'), decimal(500, 2), fc.constantFrom('0.01', '0.05', '99999.99')),
          before: fc.array(terms, { minLength: 2, maxLength: 9 }),
          set: fc.array(terms, { maxLength: 3 }),
          add: fc.array(terms, { maxLength: 3 }),
          remove: fc.nat({ max: 3 }),
          shuffle: fc.boolean(),
          laterShipping: fc.option(decimal(500, 2), { nil: undefined }),
        }),
        async (given) => {
          const partyId = all[given.party % all.length]!;
          const head = { [party]: partyId, warehouseId: trade.warehouseId, shipping: given.shipping };
          const before = given.before.map(lineOf);
          const set = given.set
            .slice(0, before.length)
            .map((one, index) => ({ ...lineOf(one), id: before[index]!.id }));
          const removed = before.slice(set.length).slice(0, given.remove);
          const add = given.add.map(lineOf);
          const gone = new Set(removed.map(({ id }) => id));
          let after = [...before.map((one, index) => set[index] ?? one), ...add].filter(
            ({ id }) => !gone.has(id),
          );
          if (after.length === 0) return;
          if (given.shuffle) after = [...after.slice(1), ...after.slice(0, 1)].reverse();
          const shipping = given.laterShipping === undefined ? {} : { shipping: given.laterShipping };
          const orders = of(trade.owner);
          const draft = await orders.create({ ...head, lines: before } as never);
          const byLine = await orders.update({
            ...only(draft),
            lines: {
              set,
              add,
              remove: [...gone],
              ...(given.shuffle && { order: after.map(({ id }) => id) }),
            },
            ...shipping,
          });
          const atOnce = await orders.create({
            ...head,
            ...shipping,
            lines: after.map((one) => ({ ...one, id: undefined })),
          } as never);
          expect(amountsOf(byLine)).toEqual(amountsOf(atOnce));
          expect(byLine.lines.map(({ id }) => id)).toEqual(after.map(({ id }) => id));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('stay as they are when only a note changes, and none of them is written', async () => {
    const order = await drafted([line(), line({ productId: products[1]! })], { shipping: '7' });
    const table = party === 'vendorId' ? 'purchase_order_lines' : 'sales_order_lines';
    const written = () =>
      trade.tenant.query<{ xmin: string }>(
        `select xmin::text from ${table} where id = any ($1) order by line_number`,
        [order.lines.map(({ id }) => id)],
      );
    const before = await written();
    const noted = await of(trade.owner).update({ ...only(order), notes: 'By the back gate' });
    expect(noted).toMatchObject({
      notes: 'By the back gate',
      version: order.version + 1,
      lines: order.lines,
    });
    expect(await written()).toEqual(before);
    const one = await changed(noted, { set: [{ id: order.lines[0]!.id, note: 'blue' }] });
    expect(one.lines.map(({ note }) => note)).toEqual(['blue', null]);
    expect((await written())[1]).toEqual(before[1]);
  });

  test('move up when one above them is removed, and each is written once', async () => {
    const order = await drafted(Array.from({ length: 12 }, () => line()));
    const table = party === 'vendorId' ? 'purchase_order_lines' : 'sales_order_lines';
    await trade.tenant.query(`create sequence ${table}_writes`);
    await trade.tenant
      .query(`create function count_${table}() returns trigger language plpgsql security definer
      as $$ begin perform nextval('public.${table}_writes'); return new; end $$`);
    await trade.tenant.query(
      `create trigger counted after update on ${table} for each row execute function count_${table}()`,
    );
    const shorter = await changed(order, { remove: [order.lines[1]!.id] });
    await trade.tenant.query(`drop trigger counted on ${table}`);
    const [writes] = await trade.tenant.query<{ count: string }>(
      `select last_value as count from ${table}_writes`,
    );
    expect(Number(writes?.count)).toBe(10);
    expect(shorter.lines.map(({ lineNumber }) => lineNumber)).toEqual(
      Array.from({ length: 11 }, (_line, index) => index + 1),
    );
    expect(shorter.lines.map(({ id }) => id)).toEqual(
      order.lines.flatMap(({ id }, index) => (index === 1 ? [] : [id])),
    );
  });

  test('are refused by the change that is to blame, and nothing of the order changes then', async () => {
    const order = await drafted([line(), line()]);
    const [first, second] = order.lines.map(({ id }) => id) as [string, string];
    const foreign = (await drafted([line()])).lines[0]!.id;
    const refusals: [Changes, string][] = [
      [{ set: [{ id: foreign, quantity: '5' }] }, 'lines.set.0.id'],
      [{ set: [{ id: first, quantity: '5' }, { id: first }] }, 'lines.set.1.id'],
      [{ set: [{ id: first }], remove: [first] }, 'lines.remove.0'],
      [{ remove: [foreign] }, 'lines.remove.0'],
      [{ remove: [first, second] }, 'lines'],
      [{ order: [second] }, 'lines.order'],
      [{ order: [second, second] }, 'lines.order'],
      [{ order: [second, foreign] }, 'lines.order'],
      [{ set: [{ id: second, quantity: '1.5' }] }, 'lines.set.0.quantity'],
      [{ set: [{ id: second, productId: uuidv7() }] }, 'lines.set.0.productId'],
      [{ add: [line({ quantity: '999999999999', unitPrice: '999999999999' })] }, 'lines.add.0.quantity'],
      [{ add: [line({ id: foreign }), line({ id: foreign })] }, 'lines.add.1.id'],
    ];
    for (const [changes, path] of refusals) {
      const problem = await problemOf(changed(order, changes));
      expect([problem.code, problem.extras.fields?.map((field) => field.path)]).toEqual(['INVALID', [path]]);
    }
    for (const id of [foreign, first]) {
      const problem = await problemOf(changed(order, { add: [line({ id, quantity: '7' })] }));
      expect([problem.code, problem.extras.fields?.[0]?.path]).toEqual(['CONFLICT', 'lines.add.0.id']);
    }
    expect(await of(trade.owner).get({ id: order.id })).toEqual(order);
  });

  test('are added once, however often the same line is sent, and changed on the version that was read only', async () => {
    const order = await drafted([line()]);
    const added = line({ quantity: '3' });
    const once = await changed(order, { add: [added] });
    const twice = await changed(once, { add: [added] });
    expect(twice.lines).toEqual(once.lines);
    expect((await problemOf(changed(order, { remove: [added.id] }))).code).toBe('CONFLICT');
  });

  test('are priced anew as a whole where the day or the party changes besides', async () => {
    const order = await drafted([line(), line()], { shipping: '10' });
    const [first] = order.lines;
    const [, other] = await parties();
    const moved = await changed(
      order,
      { set: [{ id: first!.id, quantity: '7' }], add: [line()] },
      { [party]: other },
    );
    expect(moved).toMatchObject({ interState: true, lineCount: 3 });
    expect(moved.lines[0]).toMatchObject({ id: first!.id, ordered: '7.000' });
    const refused = await problemOf(
      changed(moved, { add: [line({ productId: uuidv7() })] }, { [party]: trade[party as 'vendorId'] }),
    );
    expect(refused.extras.fields?.map(({ path }) => path)).toEqual(['lines.add.0.productId']);
  });

  test('are answered all, by the page or not at all, as it is asked for', async () => {
    const lines = Array.from({ length: 5 }, () => line());
    const order = await drafted(lines, { answerLines: { limit: 0 } });
    expect(order).toMatchObject({ lines: [], lineCount: 5, nextLines: 0 });
    const read: string[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: Order = await of(trade.owner).get({ id: order.id, lines: { limit: 2, after } });
      read.push(...page.lines.map(({ id }) => id));
      after = page.nextLines;
    }
    expect(read).toEqual(lines.map(({ id }) => id));
    const whole = await of(trade.owner).get({ id: order.id });
    expect([whole.lines.length, whole.nextLines]).toEqual([5, null]);
    const changes = { remove: [lines[0]!.id] };
    expect(await changed(order, changes, { answerLines: { limit: 1 } })).toMatchObject({
      lines: [{ id: lines[1]!.id, lineNumber: 1 }],
      lineCount: 4,
      nextLines: 1,
    });
  });

  test('are told in the trail only where they changed, however they were sent', async () => {
    const order = await drafted([line(), line({ quantity: '5' }), line({ quantity: '9' })]);
    const [first, second, third] = order.lines.map(({ id }) => id) as [string, string, string];
    const told = async () => {
      const [row] = await trade.tenant.query<{
        changes: Record<string, { before: unknown; after: unknown }>;
      }>(`select changes from audit_log where record_id = $1 order by at desc, id desc limit 1`, [order.id]);
      return row!.changes;
    };
    const one = await changed(order, { set: [{ id: second, quantity: '6.000' }] });
    const byLine = await told();
    expect(byLine).toMatchObject({
      lines: { before: [{ id: second, quantity: '5.000' }], after: [{ id: second, quantity: '6.000' }] },
    });
    expect(Object.keys(byLine).sort()).toEqual(['lines', 'total']);
    const sent = one.lines.map(({ id, product, ordered, unitPrice }) => ({
      id,
      productId: product.id,
      quantity: id === second ? '7' : ordered,
      unitPrice: unitPrice!,
    }));
    const whole = await of(trade.owner).update({ ...only(one), lines: sent });
    expect(await told()).toMatchObject({ lines: { before: [{ id: second }], after: [{ id: second }] } });
    const same = await changed(whole, { set: [{ id: second, quantity: '7.0' }] });
    expect(await told()).toEqual({});
    await changed(same, { order: [third, first, second] });
    expect(Object.keys(await told())).toEqual(['linesReordered']);
  });
});
