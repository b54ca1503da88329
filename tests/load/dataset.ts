import pg from 'pg';

export const datasetSize = {
  products: 100_000,
  vendors: 2_000,
  inventory: 100_000,
  purchaseOrders: 50_000,
  linesPerOrder: 3,
};

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
export const categories = Array.from(
  { length: 40 },
  (_, index) => `Category ${String(index + 1).padStart(2, '0')}`,
);

const array = (words: readonly string[]) =>
  `array[${words.map((word) => pg.escapeLiteral(word)).join(', ')}]`;

/** A warehouse, and as many records as the benchmark is defined on, made by SQL inside the database. */
export async function makeDataset(databaseUrl: string, log: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ tenant_id: string }>('select tenant_id from tenant_identity');
    const tenant = pg.escapeLiteral(rows[0]?.tenant_id ?? '');
    for (const [what, statement] of Object.entries(statements(tenant))) {
      const started = performance.now();
      await client.query(statement);
      log(`  ${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
  } finally {
    await client.end();
  }
}

function statements(tenant: string): Record<string, string> {
  const { products, vendors, inventory, purchaseOrders, linesPerOrder } = datasetSize;
  return {
    'settings and a warehouse': `
      update tenant_settings set gstin = '27AAPFU0939F1ZV', address = '{"stateCode":"27"}';
      insert into warehouses (id, tenant_id, code, name, address)
        select uuidv7(), ${tenant}, 'W' || n, 'Warehouse ' || n, '{"stateCode":"27"}' from generate_series(1, 2) n;
      insert into bins (id, tenant_id, warehouse_id, code, is_default)
        select uuidv7(), ${tenant}, id, 'MAIN', true from warehouses`,
    vendors: `
      insert into vendors (id, tenant_id, code, name, email, address, gst_registration)
        select uuidv7(), ${tenant}, 'V' || lpad(n::text, 6, '0'), (${array(makes)})[1 + n % 10] || ' Traders ' || n,
          'vendor' || n || '@example.test', jsonb_build_object('stateCode', (array['27', '29'])[1 + n % 2]), 'regular'
        from generate_series(1, ${vendors}) n`,
    products: `
      insert into products (id, tenant_id, sku, name, category, purchase_price, sale_price, hsn_code, tax_class)
        select uuidv7(), ${tenant}, 'SKU-' || lpad(n::text, 7, '0'),
          (${array(makes)})[1 + n % 10] || ' ' || (${array(materials)})[1 + n / 10 % 10] || ' '
            || (${array(nouns)})[1 + n / 100 % 10] || ' ' || n / 7,
          (${array(categories)})[1 + n * 7 % 40], 10 + n % 500, 15 + n % 700, '8482', (array['GST5', 'GST12', 'GST18'])[1 + n % 3]
        from generate_series(1, ${products}) n`,
    'inventory with its ledger': `
      create temp table opening as select p.id as product_id, b.warehouse_id, b.id as bin_id, 5 + p.n % 90 as quantity,
          (5 + p.n % 90) * p.purchase_price as value
        from (select id, purchase_price, row_number() over (order by sku) as n from products) p
        cross join lateral (select id, warehouse_id from bins order by code, id limit 1) b limit ${inventory};
      insert into stock_movements (id, tenant_id, product_id, warehouse_id, bin_id, kind, quantity, unit_cost, value,
          quantity_after, value_after, document_kind, occurred_at)
        select uuidv7(), ${tenant}, product_id, warehouse_id, bin_id, 'adjustment', quantity, value / quantity, value,
          quantity, value, 'opening', now() from opening;
      insert into inventory (tenant_id, product_id, warehouse_id, bin_id, quantity_on_hand, valuation, last_movement_at)
        select ${tenant}, product_id, warehouse_id, bin_id, quantity, value, now() from opening`,
    'purchase orders': `
      create temp table chosen as select array_agg(id) as ids from (select id from vendors order by code) v;
      insert into purchase_orders (id, tenant_id, po_number, vendor_id, warehouse_id, order_date, inter_state, subtotal,
          discount, tax, shipping, total, line_count)
        select uuidv7(), ${tenant}, 'PO/25-26/' || lpad(n::text, 5, '0'), (select ids[1 + n % ${vendors}] from chosen),
          (select id from warehouses order by code limit 1), date '2025-04-01' + n % 360, n % 2 = 1, 3000, 0, 540, 0, 3540,
          ${linesPerOrder}
        from generate_series(1, ${purchaseOrders}) n`,
    'their lines': `
      create temp table numbered as select id, row_number() over (order by sku) as n from products;
      create index on numbered (n);
      insert into purchase_order_lines (id, tenant_id, purchase_order_id, line_number, product_id, hsn_code, ordered,
          unit_price, discount, tax_percent, net, cgst, sgst)
        select uuidv7(), ${tenant}, o.id, l, p.id, '8482', 10, 100, 0, 18, 1000, 90, 90
        from (select id, row_number() over (order by po_number) as n from purchase_orders) o
        cross join generate_series(1, ${linesPerOrder}) l
        join numbered p on p.n = 1 + (o.n * 13 + l * 37) % ${products}`,
    statistics: 'vacuum analyze',
  };
}
