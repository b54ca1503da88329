import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explained } from '../../../tests/fixtures/plans.ts';
import { problemOf, testPlatform } from '../../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../../tests/fixtures/tenant.ts';
import { trpc } from '../../ladder/trpc.ts';
import { productsRouter } from './products.router.ts';

const callerOf = trpc.createCallerFactory(productsRouter);

let platform: TestPlatform;
let acme: TestTenant;
let buyer: ReturnType<typeof callerOf>;

beforeAll(async () => {
  platform = await testPlatform();
  acme = await platform.tenant('acme');
  buyer = callerOf(await acme.as('buyer'));
});
afterAll(() => platform.close());

let made = 0;
const sku = () => `SKU-${String((made += 1)).padStart(4, '0')}`;
const bolt = (extra: object = {}) => ({ sku: sku(), name: 'Hex bolt M8 × 40', hsnCode: '731815', ...extra });

describe('a product', () => {
  test('needs a SKU, a name and an HSN code, and takes the usual for the rest', async () => {
    const product = await buyer.create(bolt());
    expect(product).toMatchObject({
      category: 'General',
      kind: 'tracked',
      unit: 'NOS',
      taxClass: 'GST18',
      barcodes: [],
    });
    expect(await buyer.get({ id: product.id })).toEqual(product);
  });

  test('sent twice with the same id is one product, 12.5 and 12.5000 being the same price', async () => {
    const input = bolt({ id: uuidv7(), purchasePrice: '12.5', barcodes: ['8901234567894', 'ALT-1'] });
    const first = await buyer.create(input);
    expect(await buyer.create({ ...input, purchasePrice: '12.50' })).toEqual(first);
    expect((await problemOf(buyer.create({ ...input, purchasePrice: '13' }))).code).toBe('CONFLICT');
  });

  test('cannot take the SKU or a barcode of another', async () => {
    const one = await buyer.create(bolt({ barcodes: ['8900000000011'] }));
    const bySku = await problemOf(buyer.create(bolt({ sku: one.sku.toLowerCase() })));
    expect(bySku).toMatchObject({
      code: 'INVALID',
      message: `${one.sku.toLowerCase()} is already used by ${one.name}.`,
    });
    const byBarcode = await problemOf(buyer.create(bolt({ barcodes: ['8900000000011'] })));
    expect(byBarcode.extras.fields).toMatchObject([{ path: 'barcodes' }]);
    const other = await buyer.create(bolt());
    const moved = await problemOf(buyer.update({ id: other.id, version: 1, barcodes: ['8900000000011'] }));
    expect(moved.extras.fields).toMatchObject([{ path: 'barcodes' }]);
  });

  test('has codes that mean nothing else: no SKU is a barcode of another, and a UPC-A is its EAN-13', async () => {
    const one = await buyer.create(bolt({ sku: 'ONE-CODE', barcodes: ['012345678905', 'Case-7'] }));
    const fieldsOf = async (wish: Promise<unknown>) =>
      (await problemOf(wish)).extras.fields?.map(({ path, message }) => `${path}: ${message}`);
    const taken = (path: string, code: string) => [
      `${path}: ${code} is already used by ${one.name} (ONE-CODE).`,
    ];
    expect(await fieldsOf(buyer.create(bolt({ barcodes: ['one-code'] })))).toEqual(
      taken('barcodes', 'one-code'),
    );
    expect(await fieldsOf(buyer.create(bolt({ sku: 'CASE-7' })))).toEqual(taken('sku', 'CASE-7'));
    for (const spelling of ['012345678905', '0012345678905', '12345678905']) {
      const wish = bolt({ barcodes: [spelling] });
      if (spelling.length === 11) expect((await buyer.create(wish)).barcodes).toEqual([spelling]);
      else expect(await fieldsOf(buyer.create(wish))).toEqual(taken('barcodes', spelling));
    }
    expect(await fieldsOf(buyer.create(bolt({ barcodes: ['00012345678905'] })))).toEqual(
      taken('barcodes', '00012345678905'),
    );
    const other = await buyer.create(bolt());
    const renamed = buyer.update({ id: other.id, version: 1, sku: '0012345678905' });
    expect(await fieldsOf(renamed)).toEqual(taken('sku', '0012345678905'));
    expect(
      (await buyer.update({ id: one.id, version: 1, barcodes: ['ONE-CODE', '012345678905'] })).version,
    ).toBe(2);
    for (const scanned of ['012345678905', '0012345678905']) {
      const { items } = await buyer.list({ filter: { barcode: scanned } });
      expect(items.map(({ id }) => id)).toEqual([one.id]);
    }
  });

  test('of two made at once with one barcode is the first; the other is told which field is taken', async () => {
    const wishes = await Promise.allSettled(
      [1, 2, 3, 4].map(() => buyer.create(bolt({ barcodes: ['8901111111111'] }))),
    );
    const refused = wishes.filter((wish) => wish.status === 'rejected');
    expect(refused).toHaveLength(3);
    for (const { reason } of refused) {
      const problem = await problemOf(Promise.reject(reason as Error));
      expect(problem.extras.fields).toMatchObject([{ path: 'barcodes' }]);
    }
  });

  test('needs a tax class of the table, and a service code exactly when it is a service', async () => {
    const field = async (input: object) =>
      (await problemOf(buyer.create(bolt(input)))).extras.fields?.[0]?.path;
    expect(await field({ taxClass: 'GST19' })).toBe('taxClass');
    expect(await field({ hsnCode: '998599' })).toBe('hsnCode');
    expect(await field({ kind: 'service' })).toBe('hsnCode');
    expect(await field({ hsnCode: '12345' })).toBe('hsnCode');
    expect(await field({ purchasePrice: '1e3' })).toBe('purchasePrice');
    expect(await field({ reorderLevel: '1.2345' })).toBe('reorderLevel');
    expect((await buyer.create(bolt({ kind: 'service', hsnCode: '998599' }))).kind).toBe('service');
  });

  test('is found by its barcode', async () => {
    const product = await buyer.create(bolt({ barcodes: ['8909999999990'] }));
    const page = await buyer.list({ filter: { barcode: '8909999999990' } });
    expect(page.items.map(({ id }) => id)).toEqual([product.id]);
    expect((await buyer.list({ filter: { barcode: 'unknown' } })).items).toEqual([]);
    const both = { filter: { barcode: '8909999999990', ids: [uuidv7()] } };
    expect((await buyer.list({ ...both, search: 'bolt' })).items).toEqual([]);
    expect((await buyer.list({ filter: { barcode: '8909999999990' }, search: 'bolt' })).items).toHaveLength(
      1,
    );
  });

  test('changes with its version, and its barcodes are replaced as a whole', async () => {
    const product = await buyer.create(bolt({ barcodes: ['A-1', 'A-2'] }));
    const changed = await buyer.update({
      id: product.id,
      version: 1,
      barcodes: ['A-3', 'A-2', 'A-3'],
      salePrice: '9.99',
    });
    expect(changed).toMatchObject({ version: 2, barcodes: ['A-2', 'A-3'], salePrice: '9.9900' });
    const stale = await problemOf(buyer.update({ id: product.id, version: 1, name: 'Late' }));
    expect(stale).toMatchObject({ code: 'CONFLICT', extras: { current: { version: 2 } } });
  });

  test('keeps its unit once it was moved', async () => {
    const product = await buyer.create(bolt());
    await buyer.update({ id: product.id, version: 1, unit: 'BOX' });
    await acme.query(
      `with place as (
         insert into warehouses (id, tenant_id, code, name) values ($1, $2, 'W', 'W') returning id),
       bin as (insert into bins (id, tenant_id, warehouse_id, code) select $3, $2, id, 'B' from place returning id, warehouse_id)
       insert into inventory (tenant_id, product_id, warehouse_id, bin_id, quantity_on_hand, quantity_reserved)
       select $2, $4, warehouse_id, id, 5, 2 from bin`,
      [uuidv7(), acme.id, uuidv7(), product.id],
    );
    const problem = await problemOf(buyer.update({ id: product.id, version: 2, unit: 'KGS' }));
    expect(problem.extras.fields).toMatchObject([{ path: 'unit' }]);
    const [row] = (await buyer.list({ filter: { ids: [product.id] } })).items;
    expect(row).toMatchObject({ onHand: '5.000', available: '3.000' });
  });
});

