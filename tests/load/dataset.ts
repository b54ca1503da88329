import pg from 'pg';

/** A company of real size; `companySize` takes a part of it where a test has less time. */
const whole = {
  products: 200_000,
  placesPerProduct: 2,
  /** Each place is opened and received into; every second one is issued from. */
  movementsPerProduct: 5,
  vendors: 5000,
  customers: 5000,
  employees: 1000,
  purchaseOrders: 60_000,
  salesOrders: 60_000,
  linesPerOrder: 3,
  auditEntries: 300_000,
};
export type CompanySize = typeof whole;

/** Scales every large table by `part`: 1 is the benchmark's own size. */
export function companySize(part = 1): CompanySize {
  const { placesPerProduct, movementsPerProduct, linesPerOrder, ...many } = whole;
  const scaled = Object.fromEntries(
    Object.entries(many).map(([name, count]) => [name, Math.round(count * part)]),
  ) as typeof many;
  return { ...scaled, placesPerProduct, movementsPerProduct, linesPerOrder };
}

/** Words that the searches of the benchmark use; every product's name has three of such. */
export const nouns = [
  'Bearing',
  'Bracket',
  'Cable',
  'Filter',
  'Gasket',
  'Hinge',
  'Motor',
  'Pump',
  'Relay',
  'Valve',
];
const materials = [
  'Alloy',
  'Brass',
  'Carbon',
  'Copper',
  'Nylon',
  'Rubber',
  'Steel',
  'Teflon',
  'Titanium',
  'Zinc',
];
const makes = [
  'Ashoka',
  'Bharat',
  'Chola',
  'Deccan',
  'Ganga',
  'Himalaya',
  'Indus',
  'Konkan',
  'Malabar',
  'Narmada',
];
/** Every twentieth product and every tenth party is written in Devanagari. */
const hindiNouns = ['बोल्ट', 'वाल्व', 'पंप', 'मोटर', 'केबल', 'फ़िल्टर'];
const hindiMakes = ['अशोक', 'भारत', 'गंगा', 'नर्मदा'];
export const categories = Array.from(
  { length: 40 },
  (_, index) => `Category ${String(index + 1).padStart(2, '0')}`,
);

const array = (words: readonly string[]) =>
  `array[${words.map((word) => pg.escapeLiteral(word)).join(', ')}]`;
const oneOf = (words: readonly string[], n: string) =>
  `(${array(words)})[1 + (${n}) % ${String(words.length)}]`;
/** Scatters whole numbers: neighbours in one column lie far apart in the other. */
const scattered = (n: string, below: number) => `(${n}::bigint * 7919 % ${String(below)})`;

