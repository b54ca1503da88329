import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explained } from '../../tests/fixtures/plans.ts';
import { freshDatabase } from '../../tests/fixtures/postgres.ts';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import { hasWords, searchKey } from '../ground/search-key.contract.ts';
import { domainMigrations, loadMigrations } from '../db/migrating/migration-files.ts';
import { migrateDatabase } from '../db/migrating/migrate-database.ts';

let trade: TradingTenant;

beforeAll(async () => {
  trade = await tradingTenant('words');
});
afterAll(() => trade.close());

const bolt = { hsnCode: '7318' };
const unregistered = { gstRegistration: 'unregistered' as const };

describe('words are found', () => {
  /** Typed, and how it is written in the records: each finds the other. */
  const spellings = [
    ['cafe', 'Café'],
    ['Café', 'CAFE'],
    ['cafe\u0301', 'Caf\u00e9'],
    ['\u091c\u093c\u0930\u0942\u0930', '\u095b\u0930\u0942\u0930'],
    ['\u095b\u0930\u0942\u0930', '\u091c\u093c\u0930\u0942\u0930'],
    ['\u091c\u0930\u0942\u0930', '\u091c\u093c\u0930\u0942\u0930'],
    ['strasse', 'Straße'],
    ['sodertalje', 'Södertälje'],
    ['orsted', 'Ørsted'],
    ['ΟΔΟΣ', 'οδος'],
    ['M８', 'M8'],
    ['baseball', 'base\u200bball'],
    ['handball', 'hand\u{1bca0}b\u{1d173}all'],
    ['size m', 'Size\u2028M'],
  ] as const;

  const lists = {
    vendors: () => trade.owner.vendors,
    customers: () => trade.owner.customers,
    products: () => trade.owner.products,
    employees: () => trade.owner.employees,
    warehouses: () => trade.owner.warehouses,
  };
  const names = Object.fromEntries(spellings.map(([, written], index) => [`N${String(index)}`, written]));

  beforeAll(async () => {
    const { owner } = trade;
    for (const [code, written] of Object.entries(names)) {
      const name = `${written} ${code}`;
      const vendor = await owner.vendors.create({
        code: `${code}-V`,
        name,
        ...unregistered,
        address: { stateCode: '27' },
      });
      const customer = await owner.customers.create({
        code: `${code}-C`,
        name,
        ...unregistered,
        billingAddress: { stateCode: '27' },
      });
      const product = await owner.products.create({ sku: `${code}-P`, name, ...bolt });
      await owner.employees.create({ employeeCode: `${code}-E`, name, email: `${code}@example.test` });
      await owner.warehouses.create({ code: `${code}-W`, name });
      const { warehouseId } = trade;
      const line = { productId: product.id, quantity: '1', unitPrice: '1' };
      await owner.inventory.adjust({
        productId: product.id,
        warehouseId,
        quantity: '1',
        unitCost: '1',
        reason: 'opening',
      });
      await owner.purchaseOrders.create({ vendorId: vendor.id, warehouseId, lines: [line] });
      await owner.salesOrders.create({ customerId: customer.id, warehouseId, lines: [line] });
    }
  });

  test.each(spellings.map(([typed, written], index) => [typed, written, `N${String(index)}`] as const))(
    '%s finds %s in every list and in the palette',
    async (typed, _written, code) => {
      const { owner } = trade;
      const search = `${typed} ${code}`;
      for (const [what, list] of Object.entries(lists)) {
        const { items } = await list().list({ search });
        expect(
          items.map(({ name }) => name),
          what,
        ).toEqual([`${names[code] ?? ''} ${code}`.normalize('NFC')]);
      }
      const others = {
        stock: owner.inventory.list({ search }),
        movements: owner.inventory.movements({ search }),
        'purchase orders': owner.purchaseOrders.list({ search }),
        'sales orders': owner.salesOrders.list({ search }),
      };
      for (const [what, page] of Object.entries(others)) expect((await page).items, what).toHaveLength(1);
      const found = await owner.reports.find({ text: search, limit: 10 });
      expect(found.map(({ kind }) => kind).sort()).toEqual([
        'customer',
        'employee',
        'product',
        'purchase_order',
        'sales_order',
        'vendor',
        'warehouse',
      ]);
    },
  );

  test('in a list that is here already as the server would find them: letters, marks and scripts have one key', async () => {
    const written = spellings.flat();
    const keyed = async (texts: string[]) =>
      (
        await trade.tenant.query<{ key: string }>(
          'select search_key(text) as key from unnest($1::text[]) with ordinality as t (text, place) order by place',
          [texts],
        )
      ).map(({ key }) => key);
    expect(await keyed(written)).toEqual(written.map(searchKey));
    const batch = 0x8000;
    const different: string[] = [];
    for (let first = 1; first <= 0x10ffff; first += batch) {
      const texts = Array.from({ length: Math.min(batch, 0x110000 - first) }, (_, at) => first + at)
        .filter((code) => code < 0xd800 || code > 0xdfff)
        .map((code) => `Ab${String.fromCodePoint(code)}b`);
      const keys = await keyed(texts);
      for (const [at, text] of texts.entries())
        if (searchKey(text) !== keys[at])
          different.push(`${text.codePointAt(2)?.toString(16) ?? ''}: ${String(keys[at])}`);
    }
    expect(different).toEqual([]);
    for (const [typed, name] of spellings)
      expect(hasWords(`Code ${name} 12`, `${typed} co`), typed).toBe(true);
    expect(hasWords('Café', 'cafe tea')).toBe(false);
  }, 120_000);

  test('whatever Unicode calls a format character, or lets a renderer ignore, stands between their letters', () => {
    const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
    const kept = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const text = code < 0xd800 || code > 0xdfff ? String.fromCodePoint(code) : '';
      if (unseen.test(text) && searchKey(`a${text}b`) !== 'ab') kept.push(code.toString(16));
    }
    expect(kept).toEqual([]);
  });

  test('of a whole code by that record alone, in small letters too, and by no part of it', async () => {
    const codes = { vendors: 'V', customers: 'C', products: 'P', employees: 'E', warehouses: 'W' } as const;
    for (const [what, letter] of Object.entries(codes)) {
      const list = lists[what as keyof typeof lists]();
      const filter = what === 'products' ? 'barcode' : 'code';
      // N10 and N11 have this one's letters as well; another filter beside it still counts.
      const named = async (code: string, status = 'active') =>
        (
          await (list.list as (input: object) => Promise<{ items: { name: string }[] }>)({
            filter: { [filter]: code, status: [status] },
          })
        ).items.map(({ name }) => name);
      expect(await named(`n1-${letter}`), what).toEqual([`${names.N1 ?? ''} N1`.normalize('NFC')]);
      expect(await named(`N1-${letter}`, 'inactive'), what).toEqual([]);
      expect(await named('N1'), what).toEqual([]);
      expect(await named('%'), what).toEqual([]);
    }
  });

  test('of a warehouse by any part of its code, name and city, in any order', async () => {
    const { owner } = trade;
    await owner.warehouses.create({
      code: 'BLR-2',
      name: 'Peenya Cold Store',
      address: { city: 'Bengaluru', stateCode: '29' },
    });
    for (const text of ['store peenya', 'cold', 'enya', 'lr', 'BENGAL cold', 'blr-2']) {
      const found = await owner.reports.find({ text });
      expect(
        found.map(({ title }) => title),
        text,
      ).toContain('Peenya Cold Store');
      const { items } = await owner.warehouses.list({ search: text, total: true });
      expect(
        items.map(({ name }) => name),
        text,
      ).toContain('Peenya Cold Store');
    }
    expect((await owner.warehouses.list({ search: 'store hot' })).items).toEqual([]);
  });

  test('by the index of a large table, whichever way they are spelt', async () => {
    const large = await trade.platform.tenant('manyparties');
    const words = `(array['Café', 'Cold store', 'Hardware', 'Godown', 'Traders'])[n % 5 + 1] || ' ' || n`;
    await large.query(
      `insert into vendors (id, tenant_id, code, name) select uuidv7(), $1, 'V' || n, ${words} from generate_series(1, 40000) n`,
      [large.id],
    );
    await large.query(
      `insert into customers (id, tenant_id, code, name) select uuidv7(), $1, 'C' || n, ${words} from generate_series(1, 40000) n`,
      [large.id],
    );
    await large.query('vacuum analyze vendors');
    await large.query('vacuum analyze customers');
    for (const party of ['vendors', 'customers']) {
      for (const typed of ['cafe 12345', 'CAFÉ 12345', 'Cafe\u0301 12345']) {
        const { rows, plans } = await explained(large, `select * from search_${party}($1)`, [typed]);
        expect(rows).toHaveLength(1);
        expect(plans).toContain(`Bitmap Index Scan on ${party}_search`);
        expect(plans).not.toContain(`Seq Scan on ${party}`);
      }
    }
  });
});

