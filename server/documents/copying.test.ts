import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import { today } from '../ground/days.contract.ts';

/** The initial content of a copy of an order, for both kinds. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('copying');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const dayAhead = (days: number) => today(new Date(Date.now() + days * 86_400_000));
const kinds = {
  'a purchase order': {
    party: 'vendorId',
    day: 'expectedDate',
    permission: 'purchase_orders',
    price: 'purchase_price',
    of: (who: TradingTenant['owner']) => who.purchaseOrders,
    makeParty: () => trade.vendor({ name: 'Konkan Supplies' }),
    retire: (id: string) => trade.tenant.query(`update vendors set status = 'suspended' where id = $1`, [id]),
  },
  'a sales order': {
    party: 'customerId',
    day: 'promisedDate',
    permission: 'sales_orders',
    price: 'sale_price',
    of: (who: TradingTenant['owner']) => who.salesOrders,
    makeParty: () => trade.customer({ name: 'Konkan Supplies' }),
    retire: (id: string) =>
      trade.tenant.query(`update customers set status = 'inactive' where id = $1`, [id]),
  },
};

describe.each(Object.entries(kinds))('a copy of %s', (_, kind) => {
  const made = async (fields: object = {}, lines: object[] = []) => {
    const partyId = await kind.makeParty();
    const order = await kind.of(trade.owner).create({
      [kind.party]: partyId,
      warehouseId: trade.warehouseId,
      lines: [
        { productId: await trade.product({ [kind.price]: '12.5' }), quantity: '10', unitPrice: '10' },
        ...lines,
      ],
      ...fields,
    } as never);
    return { partyId, order };
  };
  const copied = (id: string) => kind.of(trade.owner).copy({ id });

  test('begins with its party, warehouse and lines at the prices of today, and says what they were', async () => {
    const plain = await trade.product({ unit: 'KGS' });
    const { partyId, order } = await made({ shipping: '40', notes: 'By the back gate' }, [
      { productId: plain, quantity: '1.5', unitPrice: '7', discountPercent: '5', note: 'blue' },
    ]);
    expect(await copied(order.id)).toMatchObject({
      party: { id: partyId, name: 'Konkan Supplies' },
      warehouseId: trade.warehouseId,
      shipping: '40.00',
      notes: 'By the back gate',
      daysAhead: null,
      lines: [
        { quantity: '10.000', unitPrice: '12.5000', earlierPrice: '10.0000', taxPercent: '18.00' },
        // The only known price of it is the one paid before.
        {
          product: { id: plain },
          quantity: '1.500',
          unitPrice: '7.0000',
          discountPercent: '5.00',
          note: 'blue',
        },
      ],
      problems: [],
    });
  });

  test('is expected as long after today as the order was after its own day', async () => {
    const { order } = await made({ orderDate: dayAhead(-20), [kind.day]: dayAhead(-13) });
    expect((await copied(order.id)).daysAhead).toBe(7);
  });

  test('carries the rate of today', async () => {
    const { order } = await made();
    const product = order.lines[0]?.product.id;
    await trade.tenant.query(`update products set tax_class = 'GST5' where id = $1`, [product]);
    expect((await copied(order.id)).lines).toMatchObject([{ taxPercent: '5.00' }]);
  });

  test('names at their fields the party, the warehouse and the products that are retired by now', async () => {
    const { partyId, order } = await made({}, [
      { productId: await trade.product(), quantity: '1', unitPrice: '1' },
    ]);
    await kind.retire(partyId);
    await trade.tenant.query(`update products set status = 'inactive' where id = $1`, [
      order.lines[1]?.product.id,
    ]);
    const copy = await copied(order.id);
    expect(copy.problems.map(({ path }) => path)).toEqual([kind.party, 'lines.1.productId']);
    expect(copy.lines).toHaveLength(2);
  });

  test('is for those who may read orders and make new ones', async () => {
    const { order } = await made();
    const copyAs = async (...permissions: string[]) =>
      kind.of(await trade.as([], permissions)).copy({ id: order.id });
    const [read, create] = [`${kind.permission}:read`, `${kind.permission}:create`];
    expect((await copyAs(read, create)).number).toBeTruthy();
    expect((await problemOf(copyAs(read))).code).toBe('FORBIDDEN');
    expect((await problemOf(copyAs(create))).code).toBe('FORBIDDEN');
  });

  test('works for a cancelled order too, and not for one that does not exist', async () => {
    const { order } = await made();
    const { id, version } = order;
    await kind.of(trade.owner).cancel({ id, version });
    expect((await copied(id)).lines).toMatchObject([{ quantity: '10.000' }]);
    expect((await problemOf(copied(trade.warehouseId))).code).toBe('NOT_FOUND');
  });
});

test('who sees no costs sees none of a purchase in its copy', async () => {
  const order = await trade.confirmedPurchase([
    { productId: await trade.product(), quantity: '1', unitPrice: '9' },
  ]);
  const blind = await trade.as([], ['purchase_orders:read', 'purchase_orders:create']);
  const copy = await blind.purchaseOrders.copy({ id: order.id });
  expect(copy).toMatchObject({ shipping: null, lines: [{ unitPrice: null, earlierPrice: null }] });
});
