import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, testPlatform } from '../../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../../tests/fixtures/tenant.ts';
import { seedTenant } from '../../local/demo-data/seed-tenant.ts';
import { appRouter } from '../../router.ts';

let platform: TestPlatform;
let acme: TestTenant;

beforeAll(async () => {
  platform = await testPlatform();
  acme = await platform.tenant('acme');
  await acme.as('owner');
  await seedTenant(platform.tenancy, 'acme');
});
afterAll(() => platform.close());

const as = async (roles: string | string[], permissions: string[] = []) =>
  appRouter.createCaller(await acme.as(roles, permissions));
const one = async (sql: string) => Number((await acme.query<{ n: string }>(`select ${sql} as n`))[0]?.n);

describe('the dashboard', () => {
  test('shows the figures of the business', async () => {
    const figures = await (await as('owner')).reports.dashboard();
    expect(Number(figures.stockValue)).toBe(await one('(select sum(valuation) from inventory)'));
    expect(figures.purchaseOrdersToApprove).toBe(
      await one("(select count(*) from purchase_orders where status = 'pending_approval')"),
    );
    expect(figures.openPurchaseOrders).toBeGreaterThan(10);
    expect(figures.overdueDeliveries).toBeGreaterThan(3);
    expect(figures.backorderedLines).toBe(
      await one('(select count(*) from sales_order_lines where backordered > 0)'),
    );
    expect(figures.productsBelowReorderLevel).toBeGreaterThan(10);
    expect(figures.months).toHaveLength(12);
    expect(figures.months.every(({ month }) => /^\d{4}-\d{2}$/.test(month))).toBe(true);
    expect(figures.months.filter(({ sold }) => Number(sold) > 0).length).toBeGreaterThan(8);
    expect(figures.stockByWarehouse).toHaveLength(3);
    expect(figures.toReceive?.[0]?.overdue).toBe(true);
    expect(figures.lowStock?.length).toBeGreaterThan(5);
  });

  test('hides from everybody what they may not see', async () => {
    const clerk = await (await as('warehouse')).reports.dashboard();
    expect(clerk.stockValue).toBeNull();
    expect(clerk.months.every(({ purchased, sold }) => purchased === null && sold === null)).toBe(true);
    expect(clerk.stockByWarehouse?.every(({ value }) => value === null)).toBe(true);
    expect(clerk.openPurchaseOrders).toBeGreaterThan(0);
    const desk = await (await as('sales')).reports.dashboard();
    expect(desk).toMatchObject({ openPurchaseOrders: null, toReceive: null });
    const nobody = await (await as([])).reports.dashboard();
    expect(nobody).toMatchObject({ stockByWarehouse: null, lowStock: null, ordersToShip: null });
  });
});

describe('finding', () => {
  test('gives records of every kind, those with exactly this code first', async () => {
    const owner = await as('owner');
    const [order] = await acme.query<{ id: string; po_number: string }>(
      'select id, po_number from purchase_orders limit 1',
    );
    expect((await owner.reports.find({ text: order?.po_number ?? '' }))[0]).toMatchObject({
      kind: 'purchase_order',
      id: order?.id,
    });
    expect((await owner.reports.find({ text: 'V-007' }))[0]).toMatchObject({ kind: 'vendor' });
    expect((await owner.reports.find({ text: 'hex bolt' })).every(({ kind }) => kind === 'product')).toBe(
      true,
    );
    expect((await owner.reports.find({ text: 'bhiwandi' })).map(({ kind }) => kind)).toContain('warehouse');
  });

  test('tells the state of each as the state it is, for the screen to word', async () => {
    const owner = await as('owner');
    const waiting = await acme.query<{ id: string; po_number: string; name: string }>(
      `select o.id, o.po_number, v.name from purchase_orders o join vendors v on v.id = o.vendor_id
       where o.status = 'pending_approval' limit 1`,
    );
    expect(waiting).toHaveLength(1);
    const [order] = waiting;
    expect((await owner.reports.find({ text: order?.po_number ?? '' }))[0]).toEqual({
      kind: 'purchase_order',
      id: order?.id,
      title: order?.po_number,
      detail: order?.name,
      status: 'pending_approval',
    });
    for (const found of await owner.reports.find({ text: 'hex bolt' })) expect(found.status).toBe('active');
  });

  test('finds a product by its barcode', async () => {
    const [barcode] = await acme.query<{ barcode: string; product_id: string }>(
      'select barcode, product_id from product_barcodes limit 1',
    );
    const found = await (await as('warehouse')).reports.find({ text: barcode?.barcode ?? '' });
    expect(found).toMatchObject([{ kind: 'product', id: barcode?.product_id }]);
  });

  test('puts the record whose code was typed first, among however many that are named like it', async () => {
    const owner = await as('owner');
    const rivals = Array.from({ length: 8 }, (_, at) => `AAA zq8 ${String(at)}`);
    for (const [at, name] of [...rivals, 'Zinc washer'].entries()) {
      const last = at === rivals.length;
      await acme.query(
        `insert into products (tenant_id, id, sku, name, hsn_code, tax_class) values ($1, gen_random_uuid(), $2, $3, '7318', 'GST18')`,
        [acme.id, last ? 'ZQ8' : `R-${String(at)}`, name],
      );
      await acme.query(
        `insert into vendors (tenant_id, id, code, name) values ($1, gen_random_uuid(), $2, $3)`,
        [acme.id, last ? 'ZV1' : `ZV1${String(at)}`, name],
      );
    }
    expect((await owner.reports.find({ text: 'zq8' }))[0]).toMatchObject({
      kind: 'product',
      title: 'Zinc washer',
    });
    expect((await owner.reports.find({ text: 'zv1' }))[0]).toMatchObject({
      kind: 'vendor',
      title: 'Zinc washer',
    });
  });

  test('finds documents by series and number in any spelling, and orders by the numbers of their receipts and shipments', async () => {
    const owner = await as('owner');
    const latest = async (column: string, table: string, id = 'id') => {
      const [row] = await acme.query<{ number: string; id: string }>(
        `select ${column} as number, ${id} as id from ${table} where ${column} like '%/%' order by ${column} desc limit 1`,
      );
      return { number: row?.number ?? '', id: row?.id };
    };
    for (const { number, id } of [
      await latest('po_number', 'purchase_orders'),
      await latest('so_number', 'sales_orders'),
      await latest('receipt_number', 'goods_receipts', 'purchase_order_id'),
      await latest('shipment_number', 'shipments', 'sales_order_id'),
    ]) {
      const [series = '', year = '', digits = ''] = number.split('/');
      const short = String(Number(digits));
      for (const text of [
        `${series} ${short}`,
        `${series.toLowerCase()}${short}`,
        `${series} ${year} ${short}`,
        ` ${series.toLowerCase()}-${year}/${digits} `,
      ]) {
        expect([text, (await owner.reports.find({ text }))[0]?.id]).toEqual([text, id]);
      }
    }
    const receipt = await latest('receipt_number', 'goods_receipts', 'purchase_order_id');
    const [found] = await owner.reports.find({ text: `grn ${String(Number(receipt.number.slice(-5)))}` });
    expect(found?.detail.split(' · ')[0]).toBe(receipt.number);
    const bare = await owner.reports.find({ text: '00003' });
    expect(bare.slice(0, 2).map(({ title }) => title.slice(-6))).toEqual(['/00003', '/00003']);
    expect(await (await as('sales')).reports.find({ text: `grn ${receipt.number.slice(-5)}` })).toEqual([]);
  });

  test('leaves out what the person may not read, and takes any text', async () => {
    expect(await (await as('sales')).reports.find({ text: 'V-007' })).toEqual([]);
    expect(await (await as([])).reports.find({ text: 'bolt' })).toEqual([]);
    const owner = await as('owner');
    for (const text of ['%', "'", '\\', '((', 'a', '🙂']) await owner.reports.find({ text });
    for (const text of ['', '\0', 'x'.repeat(101)]) {
      expect((await problemOf(owner.reports.find({ text }))).code).toBe('INVALID');
    }
  });
});