describe('numbers inside of words', () => {
  const inOrder = ['m1', 'M2', 'm9', 'M8-10', 'M8-9', 'M10', 'm100'].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );

  test('are sorted as people count, M8 before M10, page by page and in both directions', async () => {
    const { owner } = trade;
    for (const name of inOrder.toReversed()) {
      const code = name;
      await owner.vendors.create({
        code,
        name: `Order ${name}`,
        ...unregistered,
        address: { stateCode: '27' },
      });
      await owner.customers.create({
        code,
        name: `Order ${name}`,
        ...unregistered,
        billingAddress: { stateCode: '27' },
      });
      await owner.products.create({ sku: code, name: `Order ${name}`, category: `Order ${name}`, ...bolt });
      await owner.employees.create({
        employeeCode: code,
        name: `Order ${name}`,
        department: `Order ${name}`,
        email: `${name}@order.test`,
      });
      await owner.warehouses.create({ code, name: `Order ${name}` });
    }
    const sorts = {
      vendors: ['code', 'name'],
      customers: ['code', 'name'],
      products: ['sku', 'name', 'category'],
      employees: ['employeeCode', 'name', 'department'],
      warehouses: ['code', 'name'],
    } as const;
    for (const [what, keys] of Object.entries(sorts)) {
      for (const by of keys) {
        for (const direction of ['asc', 'desc'] as const) {
          const list = trade.owner[what as keyof typeof sorts].list as (input: object) => Promise<{
            items: { name: string }[];
            nextCursor: string | null;
          }>;
          const seen: string[] = [];
          let cursor: string | null = null;
          do {
            const page = await list({ search: 'order', sort: { by, direction }, limit: 2, cursor });
            seen.push(...page.items.map(({ name }) => name.replace('Order ', '')));
            cursor = page.nextCursor;
          } while (cursor !== null);
          expect(seen, `${what} by ${by} ${direction}`).toEqual(
            direction === 'asc' ? inOrder : inOrder.toReversed(),
          );
        }
      }
    }
  });

  test('are counted in the codes of bins as well', async () => {
    const { owner } = trade;
    const warehouse = await owner.warehouses.create({ code: 'BINS', name: 'With many bins' });
    for (const code of ['A-10', 'A-2', 'a-1'])
      await owner.warehouses.createBin({ warehouseId: warehouse.id, code });
    const { bins } = await owner.warehouses.get({ id: warehouse.id });
    expect(bins.map(({ code }) => code).filter((code) => code.includes('-'))).toEqual(['a-1', 'A-2', 'A-10']);
  });
});

