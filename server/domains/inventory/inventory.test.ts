import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { proveStock } from './stock-proof.service.ts';
import { movementDocumentKinds, movementKinds } from './inventory.contract.ts';

let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('stock');
});
afterEach(async () => expect(await imbalances(trade.tenant)).toEqual([]));
afterAll(() => trade.close());

const adjust = (productId: string, quantity: string, fields = {}) =>
  trade.owner.inventory.adjust({
    productId,
    warehouseId: trade.warehouseId,
    quantity,
    reason: 'correction',
    ...fields,
  });
const fieldsOf = (problem: Awaited<ReturnType<typeof problemOf>>) =>
  problem.extras.fields?.map((field) => field.path);

describe('an adjustment', () => {
  test('brings goods in at their cost, or at the average where none is given', async () => {
    const productId = await trade.product({ purchase_price: '7.5' });
    const first = await adjust(productId, '2');
    expect(first).toMatchObject({
      movement: { value: '15.00', unitCost: '7.5000' },
      stock: { onHand: '2.000' },
    });
    await adjust(productId, '1', { unitCost: '10' });
    const third = await adjust(productId, '3');
    expect(third.movement).toMatchObject({ value: '25.00', quantityAfter: '6.000', valueAfter: '50.00' });
    const elsewhere = await adjust(productId, '3', { binId: trade.shelf });
    expect(elsewhere.movement).toMatchObject({ value: '25.00', binCode: 'A-01' });
  });

  test('never takes more than is free, and leaves what is promised to orders alone', async () => {
    const productId = await trade.stocked('10', '4');
    const order = await trade.owner.salesOrders.create({
      customerId: trade.customerId,
      warehouseId: trade.warehouseId,
      lines: [{ productId, quantity: '6', unitPrice: '9' }],
    });
    await trade.owner.salesOrders.confirm(order);
    const refused = await problemOf(adjust(productId, '-5'));
    expect(refused.message).toBe('Only 4 are available in this place; 6 more are reserved for orders.');
    expect(fieldsOf(refused)).toEqual(['quantity']);
    expect((await adjust(productId, '-4')).stock).toMatchObject({ onHand: '6.000', available: '0.000' });
  });

  test('names what does not exist', async () => {
    const problem = await problemOf(adjust(uuidv7(), '1', { warehouseId: uuidv7() }));
    expect(fieldsOf(problem)).toEqual(['productId', 'warehouseId']);
    const productId = await trade.product();
    expect(fieldsOf(await problemOf(adjust(productId, '1', { binId: uuidv7() })))).toEqual(['binId']);
    const service = await trade.product({ kind: 'service' });
    expect(fieldsOf(await problemOf(adjust(service, '1')))).toEqual(['productId']);
    expect(fieldsOf(await problemOf(adjust(productId, '-1', { unitCost: '3' })))).toEqual(['unitCost']);
  });

  test('is never posted before the last movement of its place, nor in the future', async () => {
    const productId = await trade.product();
    await adjust(productId, '1', { occurredAt: '2026-01-02T10:00:00Z' });
    const before = await problemOf(adjust(productId, '1', { occurredAt: '2026-01-02T09:59:59.999Z' }));
    expect(fieldsOf(before)).toEqual(['occurredAt']);
    await adjust(productId, '1', { occurredAt: '2026-01-02T10:00:00Z' });
    await adjust(productId, '1', { occurredAt: '2026-01-01T00:00:00Z', binId: trade.shelf });
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    expect(fieldsOf(await problemOf(adjust(productId, '1', { occurredAt: ahead })))).toEqual(['occurredAt']);
  });

  test('with the same id is posted once', async () => {
    const productId = await trade.product();
    const id = uuidv7();
    const answers = await Promise.all([1, 2, 3, 4].map(() => adjust(productId, '5', { id, unitCost: '1' })));
    expect(new Set(answers.map((answer) => answer.movement.id))).toEqual(new Set([id]));
    expect(answers.at(-1)?.stock.onHand).toBe('5.000');
    for (const other of [
      { quantity: '6' },
      { unitCost: '2' },
      { unitCost: null },
      { lot: 'L-1' },
      { note: 'once more' },
      { reason: 'found' },
      { binId: trade.shelf },
      { occurredAt: '2026-01-02T10:00:00Z' },
    ]) {
      const problem = await problemOf(adjust(productId, '5', { id, unitCost: '1', ...other }));
      expect(problem.code, JSON.stringify(other)).toBe('CONFLICT');
    }
  });

  test('is worth no more than a movement can be, and whatever lies somewhere can still be summed', async () => {
    const productId = await trade.product();
    const tooMuch = await problemOf(adjust(productId, '9000', { unitCost: '999999999999' }));
    expect(fieldsOf(tooMuch)).toEqual(['unitCost']);
    for (const binId of [trade.defaultBin, trade.shelf]) {
      await adjust(productId, '1', { unitCost: '999999999999.99', binId });
      await adjust(productId, '900000000000', { binId });
    }
    const { items } = await trade.owner.warehouses.list({});
    expect(items.map(({ stockValue }) => stockValue?.slice(0, 17))).toContain('18000000000019820');
    expect(Number((await trade.owner.reports.dashboard()).stockValue)).toBeGreaterThan(1.8e24);
    expect((await trade.owner.inventory.product({ id: productId })).value).toMatch(/^18000/);
    const sorted = { limit: 1, sort: { by: 'value' as const, direction: 'desc' as const } };
    const first = await trade.owner.inventory.list(sorted);
    const second = await trade.owner.inventory.list({ ...sorted, cursor: first.nextCursor });
    expect(second.items).toHaveLength(1);
    await adjust(productId, '-900000000001');
    await adjust(productId, '-900000000001', { binId: trade.shelf });
  });

  test('reveals no value to a clerk who may not see it: cheap and dear goods give the same answer', async () => {
    const clerk = await trade.as('warehouse');
    const answers = async (unitCost: string) => {
      const productId = await trade.stocked('10', unitCost);
      const place = { productId, warehouseId: trade.warehouseId, reason: 'correction' as const };
      const outcomes: string[] = [];
      for (const quantity of ['1', '999999999', '99999999999', '899999999999', '999999999999', '-1', '-11']) {
        const outcome = await clerk.inventory.adjust({ ...place, quantity }).then(
          ({ movement, stock }) =>
            JSON.stringify([movement.value, movement.unitCost, stock.onHand, stock.value]),
          async (error: unknown) => (await problemOf(Promise.reject(error as Error))).message,
        );
        outcomes.push(outcome);
      }
      const found = await clerk.inventory.adjust({ ...place, quantity: '-1' });
      await clerk.inventory.adjust({ ...place, quantity: '-1' });
      const undone = await clerk.inventory.reverse({ movementId: found.movement.id, note: 'found' });
      outcomes.push(String(undone.movement.value));
      await clerk.inventory.adjust({ ...place, quantity: `-${undone.stock.onHand}` });
      return outcomes;
    };
    expect(await answers('0.01')).toEqual(await answers('99999999999'));
  });
});

