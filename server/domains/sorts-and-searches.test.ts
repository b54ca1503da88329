import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explained } from '../../tests/fixtures/plans.ts';
import type { TestTenant } from '../../tests/fixtures/tenant.ts';
import { testPlatform } from '../../tests/fixtures/tenant.ts';
import type { TestPlatform } from '../../tests/fixtures/tenant.ts';
import { caller } from '../../tests/fixtures/trading.ts';
import { customerOrder } from './customers/customers.repo.ts';
import { employeeOrder } from './employees/employees.repo.ts';
import { productOrder } from './products/products.repo.ts';
import { vendorOrder } from './vendors/vendors.repo.ts';
import { abilityOf } from '../permissions/abilities.ts';
import { permissions } from '../permissions/permissions.contract.ts';
import { customerSorts } from './customers/customers.contract.ts';
import { employeeSorts } from './employees/employees.contract.ts';
import { productSorts } from './products/products.contract.ts';
import { vendorSorts } from './vendors/vendors.contract.ts';

let platform: TestPlatform;
let large: TestTenant;

beforeAll(async () => {
  platform = await testPlatform();
  large = await platform.tenant('sorted');
  const name = `(array['Zinc', 'Brass', 'Steel', 'Nylon'])[n % 4 + 1] || ' ' || (array['bolt', 'nut', 'valve'])[n % 3 + 1] || ' ' || n`;
  const insert = (table: string, columns: string, values: string, rows: number) =>
    large.query(
      `insert into ${table} (id, tenant_id, ${columns}) select uuidv7(), $1, ${values} from generate_series(1, ${String(rows)}) n`,
      [large.id],
    );
  await insert(
    'products',
    'sku, name, category, hsn_code, tax_class, sale_price, purchase_price',
    `'S' || n, ${name}, 'Category ' || n % 20, '7318', 'GST18', n * 7919 % 9973, n * 7907 % 9967`,
    40_000,
  );
  await insert(
    'vendors',
    'code, name, rating, total_orders, total_spent',
    `'V' || n, ${name}, nullif(n % 6, 0), n % 97, n * 7919 % 9973`,
    10_000,
  );
  await insert('customers', 'code, name, outstanding', `'C' || n, ${name}, n * 7919 % 9973`, 10_000);
  await insert(
    'employees',
    'employee_code, name, email, department',
    `'E' || n, ${name}, n || '@sorted.test', nullif('Dept ' || n % 9, 'Dept 0')`,
    5000,
  );
  await insert(
    'audit_log',
    'at, action, record_kind, record_id, record_label, actor',
    `now() - n * interval '1 second', 'update', 'product', uuidv7(), ${name}, 'Café clerk'`,
    40_000,
  );
  for (const table of ['products', 'vendors', 'customers', 'employees', 'audit_log'])
    await large.query(`vacuum analyze ${table}`);
});
afterAll(() => platform.close());

const ability = abilityOf(permissions);
const lists = {
  products: { order: productOrder, sorts: productSorts },
  vendors: { order: vendorOrder, sorts: vendorSorts },
  customers: { order: customerOrder, sorts: customerSorts },
  employees: { order: employeeOrder, sorts: employeeSorts },
};