describe('a category', () => {
  const categoriesOf = async (start: string) =>
    (await trade.owner.products.categories())
      .filter(({ category }) => category.toLowerCase().startsWith(start))
      .map(({ category, products }) => `${category}: ${String(products)}`);

  test('is one whatever its capitals, and keeps the spelling it has', async () => {
    const { owner } = trade;
    const first = await owner.products.create({ sku: 'CAT-1', name: 'First', category: 'Fixings', ...bolt });
    const sent = {
      id: '0190d3f2-7c1a-7c3e-8a4b-1f2e3d4c5b6a',
      sku: 'CAT-2',
      name: 'Second',
      category: 'FIXINGS',
      ...bolt,
    };
    const second = await owner.products.create(sent);
    expect(second.category).toBe('Fixings');
    expect(await owner.products.create(sent)).toEqual(second);
    expect((await problemOf(owner.products.create({ ...sent, category: 'Others' }))).code).toBe('CONFLICT');
    const third = await owner.products.create({ sku: 'CAT-3', name: 'Third', category: 'Fixed', ...bolt });
    const changed = await owner.products.update({ id: third.id, version: 1, category: 'fixings' });
    expect(changed.category).toBe('Fixings');
    expect(await categoriesOf('fix')).toEqual(['Fixings: 3']);
    expect(first.category).toBe('Fixings');
  });

  test('may be written anew by its only product', async () => {
    const { owner } = trade;
    const only = await owner.products.create({ sku: 'CAT-9', name: 'Only', category: 'lonely', ...bolt });
    const changed = await owner.products.update({ id: only.id, version: 1, category: 'Lonely' });
    expect(changed.category).toBe('Lonely');
    expect(await categoriesOf('lonely')).toEqual(['Lonely: 1']);
  });

  test('of two made at once is one', async () => {
    const { owner } = trade;
    await Promise.all(
      ['Twin', 'TWIN', 'twin', 'tWin'].map((category, index) =>
        owner.products.create({ sku: `TWIN-${String(index)}`, name: 'Twin', category, ...bolt }),
      ),
    );
    expect(await categoriesOf('twin')).toEqual([expect.stringMatching(/: 4$/)]);
  });

  test('stands in the list without regard to capitals', async () => {
    const { owner } = trade;
    for (const [index, category] of ['zz b', 'ZZ a', 'ZZ C'].entries()) {
      await owner.products.create({ sku: `ZZ-${String(index)}`, name: category, category, ...bolt });
    }
    expect(await categoriesOf('zz')).toEqual(['ZZ a: 1', 'zz b: 1', 'ZZ C: 1']);
  });
});

