import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { wordsOf } from '../../ground/reasons/reasons.contract.ts';
import { today } from '../../ground/days.contract.ts';
import { amount, sum } from '../../ground/decimals.contract.ts';
import { isUsableOn, lotStatuses } from './lot-state.contract.ts';
import { fractionOf, unitCodes } from '../../ground/india.contract.ts';

let trade: TradingTenant;

beforeAll(async () => {
  trade = await tradingTenant('rules');
});
afterAll(() => trade.close());

async function refusedAt(wish: Promise<unknown>): Promise<string[] | undefined> {
  const problem = await problemOf(wish);
  expect(problem.code).toBe('INVALID');
  return problem.extras.fields?.map(({ path }) => path);
}

const place = (productId: string) => ({ productId, warehouseId: trade.warehouseId });
const adjust = (productId: string, quantity: string, fields: object = {}) =>
  trade.owner.inventory.adjust({ ...place(productId), quantity, reason: 'correction', ...fields });

/** A confirmed sale of one product that is set aside in full. */
async function setAside(productId: string, quantity: string) {
  const { owner, customerId, warehouseId } = trade;
  const lines = [{ productId, quantity, unitPrice: '10' }];
  return owner.salesOrders.confirm(await owner.salesOrders.create({ customerId, warehouseId, lines }));
}

const counted = unitCodes.filter((unit) => fractionOf('0.5', unit) !== null);

describe('a unit that is counted', () => {
  test('is what nobody has the half of; the others are measured', () => {
    expect(counted).toEqual(expect.arrayContaining(['NOS', 'PCS', 'BOX', 'SET', 'PRS', 'BAG', 'UNT']));
    for (const unit of ['KGS', 'LTR', 'MTR', 'TON', 'SQM']) expect(fractionOf('0.5', unit)).toBeNull();
    for (const whole of ['1', '1.000', '-3', '', '10']) expect(fractionOf(whole, 'NOS')).toBeNull();
    const refusal = fractionOf('1.500', 'NOS');
    expect(refusal && wordsOf(refusal, 'en')).toBe('NOS are counted in whole numbers: 1.5 is not one.');
  });

  test.each(counted)(
    '%s takes no fraction, in any line of a document and in no movement of stock',
    async (unit) => {
      const { owner, vendorId, customerId, warehouseId } = trade;
      const productId = await trade.product({ unit });
      const lines = (quantity: string) => [{ productId, quantity, unitPrice: '10' }];
      const purchase = (quantity: string) =>
        owner.purchaseOrders.create({ vendorId, warehouseId, lines: lines(quantity) });
      const sale = (quantity: string) =>
        owner.salesOrders.create({ customerId, warehouseId, lines: lines(quantity) });
      expect(await refusedAt(purchase('1.5'))).toEqual(['lines.0.quantity']);
      expect(await refusedAt(sale('0.001'))).toEqual(['lines.0.quantity']);
      const draft = await purchase('4.000');
      expect(
        await refusedAt(owner.purchaseOrders.update({ id: draft.id, version: 1, lines: lines('4.5') })),
      ).toEqual(['lines.0.quantity']);
      const order = await owner.purchaseOrders.submit(draft);
      const receive = (quantity: string) =>
        owner.purchaseOrders.receive({
          id: order.id,
          version: order.version,
          lines: [{ lineId: order.lines[0]!.id, quantity }],
        });
      expect(await refusedAt(receive('1.5'))).toEqual(['lines.0.quantity']);
      await receive('4');
      const sold = await setAside(productId, '2');
      const ship = (quantity: string) =>
        owner.salesOrders.ship({
          id: sold.id,
          version: sold.version,
          lines: [{ lineId: sold.lines[0]!.id, quantity }],
        });
      expect(await refusedAt(ship('0.5'))).toEqual(['lines.0.quantity']);
      await ship('2');
      expect(await refusedAt(adjust(productId, '0.5'))).toEqual(['quantity']);
      expect(await refusedAt(adjust(productId, '-0.5'))).toEqual(['quantity']);
      expect((await adjust(productId, '1.000')).stock.onHand).toBe('3.000');
    },
  );

  test('has whole reorder levels, and lets what is measured keep its fractions', async () => {
    const { owner } = trade;
    const wish = (fields: object) =>
      owner.products.create({
        sku: `W-${String(Math.random()).slice(2, 9)}`,
        name: 'Levels',
        hsnCode: '7318',
        ...fields,
      });
    expect(await refusedAt(wish({ reorderLevel: '2.5' }))).toEqual(['reorderLevel']);
    expect(await refusedAt(wish({ unit: 'BOX', reorderQuantity: '0.1' }))).toEqual(['reorderQuantity']);
    const measured = await wish({ unit: 'KGS', reorderLevel: '2.5' });
    expect(await refusedAt(owner.products.update({ id: measured.id, version: 1, unit: 'NOS' }))).toEqual([
      'reorderLevel',
    ]);
    expect((await adjust(measured.id, '1.125')).stock.onHand).toBe('1.125');
    expect((await owner.products.update({ id: measured.id, version: 1, name: 'Other' })).version).toBe(2);
  });

  test('lets a fraction that lies here from before leave, and what was posted be undone as it was', async () => {
    const productId = await trade.product({ unit: 'KGS' });
    const posted = await adjust(productId, '2.5');
    await trade.tenant.query(`update products set unit = 'NOS' where id = $1`, [productId]);
    expect(await refusedAt(adjust(productId, '-0.2'))).toEqual(['quantity']);
    const { movement } = await adjust(productId, '-0.5');
    await trade.owner.inventory.reverse({ movementId: movement.id, note: 'It was right' });
    await trade.owner.inventory.reverse({ movementId: posted.movement.id, note: 'All of it' });
    const [left] = (await trade.owner.inventory.product({ id: productId })).places;
    expect(left?.onHand).toBe('0.000');
  });
});

