import { isProvisional, provisionalName } from '../../documents/numbers.contract.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPlatform } from '../../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../../tests/fixtures/tenant.ts';
import { today } from '../../ground/days.contract.ts';
import { aadhaarCheckDigit } from '../../domains/employees/employees.contract.ts';
import { gstinSchema } from '../../ground/india.contract.ts';
import { seedTenant } from './seed-tenant.ts';

let platform: TestPlatform;
let acme: TestTenant;
let globex: TestTenant;
let took: number;

beforeAll(async () => {
  platform = await testPlatform();
  [acme, globex] = [await platform.tenant('acme'), await platform.tenant('globex')];
  for (const role of ['owner', 'buyer', 'approver', 'warehouse', 'sales', 'viewer']) await acme.as(role);
  await globex.as('owner');
  const started = performance.now();
  await seedTenant(platform.tenancy, 'acme');
  took = performance.now() - started;
  await seedTenant(platform.tenancy, 'globex');
});
afterAll(() => platform.close());

const count = async (tenant: TestTenant, from: string) =>
  Number((await tenant.query<{ n: string }>(`select count(*) as n from ${from}`))[0]?.n);

test('a tenant is filled in seconds', () => {
  // Two to three on an idle machine; the suite shares it with others.
  expect(took).toBeLessThan(15_000);
});