test('a product is found by the GTIN of a GS1 code, in every way it is written', async () => {
  const found = async (barcode: string) =>
    (await buyer.list({ filter: { barcode } })).items.map((item) => item.id);
  const bag = await buyer.create(bolt({ barcodes: ['8900000000104'] }));
  const small = await buyer.create(bolt({ barcodes: ['96385074'] }));
  for (const code of [
    '08900000000104',
    '(01)08900000000104(10)L-1(17)271231',
    ']d20108900000000104172712311021',
    'https://id.gs1.org/01/8900000000104/10/L-1',
    '(02)08900000000104(37)12',
  ]) {
    expect(await found(code), code).toEqual([bag.id]);
  }
  expect(await found('00000096385074')).toEqual([small.id]);
  // A case has a GTIN of its own: the one of its pieces doesn't find it.
  expect(await found('18900000000100')).toEqual([]);
});

describe('a block of codes and names', () => {
  test('is answered in one call: codes in any case and spelling first, then whole names', async () => {
    const one = await buyer.create(bolt({ name: 'Named by code', barcodes: ['712345678904'] }));
    const other = await buyer.create(bolt({ name: 'Flange, größe 7' }));
    const asked = [one.sku.toLowerCase(), '0712345678904', 'FLANGE, GRÖßE 7', 'NO-SUCH', '', one.sku];
    const found = await buyer.named({ texts: asked });
    expect(Object.fromEntries(found.map(({ text, product }) => [text, product.id]))).toEqual({
      [one.sku.toLowerCase()]: one.id,
      '0712345678904': one.id,
      'FLANGE, GRÖßE 7': other.id,
      [one.sku]: one.id,
    });
    expect(found).toHaveLength(4);
    expect(await buyer.named({ texts: [] })).toEqual([]);
  });

  test('tells of two products with one name that there are two, and of a retired one that it is retired', async () => {
    for (let twin = 0; twin < 3; twin += 1) await buyer.create(bolt({ name: 'Twin' }));
    expect(await buyer.named({ texts: ['twin'] })).toHaveLength(2);
    const old = await buyer.create(bolt({ status: 'inactive', name: 'Once sold' }));
    expect((await buyer.named({ texts: [old.sku] }))[0]?.product.status).toBe('inactive');
    const now = await buyer.create(bolt({ name: 'Once sold' }));
    expect((await buyer.named({ texts: ['Once sold'] })).map(({ product }) => product.id)).toEqual([now.id]);
  });

  test('may have a code and a name for each of 5,000 lines and no more, hides costs, and is for those who may read products', async () => {
    const codes = Array.from({ length: 10_000 }, (_, row) => `'"=HYPERLINK(${String(row)})%_`);
    const one = await buyer.create(bolt({ purchasePrice: '7' }));
    expect(await buyer.named({ texts: [...codes.slice(1), one.sku] })).toHaveLength(1);
    expect((await problemOf(buyer.named({ texts: [...codes, one.sku] }))).code).toBe('INVALID');
    const clerk = callerOf(await acme.as('warehouse'));
    expect((await clerk.named({ texts: [one.sku] }))[0]?.product.purchasePrice).toBeNull();
    const nobody = callerOf(await acme.as([]));
    expect((await problemOf(nobody.named({ texts: [one.sku] }))).code).toBe('FORBIDDEN');
  });

  test('is read from the tenant’s own products', async () => {
    const globex = await platform.tenant('globex');
    const one = await buyer.create(bolt());
    const stranger = callerOf(await globex.as('buyer'));
    expect(await stranger.named({ texts: [one.sku] })).toEqual([]);
  });
});