describe('a reversal', () => {
  test('puts back exactly the value that went, and names what it reverses', async () => {
    const productId = await trade.product();
    await adjust(productId, '3', { unitCost: '3.3333' });
    const lost = await adjust(productId, '-1', { reason: 'lost' });
    await adjust(productId, '4', { unitCost: '9' });
    const undone = await trade.owner.inventory.reverse({ movementId: lost.movement.id, note: 'found again' });
    expect(undone.movement).toMatchObject({
      kind: 'reversal',
      quantity: '1.000',
      value: lost.movement.value!.replace('-', ''),
      reverses: lost.movement.id,
      valueAfter: '46.00',
    });
    const twice = await problemOf(
      trade.owner.inventory.reverse({ movementId: lost.movement.id, note: 'again' }),
    );
    expect(twice).toMatchObject({ code: 'CONFLICT', message: 'This movement has already been reversed.' });
  });

  test('of what came in is for a clerk without costs only while nothing has moved since', async () => {
    const clerk = await trade.as('warehouse');
    const productId = await trade.stocked('10', '5');
    const place = { productId, warehouseId: trade.warehouseId, reason: 'found' as const };
    const found = await clerk.inventory.adjust({ ...place, quantity: '2' });
    const reverse = (movementId: string) => clerk.inventory.reverse({ movementId, note: 'miscounted' });
    const again = await clerk.inventory.adjust({ ...place, quantity: '3' });
    expect((await problemOf(reverse(found.movement.id))).code).toBe('NOT_ALLOWED_IN_STATE');
    expect((await reverse(again.movement.id)).stock.onHand).toBe('12.000');
  });

  test('is for adjustments and opening stock alone: every other movement is undone with its document', async () => {
    const productId = await trade.stocked('10', '5');
    const [place] = (await trade.owner.inventory.product({ id: productId })).places;
    const alone = { adjustment: ['adjustment', 'opening'] };
    const pairs = movementKinds.flatMap((kind) => movementDocumentKinds.map((document) => [kind, document]));
    const together = pairs.filter(
      ([kind, document]) => !(kind === 'adjustment' && alone[kind].includes(document ?? '')),
    );
    expect(together).toHaveLength(pairs.length - 2);
    for (const [kind, document] of together) {
      const movementId = uuidv7();
      // A value of nothing keeps the books straight: the row is there to be asked about.
      await trade.tenant.query(
        `insert into stock_movements (id, tenant_id, product_id, warehouse_id, bin_id, kind, quantity, unit_cost, value,
           quantity_after, value_after, document_kind, occurred_at)
         select $1, tenant_id, product_id, warehouse_id, bin_id, $3, 1, 0, 0, quantity_on_hand + 1, valuation, $4, now()
         from inventory where id = $2`,
        [movementId, place?.id, kind, document],
      );
      const problem = await problemOf(trade.owner.inventory.reverse({ movementId, note: 'wrong' }));
      expect(problem.code, `${kind} of ${document}`).toBe('NOT_ALLOWED_IN_STATE');
      await trade.tenant.query(
        `insert into stock_movements (id, tenant_id, product_id, warehouse_id, bin_id, kind, quantity, unit_cost, value,
           quantity_after, value_after, document_kind, occurred_at)
         select $1, tenant_id, product_id, warehouse_id, bin_id, $3, -1, 0, 0, quantity_on_hand, valuation, $4, now()
         from inventory where id = $2`,
        [uuidv7(), place?.id, kind, document],
      );
    }
  });

  test('is refused for what belongs to an order, for a reversal, and where the goods are gone', async () => {
    const productId = await trade.product();
    const purchase = await trade.confirmedPurchase([{ productId, quantity: '1', unitPrice: '10' }]);
    await trade.owner.purchaseOrders.receive({
      id: purchase.id,
      version: purchase.version,
      lines: [{ lineId: purchase.lines[0]!.id, quantity: '1' }],
    });
    const { items } = await trade.owner.inventory.movements({ filter: { productId } });
    const reverse = (movementId: string) => trade.owner.inventory.reverse({ movementId, note: 'wrong' });
    expect((await problemOf(reverse(items[0]!.id))).message).toContain(purchase.poNumber);
    expect((await problemOf(reverse(uuidv7()))).code).toBe('NOT_FOUND');
    const found = await adjust(productId, '5', { unitCost: '1' });
    await adjust(productId, '-6');
    expect((await problemOf(reverse(found.movement.id))).code).toBe('INVALID');
  });
});