describe.each(['acme', 'globex'])('%s', (slug) => {
  const tenant = () => (slug === 'acme' ? acme : globex);

  test('has as much of everything as a year of business leaves', async () => {
    expect(await count(tenant(), 'vendors')).toBeGreaterThanOrEqual(40);
    expect(await count(tenant(), 'products')).toBe(500);
    expect(await count(tenant(), 'customers')).toBeGreaterThanOrEqual(40);
    expect(await count(tenant(), 'warehouses')).toBe(3);
    expect(await count(tenant(), 'purchase_orders')).toBe(150);
    expect(await count(tenant(), 'sales_orders')).toBe(150);
    expect(await count(tenant(), 'employees')).toBe(25);
    expect(await count(tenant(), 'stock_movements')).toBeGreaterThan(1200);
    expect(await count(tenant(), 'employees where manager_id is null')).toBeLessThan(3);
  });

  test('has purchase and sales orders in every state', async () => {
    const states = async (table: string) =>
      (await tenant().query<{ status: string }>(`select distinct status from ${table} order by status`)).map(
        ({ status }) => status,
      );
    expect(await states('purchase_orders')).toEqual(
      [
        'draft',
        'pending_approval',
        'confirmed',
        'partially_delivered',
        'delivered',
        'closed',
        'cancelled',
      ].sort(),
    );
    expect(await states('sales_orders')).toEqual(
      ['draft', 'confirmed', 'partially_shipped', 'shipped', 'delivered', 'closed', 'cancelled'].sort(),
    );
    expect(await count(tenant(), "sales_orders where payment_status = 'partially_paid'")).toBeGreaterThan(3);
    expect(await count(tenant(), 'sales_order_lines where backordered > 0')).toBeGreaterThan(5);
    expect(
      await count(tenant(), `purchase_orders where status = 'confirmed' and expected_date < '${today()}'`),
    ).toBeGreaterThan(3);
    expect(
      await count(tenant(), "purchase_orders where status = 'pending_approval' and total <= 50000"),
    ).toBe(0);
  });

  test('has some products, not most, at or below their reorder level', async () => {
    const low = await count(
      tenant(),
      `products p where p.status = 'active' and p.reorder_level > 0 and p.reorder_level >= (
         select coalesce(sum(quantity_on_hand + quantity_in_transit - quantity_reserved), 0) from inventory i where i.product_id = p.id)`,
    );
    expect(low).toBeGreaterThan(10);
    expect(low).toBeLessThan(80);
  });

  test('sells about as much in every month, and over the year more than it buys', async () => {
    const months = await tenant().query<{ orders: number; sold: string; bought: string }>(
      `
      with sold as (select date_trunc('month', order_date) as month, count(*)::int as orders, sum(total - cancelled_value) as sold
        from sales_orders where status not in ('draft', 'cancelled') group by 1),
      bought as (select date_trunc('month', order_date) as month, sum(total - cancelled_value) as bought from purchase_orders
        where status in ('confirmed', 'partially_delivered', 'delivered', 'closed') group by 1)
      select orders, sold, bought from sold join bought using (month)
      where month > $1::date - interval '1 year' and month < date_trunc('month', $1::date)`,
      [today()],
    );
    expect(months.length).toBeGreaterThanOrEqual(11);
    for (const { orders, sold, bought } of months) {
      expect(orders).toBeGreaterThanOrEqual(8);
      expect(orders).toBeLessThanOrEqual(13);
      expect(Number(sold) / Number(bought)).toBeGreaterThan(0.5);
      expect(Number(sold) / Number(bought)).toBeLessThan(3);
    }
    // Where a month begins among the orders depends on today; what the year comes to doesn't.
    const total = (of: 'sold' | 'bought') => months.reduce((sum, month) => sum + Number(month[of]), 0);
    expect(total('sold') / total('bought')).toBeGreaterThan(1.1);
  });

  test('the ledger of every place adds up to what lies there, step by step', async () => {
    const differing = await tenant().query(`
      with steps as (
        select *, sum(quantity) over place as summed_quantity, sum(value) over place as summed_value,
          row_number() over (place rows between current row and unbounded following) as n,
          lag(occurred_at) over place as before
        from stock_movements window place as (partition by product_id, warehouse_id, bin_id order by sequence))
      select * from steps where summed_quantity <> quantity_after or summed_value <> value_after or occurred_at < before
        or occurred_at > now()`);
    expect(differing).toEqual([]);
    const totals = await tenant().query(`
      select i.*, l.quantity, l.value from inventory i
      full join (select product_id, warehouse_id, bin_id, sum(quantity) as quantity, sum(value) as value
        from stock_movements group by 1, 2, 3) l using (product_id, warehouse_id, bin_id)
      where i.id is null or i.quantity_on_hand <> coalesce(l.quantity, 0) or i.valuation <> coalesce(l.value, 0)`);
    expect(totals).toEqual([]);
  });

  test('what is reserved in the places is what the sales orders hold', async () => {
    const places = await tenant().query(`
      select i.id from inventory i left join (select inventory_id, sum(quantity) as held from stock_reservations group by 1) r
        on r.inventory_id = i.id where i.quantity_reserved <> coalesce(r.held, 0)`);
    expect(places).toEqual([]);
    const lines = await tenant().query(`
      select l.id from sales_order_lines l join products p on p.id = l.product_id and p.kind = 'tracked'
      left join (select sales_order_line_id, sum(quantity) as held from stock_reservations group by 1) r
        on r.sales_order_line_id = l.id where l.reserved <> coalesce(r.held, 0)`);
    expect(lines).toEqual([]);
    const open = await tenant().query(`
      select o.so_number, l.* from sales_order_lines l join sales_orders o on o.id = l.sales_order_id
      where case when o.status in ('confirmed', 'partially_shipped')
        then l.reserved + l.backordered + l.shipped + l.cancelled <> l.ordered
        else l.reserved <> 0 or l.backordered <> 0 end`);
    expect(open).toEqual([]);
    const missed = await tenant().query(`
      select l.id from sales_order_lines l join sales_orders o on o.id = l.sales_order_id
      where l.backordered > 0 and (select coalesce(sum(i.quantity_on_hand - i.quantity_reserved), 0) from inventory i
        where i.product_id = l.product_id and i.warehouse_id = o.warehouse_id) > 0`);
    expect(missed).toEqual([]);
  });

  test('what is on its way is what the purchase orders still expect', async () => {
    const differing = await tenant().query(`
      select coalesce(i.product_id, e.product_id), i.transit, e.expected from
        (select product_id, warehouse_id, sum(quantity_in_transit) as transit from inventory group by 1, 2) i
      full join (select l.product_id, o.warehouse_id, sum(greatest(l.ordered - l.received - l.cancelled, 0)) as expected
        from purchase_order_lines l join purchase_orders o on o.id = l.purchase_order_id
        join products p on p.id = l.product_id and p.kind = 'tracked'
        where o.status in ('confirmed', 'partially_delivered') group by 1, 2) e using (product_id, warehouse_id)
      where coalesce(i.transit, 0) <> coalesce(e.expected, 0)`);
    expect(differing).toEqual([]);
    expect(
      await count(
        tenant(),
        'inventory i join bins b on b.id = i.bin_id where i.quantity_in_transit > 0 and not b.is_default',
      ),
    ).toBe(0);
  });

  test('receipts, shipments and payments add up to their orders', async () => {
    const differing = await tenant().query(`
      select 'receipt', l.id from purchase_order_lines l
        left join (select purchase_order_line_id as id, sum(quantity) as q, sum(value) as v from goods_receipt_lines group by 1) g
        using (id) where l.received <> coalesce(g.q, 0) or l.received_value <> coalesce(g.v, 0)
      union all select 'complete', l.id from purchase_order_lines l
        where l.received = l.ordered and l.received_value <> l.net + l.shipping_share
      union all select 'shipment', l.id from sales_order_lines l
        left join (select sales_order_line_id as id, sum(quantity) as q, sum(cost) as c from shipment_lines group by 1) s
        using (id) where l.shipped <> coalesce(s.q, 0) or l.cost_of_goods <> coalesce(s.c, 0)
      union all select 'movement', g.id from goods_receipt_lines g join stock_movements m on m.id = g.movement_id
        where m.value <> g.value or m.quantity <> g.quantity or m.document_line_id <> g.purchase_order_line_id
      union all select 'payment', o.id from sales_orders o
        left join (select sales_order_id as id, sum(amount) as a from payments group by 1) p using (id)
        where o.paid <> coalesce(p.a, 0)
      union all select 'lines', o.id from purchase_orders o join (select purchase_order_id as id, count(*) as n,
          sum(net + cgst + sgst + igst) as t, sum(shipping_share) as s from purchase_order_lines group by 1) l using (id)
        where o.line_count <> l.n or o.total <> l.t + o.shipping or o.shipping <> l.s
      union all select 'lines', o.id from sales_orders o join (select sales_order_id as id, count(*) as n,
          sum(net + cgst + sgst + igst) as t from sales_order_lines group by 1) l using (id)
        where o.line_count <> l.n or o.total <> l.t + o.shipping
      union all select 'no lines', o.id from sales_orders o where line_count = 0`);
    expect(differing).toEqual([]);
  });

  test('vendors’ totals and customers’ debts are those of their orders', async () => {
    const vendors = await tenant().query(`
      select v.code from vendors v left join (select vendor_id, count(*) as n, sum(total - cancelled_value) as spent
        from purchase_orders where status not in ('draft', 'pending_approval', 'cancelled') group by 1) o on o.vendor_id = v.id
      where v.total_orders <> coalesce(o.n, 0) or v.total_spent <> coalesce(o.spent, 0)`);
    expect(vendors).toEqual([]);
    const customers = await tenant().query(`
      select c.code from customers c left join (select customer_id, sum(greatest(total - cancelled_value - paid, 0)) as owed
        from sales_orders where status not in ('draft', 'cancelled') group by 1) o on o.customer_id = c.id
      where c.outstanding <> coalesce(o.owed, 0)`);
    expect(customers).toEqual([]);
  });

  test('document numbers are gapless per financial year, and the next one follows; drafts have none', async () => {
    for (const [table, column, series] of [
      ['purchase_orders', 'po_number', 'PO'],
      ['sales_orders', 'so_number', 'SO'],
      ['goods_receipts', 'receipt_number', 'GRN'],
      ['shipments', 'shipment_number', 'SHP'],
    ] as const) {
      const rows = await tenant().query(`
        with used as (select split_part(${column}, '/', 2) as year, split_part(${column}, '/', 3)::int as number from ${table}
          where ${column} not like 'DRAFT-%')
        select count(*)::int as n, max(number) as last, (select last_number from number_series k
          where k.series = '${series}' and k.financial_year = used.year) as kept from used group by year`);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every(({ n, last, kept }) => n === last && n === kept)).toBe(true);
    }
    const named = await tenant().query<{ id: string; number: string; status: string }>(
      `select id, po_number as number, status from purchase_orders
       union all select id, so_number, status from sales_orders`,
    );
    const early = new Set(['draft', 'cancelled']);
    for (const { id, number, status } of named) {
      if (status === 'draft') expect(number).toBe(provisionalName(id));
      if (!early.has(status)) expect(isProvisional(number)).toBe(false);
    }
  });

  test('GSTINs, PANs and Aadhaar digits are sound, and nothing secret lies open', async () => {
    const parties = await tenant().query<{ gstin: string; state: string; pan: string | null }>(`
      select gstin, address->>'stateCode' as state, pan from vendors where gstin is not null
      union all select gstin, billing_address->>'stateCode', null from customers where gstin is not null
      union all select gstin, address->>'stateCode', null from tenant_settings`);
    for (const { gstin, state, pan } of parties) {
      expect(gstinSchema.safeParse(gstin).success).toBe(true);
      expect(gstin.slice(0, 2)).toBe(state);
      if (pan) expect(gstin.slice(2, 12)).toBe(pan);
    }
    const people = await tenant().query<{ pan_encrypted: string; pan_masked: string; aadhaar_hash: string }>(
      'select pan_encrypted, pan_masked, aadhaar_hash from employees where pan_encrypted is not null',
    );
    const box = platform.control.boxOf(tenant().id);
    for (const person of people) {
      const pan = box.open(person.pan_encrypted);
      expect(pan).toMatch(/^[A-Z]{3}P[A-Z]\d{4}[A-Z]$/);
      expect(person.pan_masked).toBe(`${pan.slice(0, 5)}••••${pan.slice(9)}`);
    }
    expect(aadhaarCheckDigit('23412341234')).toBe('6');
  });
});

test('the same again changes nothing', async () => {
  expect(await seedTenant(platform.tenancy, 'acme')).toBe(false);
  expect(await count(acme, 'products')).toBe(500);
});

test('the two tenants have no party, no product id and no order in common', async () => {
  for (const column of ['vendors.name', 'products.id', 'purchase_orders.id', 'employees.email']) {
    const [table = ''] = column.split('.');
    const values = async (tenant: TestTenant) =>
      (await tenant.query<{ v: string }>(`select ${column} as v from ${table}`)).map(({ v }) => v);
    const mine = new Set(await values(acme));
    const shared = (await values(globex)).filter((value) => mine.has(value));
    expect(shared.length).toBeLessThan(table === 'vendors' ? 6 : 1);
  }
});