test('costs are shown to those who may see them only, and nobody else may sort by them', async () => {
  const product = await buyer.create(bolt({ purchasePrice: '77.7' }));
  const clerk = callerOf(await acme.as('warehouse'));
  expect((await clerk.get({ id: product.id })).purchasePrice).toBeNull();
  const [row] = (await clerk.list({ filter: { ids: [product.id] } })).items;
  expect(row?.purchasePrice).toBeNull();
  for (const search of [undefined, 'bolt']) {
    const problem = await problemOf(clerk.list({ search, sort: { by: 'purchasePrice' } }));
    expect(problem.code).toBe('FORBIDDEN');
  }
});

test('tax classes carry the rate that is valid today', async () => {
  const classes = await buyer.taxClasses();
  expect(classes).toContainEqual({ taxClass: 'GST18', ratePercent: '18.00', validFrom: '2017-07-01' });
});

test('tax classes carry the rate of the day that is asked for, as an order of that day is taxed', async () => {
  await acme.query(
    `insert into tax_rates (tenant_id, tax_class, valid_from, rate_percent)
     select tenant_id, 'GST28', '2026-02-01', 40 from tenant_settings`,
  );
  const on = async (day: string) =>
    Object.fromEntries((await buyer.taxClasses({ on: day })).map((row) => [row.taxClass, row.ratePercent]));
  expect(await on('2026-01-31')).toMatchObject({ GST28: '28.00', GST40: '40.00' });
  expect(await on('2026-02-01')).toMatchObject({ GST28: '40.00' });
  expect(await on('2025-09-21')).not.toHaveProperty('GST40');
  expect(await on('2010-01-01')).toEqual({});
  expect((await problemOf(buyer.taxClasses({ on: '01/02/2026' }))).code).toBe('INVALID');
});