describe('the audit trail', () => {
  test('is read page by page, the latest first', async () => {
    const owner = await as('owner');
    const times: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 5; page += 1) {
      const read: Awaited<ReturnType<typeof owner.reports.audit>> = await owner.reports.audit({
        limit: 7,
        cursor,
      });
      times.push(...read.items.map(({ at }) => at));
      cursor = read.nextCursor;
    }
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(times).size).toBe(35);
  });

  test('is filtered by kind, record, person and time', async () => {
    const owner = await as('owner');
    const [order] = await acme.query<{ id: string }>(
      "select id from purchase_orders where status = 'delivered' limit 1",
    );
    const ofOrder = await owner.reports.audit({ filter: { recordId: order?.id } });
    expect(ofOrder.items.map(({ action }) => action)).toContain('receive');
    const sales = await owner.reports.audit({ filter: { recordKind: 'sales_order' }, limit: 200 });
    expect(sales.items.every(({ recordKind }) => recordKind === 'sales_order')).toBe(true);
    expect((await owner.reports.audit({ filter: { to: '2001-01-01T00:00:00Z' } })).items).toEqual([]);
    expect((await problemOf(owner.reports.audit({ filter: { actor: 'x\0' } }))).code).toBe('INVALID');
  });

  test('keeps costs and bank details from those who may not see them, and records from those who may not read them', async () => {
    const owner = await as('owner');
    const product = await owner.products.create({
      sku: 'AUD-1',
      name: 'Audited',
      hsnCode: '7318',
      purchasePrice: '12.34',
    });
    await owner.products.update({ id: product.id, version: 1, purchasePrice: '56.78', salePrice: '99' });
    const vendor = await owner.vendors.create({
      code: 'AUD-V',
      name: 'Audited',
      bankDetails: { accountName: 'A', accountNumber: '123456789', ifsc: 'HDFC0001234' },
    });
    const read = async (permissions: string[], recordId: string) =>
      (await (await as([], ['audit:read', ...permissions])).reports.audit({ filter: { recordId }, limit: 1 }))
        .items;
    const [full] = await read(['products:read', 'costs:read'], product.id);
    expect(full?.changes).toMatchObject({ purchasePrice: { before: '12.3400', after: '56.7800' } });
    const [part] = await read(['products:read'], product.id);
    expect(Object.keys(part?.changes ?? {})).toEqual(['salePrice']);
    expect(await read([], product.id)).toEqual([]);
    const [masked] = await read(['vendors:read', 'vendors:read_bank'], vendor.id);
    expect(masked?.changes).toMatchObject({ bankDetails: { after: '••••' } });
    const [without] = await read(['vendors:read'], vendor.id);
    expect(without?.changes).not.toHaveProperty('bankDetails');
    expect((await problemOf((await as('buyer')).reports.audit({}))).code).toBe('FORBIDDEN');
  });
});