describe('the ledger', () => {
  test('can be neither changed nor cut by the tenant', async () => {
    const productId = await trade.stocked('1', '1');
    const client = await trade.tenant.source.connect();
    try {
      for (const text of [
        `update stock_movements set quantity = 9 where product_id = '${productId}'`,
        `delete from stock_movements where product_id = '${productId}'`,
        'truncate stock_movements',
      ]) {
        await expect(client.query({ text })).rejects.toThrow(/permission denied/);
      }
    } finally {
      client.release();
    }
    await expect(
      trade.tenant.query('update stock_movements set quantity = 9 where product_id = $1', [productId]),
    ).rejects.toThrow('append-only');
  });

  test('tells what lay where at any past moment', async () => {
    const productId = await trade.product({ sku: 'PAST-1' });
    await adjust(productId, '5', { occurredAt: '2026-02-01T10:00:00Z', unitCost: '10' });
    await adjust(productId, '-2', { occurredAt: '2026-02-05T10:00:00Z' });
    await adjust(productId, '7', { occurredAt: '2026-02-03T10:00:00Z', unitCost: '1', binId: trade.shelf });
    const asOf = async (at: string) =>
      (await trade.owner.inventory.asOf({ at, productId })).items.map((row) => [
        row.binCode,
        row.onHand,
        row.value,
      ]);
    expect(await asOf('2026-01-31T00:00:00Z')).toEqual([]);
    expect(await asOf('2026-02-01T10:00:00Z')).toEqual([['MAIN', '5.000', '50.00']]);
    expect((await asOf('2026-02-06T00:00:00Z')).sort()).toEqual([
      ['A-01', '7.000', '7.00'],
      ['MAIN', '3.000', '30.00'],
    ]);
    const one = await trade.owner.inventory.asOf({ at: '2026-02-06T00:00:00Z', productId, limit: 1 });
    const rest = await trade.owner.inventory.asOf({
      at: '2026-02-06T00:00:00Z',
      productId,
      limit: 1,
      cursor: one.nextCursor,
    });
    expect(rest.items).toHaveLength(1);
    expect(rest.nextCursor).toBeNull();
  });

  test('is proved against the running totals, and the proof names the place that differs', async () => {
    const productId = await trade.stocked('4', '2.50');
    expect((await proveStock(trade.tenant.source.db)).differences).toEqual([]);
    await trade.tenant.query('update inventory set valuation = valuation + 1 where product_id = $1', [
      productId,
    ]);
    const proof = await proveStock(trade.tenant.source.db);
    expect(proof.differences).toEqual([
      expect.objectContaining({ what: 'value', warehouse: 'MUM', expected: '10.00', recorded: '11.00' }),
    ]);
    await trade.tenant.query('update inventory set valuation = valuation - 1 where product_id = $1', [
      productId,
    ]);
  });

  test('lists the movements that explain what lies in one bin', async () => {
    const productId = await trade.stocked('4', '2');
    const place = { productId, warehouseId: trade.warehouseId, reason: 'found' as const };
    await trade.owner.inventory.adjust({ ...place, binId: trade.shelf, quantity: '3' });
    await trade.owner.inventory.adjust({ ...place, binId: trade.shelf, quantity: '-1' });
    const ofBin = { filter: { productId, binId: trade.shelf } };
    const { items } = await trade.owner.inventory.movements(ofBin);
    expect(items.map(({ quantity }) => quantity)).toEqual(['-1.000', '3.000']);
  });

  test('lists places and movements by filter, search and sort, without costs for those who may not see them', async () => {
    const productId = await trade.stocked('4', '2.50', { sku: 'WIDGET-9', reorder_level: '5' });
    const stock = await trade.owner.inventory.list({
      search: 'widget',
      filter: { belowReorderLevel: true, inStock: true, warehouseId: trade.warehouseId },
      sort: { by: 'value', direction: 'desc' },
      total: true,
    });
    expect(stock).toMatchObject({
      total: 1,
      items: [{ product: { sku: 'WIDGET-9' }, onHand: '4.000', averageCost: '2.5000', value: '10.00' }],
    });
    const clerk = await trade.as('warehouse');
    const [place] = (await clerk.inventory.list({ filter: { productId } })).items;
    expect(place).toMatchObject({ onHand: '4.000', averageCost: null, value: null });
    const { items } = await clerk.inventory.movements({ search: 'WIDGET', filter: { kind: ['adjustment'] } });
    expect(items).toMatchObject([{ quantity: '4.000', value: null, documentKind: 'opening' }]);
    expect((await problemOf(clerk.inventory.list({ sort: { by: 'value' } }))).code).toBe('FORBIDDEN');
    for (const by of ['sku', 'productName', 'onHand', 'lastReceivedAt', 'lastIssuedAt'] as const) {
      const first = await clerk.inventory.list({ sort: { by, direction: 'desc' }, limit: 2 });
      const second = await clerk.inventory.list({
        sort: { by, direction: 'desc' },
        limit: 2,
        cursor: first.nextCursor,
      });
      const ids = [...first.items, ...second.items].map((row) => row.id);
      expect(new Set(ids).size).toBe(4);
    }
  });
});

describe('a company whose schema is one migration behind', () => {
  beforeAll(() => trade.tenant.query('alter table stock_movements drop column content_hash'));
  afterAll(() => trade.tenant.query('alter table stock_movements add column content_hash bytea'));

  test('goes on posting stock, and nothing is done twice', async () => {
    const productId = await trade.stocked('10', '4');
    const id = uuidv7();
    expect((await adjust(productId, '2', { id })).stock).toMatchObject({ onHand: '12.000' });
    expect((await problemOf(adjust(productId, '2', { id }))).code).toBe('CONFLICT');
    expect((await adjust(productId, '-1')).stock).toMatchObject({ onHand: '11.000' });
  });
});