describe('searching 100,000 products', () => {
  let large: TestTenant;
  let reader: ReturnType<typeof callerOf>;

  beforeAll(async () => {
    large = await platform.tenant('large');
    reader = callerOf(await large.as('viewer'));
    await large.query(
      `insert into products (id, tenant_id, sku, name, category, hsn_code, tax_class, sale_price)
       select uuidv7(), $1, 'LRG-' || lpad(n::text, 6, '0'),
         (array['Hex bolt', 'Ball bearing', 'Copper cable', 'Safety gloves', 'Carton box'])[n % 5 + 1] || ' type ' || n,
         (array['Fasteners', 'Bearings', 'Electrical', 'Safety', 'Packaging'])[n % 5 + 1], '731815', 'GST18', n % 977
       from generate_series(1, 100000) n`,
      [large.id],
    );
    await large.query('vacuum analyze products');
  });

  test('by name and category reads the index over category and words, for the tenant’s own login too', async () => {
    const { rows, plans } = await explained(
      large,
      'select * from search_products($1, $2, null, null, null, $3, false, null, null, 51)',
      ['bearing 12346', 'Bearings', 'name'],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(plans).toContain('products_search');
    expect(plans).not.toContain('Seq Scan on products');
  });

  test('who has a code is told by the indexes of SKUs and barcodes', async () => {
    const { rows, plans } = await explained(large, 'select code from products_by_code($1)', [
      ['LRG-000042', 'NO-SUCH-CODE'],
    ]);
    expect(rows).toEqual([{ code: 'LRG-000042' }]);
    expect(plans).toMatch(/Index (Only )?Scan (using|on) products_sku/);
    expect(plans).not.toContain('Seq Scan on products ');
  });

  test('finds what it should, in order and page by page', async () => {
    const input = {
      search: 'cable 999',
      filter: { category: 'Electrical' },
      sort: { by: 'salePrice' as const },
    };
    const whole = await reader.list({ ...input, limit: 200, total: true });
    expect(whole.items.length).toBe(whole.total);
    expect(whole.items.every((item) => /cable.*999/i.test(`${item.name} ${item.sku}`))).toBe(true);
    const codes: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof reader.list>> = await reader.list({ ...input, limit: 7, cursor });
      codes.push(...page.items.map((item) => item.sku));
      cursor = page.nextCursor;
    } while (cursor);
    expect(codes).toEqual(whole.items.map((item) => item.sku));
    expect((await reader.list({ ...input, filter: { category: 'Safety' } })).items).toEqual([]);
  });

  test('short words are found where a word begins, and wildcards are letters like any other', async () => {
    expect((await reader.list({ search: 'lr', limit: 3 })).items).toHaveLength(3);
    const found = await reader.list({ search: 'be 42', filter: { category: 'Bearings' } });
    expect(found.items.length).toBeGreaterThan(0);
    expect(found.items.every(({ name }) => /^Ball bearing type 42/.test(name))).toBe(true);
    expect((await reader.list({ search: 'rg' })).items).toEqual([]);
    expect((await reader.list({ search: 'bolt%type' })).items).toEqual([]);
    expect((await reader.list({ search: "'; drop table products; --" })).items).toEqual([]);
    expect((await reader.list({ search: '\\' })).items).toEqual([]);
  });

  test('counts no further than 10,000', async () => {
    const page = await reader.list({ search: 'type', total: true, limit: 1 });
    expect(page).toMatchObject({ total: 10_000, totalCapped: true });
  });

  test('takes milliseconds, and no statement but one', async () => {
    await reader.list({ search: 'bearing 4242', filter: { category: 'Bearings' } });
    const started = performance.now();
    for (let index = 0; index < 20; index += 1) {
      await reader.list({ search: `bearing ${String(4200 + index)}`, filter: { category: 'Bearings' } });
    }
    expect((performance.now() - started) / 20).toBeLessThan(50);
  });
});