test('a company’s categories that differ in capitals only become one when it is migrated', async () => {
  await using database = await freshDatabase('categories');
  const migrations = await loadMigrations(domainMigrations);
  const before = migrations.findIndex(({ name }) => name === 'words');
  await migrateDatabase(database.url, migrations.slice(0, before));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const tenant = '0190d3f2-7c1a-7c3e-8a4b-1f2e3d4c5b6a';
    await client.query(
      `insert into products (id, tenant_id, sku, name, category, hsn_code, tax_class)
       select uuidv7(), $1, 'S' || n, 'Name', category, '7318', 'GST18' from unnest($2::text[]) with ordinality as c (category, n)`,
      [tenant, ['Bolts', 'bolts', 'Bolts', 'BOLTS', 'Cafe\u0301', 'Caf\u00e9', 'CAFÉ', 'Cafe', 'Nuts']],
    );
    await migrateDatabase(database.url, migrations);
    const { rows } = await client.query<{ category: string; products: number }>(
      'select category, count(*)::int as products from products group by category order by category',
    );
    expect(rows).toEqual([
      { category: 'Bolts', products: 4 },
      { category: 'Cafe', products: 1 },
      { category: 'Caf\u00e9', products: 3 },
      { category: 'Nuts', products: 1 },
    ]);
    const guarded = await client.query(
      `select relname from pg_class where relname in ('vendors', 'customers', 'products', 'warehouses', 'employees')
         and relrowsecurity and relforcerowsecurity`,
    );
    expect(guarded.rows).toHaveLength(5);
  } finally {
    await client.end();
  }
});

test('what a company wrote with characters that can’t be seen is found once it is migrated, in the audit trail too', async () => {
  await using database = await freshDatabase('unseen');
  const migrations = await loadMigrations(domainMigrations);
  const before = migrations.findIndex(({ name }) => name === 'keys_without_format_characters');
  await migrateDatabase(database.url, migrations.slice(0, before));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const tenant = '0190d3f2-7c1a-7c3e-8a4b-1f2e3d4c5b6a';
    const name = 'Hand\u{1d173}b\u{1bca0}all';
    const rows = {
      vendors: { code: 'V1', name },
      customers: { code: 'C1', name },
      products: { sku: 'P1', name, hsn_code: '7318', tax_class: 'GST18' },
      warehouses: { code: 'W1', name },
      employees: { employee_code: 'E1', name, email: 'e1@example.test' },
      audit_log: { action: 'create', record_kind: 'vendor', record_label: name },
    };
    for (const [table, fields] of Object.entries(rows)) {
      const row = { id: uuidv7(), tenant_id: tenant, ...fields };
      const places = Object.keys(row).map((_, at) => `$${String(at + 1)}`);
      await client.query(
        `insert into ${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')})`,
        Object.values(row),
      );
    }
    await migrateDatabase(database.url, migrations);
    // By the indexes, which the migration made anew.
    await client.query('set enable_seqscan = off');
    for (const table of Object.keys(rows)) {
      const words =
        table === 'audit_log'
          ? `search_key(coalesce(record_label, '') || ' ' || coalesce(actor, '') || ' ' || replace(action, '_', ' '))`
          : 'search_text';
      await client.query(`alter table ${table} no force row level security`);
      const found = await client.query(`select from ${table} where ${words} like '%handball%'`);
      expect(found.rowCount, table).toBe(1);
    }
  } finally {
    await client.end();
  }
});
