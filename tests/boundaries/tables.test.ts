import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { columnName } from '../../server/db/record-columns.ts';
import type { RecordKind } from '../../server/documents/record-kind.contract.ts';
import { recordKinds } from '../../server/domains/kinds.contract.ts';

/**
 * A table is one domain's own (docs/decisions/0029): nobody else changes or locks its rows, and others read of it the
 * columns that the kind offers as `joined`, nothing else. The kernel of documents writes what a domain's description
 * names as its tables.
 */
const root = join(import.meta.dirname, '../..');
const kernels = ['server/documents', 'server/documents/audit'];

const changes = [
  /\b(?:insert\s+into|delete\s+from|merge\s+into)\s+([a-z_]+)\b/gi,
  /\bupdate\s+([a-z_]+)\s+(?:(?:as\s+)?[a-z]+\s+)?set\b/gi,
  /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'([a-z_]+)'/g,
];
/** How a domain's description names its tables for the kernel. */
const described = /\b(?:orders|lines): '([a-z_]+)',/g;

const tables = new Set(
  [...read('server/db/tenant-schema.ts').matchAll(/^ {2}([a-z_]+): [A-Z]\w+;$/gm)].map(
    ([, name = '']) => name,
  ),
);

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The tables whose rows a source locks for a change: of those it names, or of the one it reads from last. */
function locked(source: string): string[] {
  const locks = [...source.matchAll(/\bfor\s+(?:no\s+key\s+)?update\b(?:\s+of\s+([a-z]+))?/gi)];
  return locks.map(({ index, 1: alias }) => {
    const before = source.slice(source.lastIndexOf('`', index) + 1, index);
    const named = [...before.matchAll(/\b(?:from|join)\s+([a-z_]+)(?:\s+(?:as\s+)?([a-z]+))?/gi)];
    return named.findLast(([, , own]) => alias === undefined || own === alias)?.[1] ?? '';
  });
}

/** The tables that a source changes or locks. */
function changed(source: string): Set<string> {
  const found = [...changes, described].flatMap((pattern) =>
    [...source.matchAll(pattern)].map(([, name = '']) => name.toLowerCase()),
  );
  return new Set([...found, ...locked(source)].filter((name) => tables.has(name)));
}

interface Source {
  file: string;
  source: string;
}

/** The folders of the repositories in which each table is found. */
function foldersBy(found: (source: string) => Set<string>, sources: readonly Source[]) {
  const folders = new Map<string, Set<string>>();
  for (const { file, source } of sources) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    for (const table of found(source)) folders.set(table, (folders.get(table) ?? new Set()).add(folder));
  }
  return folders;
}

/** Who changes each table. */
const owners = (sources: readonly Source[]) => foldersBy(changed, sources);

/** Whose a table is that triggers and migrations write, or the shared statements of `masterTable`. */
const written: Readonly<Record<string, string>> = {
  products: 'server/domains/products',
  warehouses: 'server/domains/warehouses',
  bins: 'server/domains/warehouses',
  product_stock: 'server/documents',
  running_totals: 'server/documents',
  tax_rates: 'server/documents',
};

/** The trail is written by the kernel and read by people in a domain of that name. */
const roomOf = (folder: string) => (folder === 'server/domains/audit' ? 'server/documents/audit' : folder);

/** The columns of each table that its kind lets others read. */
const offered = new Map(
  recordKinds.map((kind: RecordKind) => [
    kind.name === 'settings' ? 'tenant_settings' : `${kind.name}s`,
    new Set((kind.joined ?? []).map(columnName)),
  ]),
);