describe('a product kept by lots', () => {
  const dayFromNow = (days: number) => today(new Date(Date.now() + days * 86_400_000));
  const [yesterday, lastDay, later] = [dayFromNow(-1), dayFromNow(0), dayFromNow(90)];

  const kept = () => trade.product({ tracks_lots: true });
  async function arrived(
    productId: string,
    lot: string | null,
    expiresOn: string | null,
    binId: string | null = null,
  ) {
    const order = await trade.confirmedPurchase([{ productId, quantity: '10', unitPrice: '5' }]);
    return trade.owner.purchaseOrders.receive({
      id: order.id,
      version: order.version,
      lines: [{ lineId: order.lines[0]!.id, quantity: '10', lot, expiresOn, binId }],
    });
  }

  test('is received, adjusted and shipped with its lot, and refused without one', async () => {
    const productId = await kept();
    expect(await refusedAt(arrived(productId, null, later))).toEqual(['lines.0.lot']);
    await arrived(productId, 'L-1', later);
    expect(await refusedAt(adjust(productId, '1'))).toEqual(['lot']);
    expect(await refusedAt(adjust(productId, '-1'))).toEqual(['lot']);
    expect((await adjust(productId, '-1', { lot: 'L-1' })).movement.lot).toBe('L-1');
    const sold = await setAside(productId, '5');
    const lineId = sold.lines[0]!.id;
    const ship = (lines: { lineId: string; quantity: string; lot?: string }[]) =>
      trade.owner.salesOrders.ship({ id: sold.id, version: sold.version, lines });
    expect(sold.lines[0]?.product.tracksLots).toBe(true);
    expect(await refusedAt(ship([{ lineId, quantity: '5', lot: 'L-0' }]))).toEqual(['lines.0.lot']);
    expect(
      await refusedAt(
        ship([
          { lineId, quantity: '4', lot: 'L-1' },
          { lineId, quantity: '2', lot: 'L-1' },
        ]),
      ),
    ).toEqual(['lines.1.quantity']);
    await adjust(productId, '2', { lot: 'L-0' });
    const shipped = await ship([
      { lineId, quantity: '3', lot: 'L-1' },
      { lineId, quantity: '2', lot: 'L-0' },
    ]);
    expect(shipped.status).toBe('shipped');
    const lines = shipped.shipments[0]!.lines.map(({ lot, quantity }) => `${lot ?? ''} ${quantity}`).sort();
    expect(lines).toEqual(['L-0 2.000', 'L-1 3.000']);
    expect((await trade.owner.inventory.product({ id: productId })).places[0]).toMatchObject({
      onHand: '6.000',
      reserved: '0.000',
    });
    expect(await imbalances(trade.tenant)).toEqual([]);
  });

  test('leaves from the lots that expire first where none is named, and never from more of a lot than lies there', async () => {
    const productId = await kept();
    await arrived(productId, 'LATE', later);
    await arrived(productId, 'SOON', lastDay);
    expect(await refusedAt(adjust(productId, '-11', { lot: 'SOON' }))).toEqual(['lot']);
    const sold = await setAside(productId, '12');
    const lineId = sold.lines[0]!.id;
    const shipped = await trade.owner.salesOrders.ship({
      id: sold.id,
      version: sold.version,
      lines: [
        { lineId, quantity: '9' },
        { lineId, quantity: '3', lot: 'late' },
      ],
    });
    const lines = shipped.shipments[0]!.lines.map(({ lot, quantity }) => `${lot ?? ''} ${quantity}`).sort();
    expect(lines).toEqual(['LATE 3.000', 'SOON 9.000']);
    expect(await imbalances(trade.tenant)).toEqual([]);
  });

  test('takes a named lot from the bin where it lies, and gives whoever had reserved it the place that comes free', async () => {
    const productId = await kept();
    await arrived(productId, 'ONE', later);
    await arrived(productId, 'TWO', later, trade.shelf);
    const [first, second] = [await setAside(productId, '10'), await setAside(productId, '10')];
    for (const [sale, lot] of [
      [first, 'TWO'],
      [second, 'ONE'],
    ] as const) {
      const lines = [{ lineId: sale.lines[0]!.id, quantity: '10', lot }];
      const sent = await trade.owner.salesOrders.ship({ id: sale.id, version: sale.version, lines });
      expect(sent.status).toBe('shipped');
      expect(await imbalances(trade.tenant)).toEqual([]);
    }
  });

  test('has one last usable day and one day on which it was made, whichever delivery said it first', async () => {
    const productId = await kept();
    const twice = async (one: object, two: object) => {
      const order = await trade.confirmedPurchase([{ productId, quantity: '10', unitPrice: '5' }]);
      const lineId = order.lines[0]!.id;
      const lines = [one, two].map((fields) => ({ lineId, quantity: '2', lot: 'D-1', ...fields }));
      return trade.owner.purchaseOrders.receive({ id: order.id, version: order.version, lines });
    };
    const known = async () => {
      const asked = `select number, expires_on::text, made_on::text, vendor_lot from lots where product_id = $1`;
      return trade.tenant.query(asked, [productId]);
    };
    expect(await refusedAt(twice({ expiresOn: later }, { expiresOn: lastDay }))).toEqual([
      'lines.1.expiresOn',
    ]);
    expect(await refusedAt(twice({ madeOn: later }, {}))).toEqual(['lines.0.madeOn']);
    expect(await known()).toEqual([]);
    await twice({ madeOn: yesterday, vendorLot: 'X/7' }, { expiresOn: later });
    const said = { number: 'D-1', expires_on: later, made_on: yesterday, vendor_lot: 'X/7' };
    expect(await known()).toEqual([said]);
    expect(await refusedAt(twice({}, { lot: 'd-1', expiresOn: lastDay }))).toEqual(['lines.1.expiresOn']);
    expect(await refusedAt(twice({ madeOn: lastDay }, {}))).toEqual(['lines.0.madeOn']);
    await twice({ expiresOn: later }, { lot: 'd-1' });
    expect(await known()).toEqual([said]);
    const [{ words } = { words: '' }] = await trade.tenant.query<{ words: string }>(
      `select string_agg(distinct expires_on::text, ' ') as words from stock_movements where product_id = $1 and sequence >
         (select min(sequence) from stock_movements where product_id = $1)`,
      [productId],
    );
    expect(words).toBe(later);
  });

  test('goes to no customer from a lot that is in quarantine or recalled', async () => {
    const productId = await kept();
    await arrived(productId, 'GOOD', later);
    await arrived(productId, 'BAD', lastDay);
    const sold = await setAside(productId, '3');
    const ship = (lot?: string) =>
      trade.owner.salesOrders.ship({
        id: sold.id,
        version: sold.version,
        lines: [{ lineId: sold.lines[0]!.id, quantity: '3', lot }],
      });
    for (const status of ['quarantined', 'recalled']) {
      await trade.tenant.query(
        `update lots set status = $2, status_reason = 'Smells' where product_id = $1 and number = 'BAD'`,
        [productId, status],
      );
      const problem = await problemOf(ship('bad'));
      expect(problem.extras.fields).toMatchObject([{ path: 'lines.0.lot', reason: `stock.lot_${status}` }]);
    }
    const shipped = await ship();
    expect(shipped.shipments[0]!.lines.map(({ lot }) => lot)).toEqual(['GOOD']);
  });

  test('is promised from usable lots only, and what was promised of others goes back to waiting', async () => {
    const productId = await kept();
    await arrived(productId, 'GOOD', later);
    await arrived(productId, 'ENDS', lastDay);
    const change = (fields: string) =>
      trade.tenant.query(`update lots set ${fields} where product_id = $1 and number = 'ENDS'`, [productId]);
    await adjust(productId, '7', { lot: 'GOOD', binId: trade.quarantine });
    // Whoever asks is told the same.
    const free = async () => {
      const { inventory, products } = trade.owner;
      const asked = { warehouseId: trade.warehouseId, productIds: [productId] };
      const places = await inventory.list({ filter: { productId } });
      const told = [
        (await inventory.availability(asked))[0]?.free,
        (await inventory.product({ id: productId })).available,
        (await products.list({ filter: { ids: [productId] } })).items[0]?.available,
        (await products.list({ search: places.items[0]!.product.sku })).items[0]?.available,
        sum(places.items.map(({ available }) => amount(available))).toFixed(3),
      ];
      expect(new Set(told).size).toBe(1);
      return told[0];
    };
    const heldBy = async ({ id }: { id: string }) => {
      const [line] = (await trade.owner.salesOrders.get({ id })).lines;
      return [line?.reserved, line?.backordered];
    };
    expect(await free()).toBe('20.000');
    const [first, second] = [await setAside(productId, '8'), await setAside(productId, '6')];
    await change(`status = 'quarantined', status_reason = 'Smells'`);
    expect(await free()).toBe('0.000');
    // The next who touches the goods finds that more is promised than can be sent.
    const third = await setAside(productId, '1');
    expect([await heldBy(first), await heldBy(second), await heldBy(third)]).toEqual([
      ['8.000', '0.000'],
      ['2.000', '4.000'],
      ['0.000', '1.000'],
    ]);
    expect(await imbalances(trade.tenant)).toEqual([]);
    expect(await refusedAt(adjust(productId, '-1', { lot: 'GOOD' }))).toEqual(['quantity']);
    expect((await adjust(productId, '-5', { lot: 'ENDS' })).stock).toMatchObject({
      onHand: '15.000',
      available: '0.000',
    });
    await change(`status = 'usable', status_reason = null`);
    await adjust(productId, '1', { lot: 'GOOD' });
    expect([await heldBy(second), await heldBy(third)]).toEqual([
      ['6.000', '0.000'],
      ['1.000', '0.000'],
    ]);
    await change(`expires_on = '${yesterday}'`);
    expect(await free()).toBe('0.000');
    expect(await heldBy(await setAside(productId, '1'))).toEqual(['0.000', '1.000']);
    expect(await imbalances(trade.tenant)).toEqual([]);
  });

  test('counts as little as its usable lots in what is projected and has to be ordered again', async () => {
    const productId = await trade.product({ tracks_lots: true, reorder_level: 5 });
    await arrived(productId, 'HERE', later);
    const { inventory, reports } = trade.owner;
    const told = async () => ({
      projected: (await inventory.product({ id: productId })).projected,
      listed: (await inventory.list({ filter: { productId, belowReorderLevel: true } })).items.length,
      lowStock: (await reports.dashboard()).lowStock?.find((row) => row.productId === productId)?.projected,
    });
    const enough = { projected: '10.000', listed: 0, lowStock: undefined };
    const short = { projected: '0.000', listed: 1, lowStock: '0.000' };
    expect(await told()).toEqual(enough);
    const reason = `status_reason = 'Wet'`;
    for (const [fields, expected] of [
      [`status = 'recalled', ${reason}`, short],
      [`status = 'usable', status_reason = null`, enough],
      [`expires_on = '${lastDay}'`, enough],
      [`expires_on = '${yesterday}'`, short],
    ] as const) {
      await trade.tenant.query(`update lots set ${fields} where product_id = $1`, [productId]);
      expect(await told()).toEqual(expected);
    }
  });

  test('can have a receipt taken back while another lot beside it is in quarantine', async () => {
    const productId = await kept();
    const [good, bad] = [await arrived(productId, 'GOOD', later), await arrived(productId, 'BAD', later)];
    const held = `update lots set status = 'quarantined', status_reason = 'Wet' where product_id = $1 and number = 'BAD'`;
    await trade.tenant.query(held, [productId]);
    const sold = await setAside(productId, '8');
    const line = async () => (await trade.owner.salesOrders.get({ id: sold.id })).lines[0];
    const undo = ({ id, version, receipts }: typeof good) =>
      trade.owner.purchaseOrders.reverseReceipt({
        id,
        version,
        receiptId: receipts[0]!.id,
        reason: 'Not ours',
      });
    await undo(bad);
    expect(await line()).toMatchObject({ reserved: '8.000', backordered: '0.000' });
    await trade.owner.purchaseOrders.receive({
      id: bad.id,
      version: bad.version + 1,
      lines: [{ lineId: bad.lines[0]!.id, quantity: '10', lot: 'BAD' }],
    });
    await undo(good);
    expect(await line()).toMatchObject({ reserved: '0.000', backordered: '8.000' });
    expect(await imbalances(trade.tenant)).toEqual([]);
  });

  test('is usable on the same days for the server and for its database', async () => {
    for (const status of lotStatuses) {
      for (const expiresOn of [null, yesterday, lastDay, later]) {
        const asked = `select lot_is_usable($1, $2::date, $3::date) as usable`;
        const [row] = await trade.tenant.query<{ usable: boolean }>(asked, [status, expiresOn, lastDay]);
        expect(row?.usable).toBe(isUsableOn(lastDay, { status, expiresOn }));
      }
    }
    expect(isUsableOn(lastDay, { status: 'usable', expiresOn: lastDay })).toBe(true);
    expect(isUsableOn(later, { status: 'usable', expiresOn: lastDay })).toBe(false);
  });

  test('begins to be kept by lots with what the ledger says, and the rest leaves without one', async () => {
    const productId = await trade.product();
    await adjust(productId, '4', { lot: 'A' });
    await adjust(productId, '6');
    await adjust(productId, '-7');
    await trade.tenant.query('update products set tracks_lots = true where id = $1', [productId]);
    expect(await imbalances(trade.tenant)).toEqual([]);
    expect(await refusedAt(adjust(productId, '-1'))).toEqual(['lot']);
    expect((await adjust(productId, '-3', { lot: 'a' })).stock.onHand).toBe('0.000');
    expect(await imbalances(trade.tenant)).toEqual([]);
  });

  test('comes in up to its last usable day; after it into a quarantine bin only', async () => {
    const productId = await kept();
    expect(await refusedAt(arrived(productId, 'OLD', yesterday))).toEqual(['lines.0.expiresOn']);
    await arrived(productId, 'LAST', lastDay);
    await arrived(productId, 'OLD', yesterday, trade.quarantine);
    expect(await refusedAt(arrived(productId, 'OLD', null))).toEqual(['lines.0.lot']);
    expect(await refusedAt(arrived(productId, 'old', null))).toEqual(['lines.0.lot']);
    expect(await refusedAt(adjust(productId, '1', { lot: 'OLD' }))).toEqual(['lot']);
    expect((await adjust(productId, '1', { lot: 'OLD', binId: trade.quarantine })).stock.onHand).toBe(
      '11.000',
    );
    expect(
      (await adjust(productId, '-11', { lot: 'OLD', binId: trade.quarantine, reason: 'expired' })).stock
        .onHand,
    ).toBe('0.000');
  });

  test('goes to no customer after its last usable day', async () => {
    const productId = await kept();
    await arrived(productId, 'L-9', later);
    await arrived(productId, 'OLD', yesterday, trade.quarantine);
    const sold = await setAside(productId, '2');
    const ship = (lot: string) =>
      trade.owner.salesOrders.ship({
        id: sold.id,
        version: sold.version,
        lines: [{ lineId: sold.lines[0]!.id, quantity: '2', lot }],
      });
    expect(await refusedAt(ship('OLD'))).toEqual(['lines.0.lot']);
    expect(await refusedAt(ship('Old'))).toEqual(['lines.0.lot']);
    expect((await ship('L-9')).status).toBe('shipped');
  });

  test('can have its movements undone as they were', async () => {
    const productId = await trade.product();
    const { movement } = await adjust(productId, '3');
    await trade.tenant.query('update products set tracks_lots = true where id = $1', [productId]);
    const undone = await trade.owner.inventory.reverse({ movementId: movement.id, note: 'Was never there' });
    expect(undone.stock.onHand).toBe('0.000');
  });
});