describe.each(Object.keys(lists) as (keyof typeof lists)[])('the list of %s', (table) => {
  const { sorts } = lists[table];
  test.each(
    sorts.flatMap((by) =>
      (['asc', 'desc'] as const).flatMap((direction) =>
        ['true', `status = 'active'`].map((filter) => [by, direction, filter] as const),
      ),
    ),
  )('reads a page by %s %s where %s along an index, without sorting', async (by, direction, filter) => {
    const order = lists[table].order as unknown as {
      at(request: object, who: typeof ability): { apply(query: unknown): { compile(): { sql: string } } };
    };
    const { kyselyOnPool } = await import('../db/dialect.ts');
    const db = kyselyOnPool<never>({ connect: () => Promise.reject(new Error('Nothing is asked here.')) });
    const page = order.at({ sort: { by, direction }, limit: 50 }, ability);
    const { sql: text } = page
      .apply(
        (db as unknown as { selectFrom(name: string): { select(column: string): unknown } })
          .selectFrom(table)
          .select(`${table}.id`),
      )
      .compile();
    const statement = text.replace(' order by ', ` where ${filter} order by `).replace(/\$\d+$/, '51');
    const { plans, rows } = await explained(large, statement);
    expect(rows).toHaveLength(51);
    expect(plans).toMatch(/Index (Only )?Scan/);
    expect(plans).not.toMatch(new RegExp(`Seq Scan on ${table}|Sort Key`));
  });
});

describe('a search', () => {
  const search = (typed: string, by: string) =>
    explained(large, `select search_products($1, null, null, null, null, $2, false, null, null, 51) as id`, [
      typed,
      by,
    ]);

  test.each(['zz', 'q', 'zzzzzz', 'zzzzzz bolt'])(
    'for %s, which nothing has, glances at the first 200 rows of the order and asks the index of words then',
    async (typed) => {
      for (const by of productSorts) {
        const { rows, plans } = await search(typed, by);
        expect(rows).toEqual([]);
        expect(plans).toContain('Bitmap Index Scan on products_search');
        expect(plans).not.toContain('Seq Scan on products');
        const walks = [...plans.matchAll(/Scan(?: Backward)? using products_by.*actual rows=(\d+)/g)];
        expect(walks.map(([, read]) => Number(read))).toEqual([200]);
      }
    },
  );

  test('for a letter that every row has asks no index of words', async () => {
    const { rows, plans } = await search('s', 'name');
    expect(rows).toHaveLength(51);
    expect(plans).not.toContain('products_search');
  });

  test.each(['b', 'st', 'zin', 'bolt', 'steel valve', 's12', '12345'])(
    'for %s gives the same page by every order as sorting all hits',
    async (typed) => {
      for (const by of productSorts) {
        for (const descending of [false, true]) {
          const column = {
            sku: 'sku',
            name: 'name',
            category: 'category',
            salePrice: 'sale_price',
            purchasePrice: 'purchase_price',
            updatedAt: 'updated_at',
          }[by];
          const direction = descending ? 'desc' : 'asc';
          const all = await large.query<{ id: string }>(
            `select id from products where has_words(search_text, search_patterns($1)) order by ${column} ${direction}, id ${direction} limit 51`,
            [typed],
          );
          const { rows } = await explained(
            large,
            'select search_products($1, null, null, null, null, $2, $3, null, null, 51) as id',
            [typed, by, descending],
          );
          expect(
            rows.map(({ id }) => id as string),
            `${by} ${direction}`,
          ).toEqual(all.map(({ id }) => id));
        }
      }
    },
  );

  test('of the audit trail finds words without accents by its index, page by page', async () => {
    const owner = caller(await large.as('owner'));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof owner.reports.audit>> = await owner.reports.audit({
        search: 'cafe steel valve 12',
        limit: 100,
        cursor,
      });
      seen.push(...page.items.map(({ recordLabel }) => recordLabel ?? ''));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const labels = await large.query<{ record_label: string }>(
      `select record_label from audit_log where record_label like 'Steel valve 12%' order by at desc`,
    );
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).toEqual(labels.map(({ record_label: label }) => label));
    expect(
      (await owner.reports.audit({ search: 'steel valve', total: true, filter: { recordKind: 'vendor' } }))
        .total,
    ).toBe(0);
    const { plans } = await explained(
      large,
      `select search_audit_log('zzz', '{product}', null, null, null, null, true, null, null, 51)`,
    );
    expect(plans).toContain('Bitmap Index Scan on audit_log_search');
    expect(plans).not.toContain('Seq Scan on audit_log');
  });
});