const readings = [
  /\b(?:from|join|using)\s+(?:only\s+)?([a-z_]+)\b(?:\s+(?:as\s+)?(?!(?:on|where|join|left|cross|order|group|limit|for|union|set|as)\b)([a-z]\w*))?/g,
  /\b(?:selectFrom|innerJoin|leftJoin|rightJoin|fullJoin|using)\(\s*\[?'([a-z_]+)(?: as ([a-z]\w*))?'/g,
];

/** The tables that a source reads, and the names that it calls them by; '' for a table whose columns stand by themselves. */
function readIn(source: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const reading of readings) {
    for (const [whole, table = '', alias] of source.matchAll(reading)) {
      if (!tables.has(table)) continue;
      const name = alias ?? (whole.includes("'") || source.includes(`${table}.`) ? table : '');
      found.set(table, (found.get(table) ?? new Set()).add(name));
    }
  }
  return found;
}

/** What of foreign tables a repository reads beside the columns that their kinds offer. */
function foreignReadings(sources: readonly Source[]): string[] {
  const owned = owners(sources);
  return sources.flatMap(({ file, source }) => {
    const room = roomOf(file.slice(0, file.lastIndexOf('/')));
    const isForeign = (table: string) => {
      const by = [...(owned.get(table) ?? []), written[table]];
      return by.some((folder) => folder !== undefined) && !by.includes(room);
    };
    const read = readIn(source);
    const own = new Set([...read].flatMap(([table, names]) => (isForeign(table) ? [] : [...names])));
    return [...read].flatMap(([table, names]) => {
      if (!isForeign(table)) return [];
      const named = [...names]
        .filter(Boolean)
        .flatMap((name) =>
          [...source.matchAll(new RegExp(`(?<![\\w./-])${name}\\.(\\w+|\\*)`, 'g'))].map(
            ([, column = '']) => column,
          ),
        );
      const whole = source.includes(`selectFrom('${table}').selectAll()`);
      const bare = names.has('') || named.length === 0;
      const columns = [...named, ...(whole ? ['*'] : bare ? ['(no alias)'] : [])];
      // Where one name stands for two tables, the columns of the other are not this one's.
      const others = [...read].filter(
        ([other, by]) => other !== table && [...by].some((name) => names.has(name)),
      );
      const elsewhere = (column: string) =>
        [...names].some((name) => own.has(name)) || others.some(([other]) => offered.get(other)?.has(column));
      return [...new Set(columns)]
        .filter((column) => !offered.get(table)?.has(column) && !elsewhere(column))
        .map((column) => `${file}: ${table}.${column}`);
    });
  });
}

const repositories = globSync('server/{domains,documents,admin}/**/*.repo.ts', { cwd: root }).map((file) => ({
  file,
  source: read(file),
}));

test('every table of a tenant is changed and locked by one domain only', () => {
  const shared = [...owners(repositories)].filter(([, by]) => by.size > 1);
  expect(shared.map(([table, by]) => `${table}: ${[...by].join(', ')}`)).toEqual([]);
});

test('the kernel of documents changes no table by its name but those of numbers and the trail', () => {
  const kernel = [...owners(repositories)].filter(([, by]) => kernels.some((folder) => by.has(folder)));
  expect(kernel.map(([table]) => table)).toEqual(['audit_log']);
});

test('the stock and what is reserved of it are changed by the inventory alone', () => {
  const found = owners(repositories);
  for (const table of ['inventory', 'stock_movements', 'stock_reservations']) {
    expect([...(found.get(table) ?? [])]).toEqual(['server/domains/inventory']);
  }
});

test('of a foreign table a repository reads the columns that its kind offers', () => {
  expect(foreignReadings(repositories)).toEqual([]);
});

test('the columns that a kind offers exist', () => {
  const schema = read('server/db/tenant-schema.ts');
  const missing = recordKinds.flatMap((kind: RecordKind) =>
    (kind.joined ?? []).filter((field) => !new RegExp(`^ {2}${columnName(field)}: `, 'm').test(schema)),
  );
  expect(missing).toEqual([]);
});

test.each([
  ['select sum(l.backordered) from sales_order_lines l', 'sales_order_lines.backordered'],
  ['select sum(backordered) from sales_order_lines', 'sales_order_lines.(no alias)'],
  ['select w.gst_secret from vendors w', 'vendors.gst_secret'],
  ['select w.* from vendors w', 'vendors.*'],
  ["db.selectFrom('goods_receipts').select('goods_receipts.received_at')", 'goods_receipts.received_at'],
  ["db.selectFrom('goods_receipts').selectAll()", 'goods_receipts.*'],
  ["db.selectFrom('goods_receipts').select('received_at')", 'goods_receipts.(no alias)'],
  ["db.selectFrom('goods_receipts as r').select('r.received_at')", 'goods_receipts.received_at'],
])('a foreign domain that reads more is seen when it says: %s', (sql, column) => {
  const file = 'server/domains/inventory/planted.repo.ts';
  const planted = { file, source: `rowsOf(db, \`${sql}\`)` };
  expect(foreignReadings([...repositories, planted])).toEqual([`${file}: ${column}`]);
});

test.each([
  'update vendors set total_spent = total_spent + 1 where id = $1',
  'update vendors v set rating = 1 from unnest($1::uuid[]) as w (id) where v.id = w.id',
  'insert into vendors (id) values ($1)',
  'delete from vendors where id = $1',
  'select name from vendors where id = $1 for no key update',
  'select v.name from vendors v join bins b on true where v.id = $1 for update of v',
  "db.updateTable('vendors')",
])('a foreign domain is seen when it says: %s', (sql) => {
  const source = `rowsOf(db, \`${sql}\`)`;
  const planted = { file: 'server/domains/purchase-orders/planted.repo.ts', source };
  expect(owners([...repositories, planted]).get('vendors')?.size).toBe(2);
});

test('joining a record for its name is no change, and allowed', () => {
  const source = '`select o.id, v.name from purchase_orders o join vendors v on v.id = o.vendor_id`';
  expect(changed(source).size).toBe(0);
  const planted = { file: 'server/domains/purchase-orders/planted.repo.ts', source };
  expect(foreignReadings([...repositories, planted])).toEqual([]);
});