/** A company's records of `size`, made by SQL inside the database; `databaseUrl` is the superuser's. */
export async function makeDataset(
  databaseUrl: string,
  size: CompanySize,
  log: (line: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ tenant_id: string }>('select tenant_id from tenant_identity');
    const tenant = pg.escapeLiteral(rows[0]?.tenant_id ?? '');
    // The rows are made with valid references; checking each of three million would take most of the time.
    await client.query(
      `set session_replication_role = replica; set maintenance_work_mem = '256MB'; set work_mem = '64MB'`,
    );
    for (const [what, statement] of Object.entries(statements(tenant, size))) {
      const started = performance.now();
      await client.query(statement);
      log(`  ${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
  } finally {
    await client.end();
  }
}

const partyName = (n: string) =>
  `case when ${n} % 10 = 0 then ${oneOf(hindiMakes, `${n} / 10`)} || ' ट्रेडर्स ' || ${n} else ${oneOf(makes, n)} || ' Traders ' || ${n} end`;

function statements(tenant: string, size: CompanySize): Record<string, string> {
  const series = (count: number) => `generate_series(1, ${String(count)}) n`;
  return {
    'settings and warehouses': `
      update tenant_settings set gstin = '27AAPFU0939F1ZV', address = '{"stateCode":"27"}';
      insert into warehouses (id, tenant_id, code, name, address)
        select uuidv7(), ${tenant}, 'W' || n, 'Warehouse ' || n, '{"stateCode":"27"}' from generate_series(1, 4) n;
      insert into bins (id, tenant_id, warehouse_id, code, is_default)
        select uuidv7(), ${tenant}, w.id, case n when 0 then 'MAIN' else 'A-' || n end, n = 0
        from warehouses w cross join generate_series(0, 24) n`,
    'vendors, customers, employees': `
      insert into vendors (id, tenant_id, code, name, email, address, gst_registration, rating, total_orders, total_spent, status)
        select uuidv7(), ${tenant}, 'V' || lpad(n::text, 6, '0'), ${partyName('n')}, 'vendor' || n || '@example.test',
          jsonb_build_object('stateCode', (array['27', '29'])[1 + n % 2]), 'regular', nullif(n % 6, 0),
          ${scattered('n', 997)}, ${scattered('n', 99_991)}, case when n % 50 = 0 then 'inactive' when n % 500 = 1 then 'suspended' else 'active' end
        from ${series(size.vendors)};
      insert into customers (id, tenant_id, code, name, billing_address, outstanding, status)
        select uuidv7(), ${tenant}, 'C' || lpad(n::text, 6, '0'), ${partyName('n')},
          jsonb_build_object('stateCode', (array['27', '29'])[1 + n % 2]), ${scattered('n', 99_991)},
          case when n % 50 = 0 then 'inactive' when n % 500 = 1 then 'suspended' else 'active' end
        from ${series(size.customers)};
      insert into employees (id, tenant_id, employee_code, name, email, department, status)
        select uuidv7(), ${tenant}, 'E' || lpad(n::text, 5, '0'), ${oneOf(makes, 'n')} || ' Kumar ' || n, n || '@people.test',
          nullif('Department ' || n % 9, 'Department 0'), case when n % 50 = 0 then 'inactive' else 'active' end
        from ${series(size.employees)}`,
    products: `
      insert into products (id, tenant_id, sku, name, category, kind, purchase_price, sale_price, hsn_code, tax_class,
          reorder_level, reorder_quantity, status, updated_at)
        select uuidv7(), ${tenant}, 'SKU-' || lpad(n::text, 7, '0'),
          case when n % 20 = 0 then ${oneOf(hindiMakes, 'n / 20')} || ' ' || ${oneOf(hindiNouns, 'n / 80')} || ' M' || n % 40 || ' ' || n / 7
            else ${oneOf(makes, 'n')} || ' ' || ${oneOf(materials, 'n / 10')} || ' ' || ${oneOf(nouns, 'n / 100')} || ' ' || n / 7 end,
          ${oneOf(categories, 'n * 7')}, case when n % 1000 = 3 then 'service' else 'tracked' end,
          10 + ${scattered('n', 9973)} / 10.0, 15 + ${scattered('n', 9967)} / 10.0, '8482', ${oneOf(['GST5', 'GST12', 'GST18'], 'n')},
          case when n % 10 = 0 then 40 else 0 end, 100, case when n % 100 = 7 then 'inactive' else 'active' end,
          now() - ${scattered('n', 999_983)} * interval '1 minute'
        from ${series(size.products)};
      create temp table numbered as select id, sku, name, purchase_price as cost, row_number() over (order by sku) as n from products;
      create unique index on numbered (n);
      analyze numbered`,
    'places and the ledger': `
      create temp table places as
        select p.n, p.id as product_id, b.warehouse_id, b.id as bin_id, p.cost, 5 + ${scattered('(p.n + b.place)', 83)} as opened,
          10 as received, case when (p.n + b.place) % 2 = 0 then 5 else 0 end as issued,
          now() - interval '400 days' + ${scattered('p.n', 86_399)} * interval '1 second' as since,
          ${scattered('(p.n * 2 + b.place)', 350)} as day
        from numbered p join (select id, warehouse_id, row_number() over (order by code, id) - 1 as place from bins) b
          on b.place in (p.n % 100, (p.n + 37) % 100);
      insert into stock_movements (id, tenant_id, product_id, warehouse_id, bin_id, kind, quantity, unit_cost, value,
          quantity_after, value_after, document_kind, document_number, reason, occurred_at, actor)
        select uuidv7(), ${tenant}, product_id, warehouse_id, bin_id, kind, quantity, cost, round(quantity * cost, 2), after,
          round(after * cost, 2), document, number, reason, at, 'Asha'
        from places cross join lateral (values
          (1, 'adjustment', opened::numeric, opened::numeric, 'opening', null, 'opening', since),
          (2, 'receipt', received, opened + received, 'purchase_order', 'GRN/25-26/' || lpad((n % 50000)::text, 5, '0'), null,
            since + (day + 1) * interval '1 day'),
          (3, 'issue', -issued, opened + received - issued, 'sales_order', 'SHP/25-26/' || lpad((n % 50000)::text, 5, '0'), null,
            since + (day + 20) * interval '1 day')) as m (step, kind, quantity, after, document, number, reason, at)
        where quantity <> 0 order by step, since;
      insert into inventory (tenant_id, product_id, warehouse_id, bin_id, quantity_on_hand, quantity_in_transit, valuation,
          last_movement_at, last_received_at, last_issued_at)
        select ${tenant}, product_id, warehouse_id, bin_id, opened + received - issued, case when n % 500 = 0 then 25 else 0 end,
          round((opened + received - issued) * cost, 2), since + (day + 20) * interval '1 day', since + (day + 1) * interval '1 day',
          case when issued > 0 then since + (day + 20) * interval '1 day' end
        from places`,
    'purchase orders': ordersOf(tenant, size, {
      table: 'purchase_orders',
      count: size.purchaseOrders,
      number: ['po_number', 'PO'],
      party: ['vendor_id', 'vendors'],
      due: 'expected_date',
      states: `case when n % 100 = 1 then 'draft' when n % 2000 = 2 then 'pending_approval' when n % 100 < 6 then 'confirmed'
        when n % 100 < 9 then 'partially_delivered' when n % 100 < 20 then 'delivered' when n % 100 = 20 then 'cancelled' else 'closed' end`,
      lines: { table: 'purchase_order_lines', order: 'purchase_order_id', more: { received: '10' } },
    }),
    'sales orders': ordersOf(tenant, size, {
      table: 'sales_orders',
      count: size.salesOrders,
      number: ['so_number', 'SO'],
      party: ['customer_id', 'customers'],
      due: 'promised_date',
      states: `case when n % 100 = 1 then 'draft' when n % 100 < 6 then 'confirmed' when n % 100 < 9 then 'partially_shipped'
        when n % 100 < 15 then 'shipped' when n % 100 < 20 then 'delivered' when n % 100 = 20 then 'cancelled' else 'closed' end`,
      lines: {
        table: 'sales_order_lines',
        order: 'sales_order_id',
        more: { backordered: `case when o.status = 'confirmed' and l = 1 then 4 else 0 end` },
      },
    }),
    'the audit trail': `
      insert into audit_log (id, tenant_id, at, actor, action, record_kind, record_id, record_label, changes)
        select uuidv7(), ${tenant}, now() - a.n * interval '2 minutes', ${oneOf(['Asha Rao', 'Bina Shah', 'Café clerk', 'संगीता', 'Dev Kumar'], 'a.n')},
          ${oneOf(['create', 'update', 'update', 'deactivate'], 'a.n')}, 'product', p.id, p.sku || ' · ' || p.name,
          jsonb_build_object('salePrice', jsonb_build_object('before', a.n % 97, 'after', a.n % 89))
        from generate_series(1, ${String(size.auditEntries)}) as a(n)
        join numbered p on p.n = 1 + ${scattered('a.n', size.products)}`,
    // Their triggers didn't run either.
    'running totals': 'select rebuild_running_totals()',
    'statistics and visibility': 'vacuum analyze',
  };
}

interface OrderTable {
  table: string;
  count: number;
  /** The column of the number, and the series. */
  number: [column: string, series: string];
  party: [column: string, table: string];
  due: string;
  /** The state by `n`. */
  states: string;
  lines: { table: string; order: string; more: Readonly<Record<string, string>> };
}

function ordersOf(tenant: string, { linesPerOrder, products }: CompanySize, of: OrderTable): string {
  const { lines } = of;
  return `
    create temp table ${of.table}_made as
      select uuidv7() as id, n, ${of.states} as status, party.ids[1 + n % cardinality(party.ids)] as party_id,
        house.ids[1 + n % 4] as warehouse_id
      from generate_series(1, ${String(of.count)}) n, (select array_agg(id order by code) as ids from ${of.party[1]}) party,
        (select array_agg(id order by code) as ids from warehouses) house;
    insert into ${of.table} (id, tenant_id, ${of.number[0]}, status, ${of.party[0]}, warehouse_id, order_date, ${of.due}, inter_state,
        subtotal, discount, tax, shipping, total, line_count, updated_at)
      select id, ${tenant}, '${of.number[1]}/25-26/' || lpad(n::text, 5, '0'), status, party_id, warehouse_id,
        current_date - ${scattered('n', 727)}::int, case when n % 5 > 0 then current_date - ${scattered('n', 727)}::int + 14 end,
        n % 2 = 1, 1000 + ${scattered('n', 99_991)}, 0, 180, 0, 1180 + ${scattered('n', 99_991)}, ${String(linesPerOrder)},
        now() - ${scattered('n', 999_983)} * interval '1 minute'
      from ${of.table}_made;
    insert into ${lines.table} (id, tenant_id, ${lines.order}, line_number, product_id, hsn_code, ordered, unit_price, discount,
        tax_percent, net, cgst, sgst, ${Object.keys(lines.more).join(', ')})
      select uuidv7(), ${tenant}, o.id, l, p.id, '8482', 10, 100, 0, 18, 1000, 90, 90, ${Object.values(lines.more).join(', ')}
      from ${of.table}_made o cross join generate_series(1, ${String(linesPerOrder)}) l
      join numbered p on p.n = 1 + (o.n * 13 + l * 37) % ${String(products)}`;
}
