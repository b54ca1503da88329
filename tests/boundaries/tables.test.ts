import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * A table is one domain's own: nobody else changes or locks its rows, and what documents have open is read by their own
 * domain, which hands it on. Others join tables of records for the names they show. The kernel of documents writes what a
 * domain's description names as its tables.
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

const readings = [
  /\b(?:from|join|using)\s+(?:only\s+)?([a-z_]+)\b/gi,
  /\b(?:selectFrom|innerJoin|leftJoin|rightJoin|fullJoin|using)\(\s*\[?'([a-z_]+)/g,
];

/** The tables that a source reads. */
function readIn(source: string): Set<string> {
  const found = readings.flatMap((reading) =>
    [...source.matchAll(reading)].map(([, name = '']) => name.toLowerCase()),
  );
  return new Set(found.filter((name) => tables.has(name)));
}

const documents = ['server/domains/purchase-orders', 'server/domains/sales-orders'];

/**
 * Who reads a document's table beside its own domain. What only shows (the first screen, the palette, the trail) changes
 * no table at all, and may read them.
 */
function foreignReaders(sources: readonly Source[]): string[] {
  const owned = owners(sources);
  const owning = new Set([...owned.values()].flatMap((by) => [...by]));
  return [...foldersBy(readIn, sources)].flatMap(([table, readers]) => {
    const own = [...(owned.get(table) ?? [])];
    if (!own.some((folder) => documents.includes(folder))) return [];
    return [...readers]
      .filter((folder) => owning.has(folder) && !own.includes(folder))
      .map((folder) => `${table}: ${folder}`);
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

test('what documents have open is read by their own domain and by who only shows it', () => {
  expect(foreignReaders(repositories)).toEqual([]);
});

test.each([
  ['select sum(backordered) from sales_order_lines', 'sales_order_lines'],
  ['select 1 from products p join purchase_order_lines l on l.product_id = p.id', 'purchase_order_lines'],
  ["db.selectFrom('goods_receipts')", 'goods_receipts'],
])('a foreign domain that reads a document is seen when it says: %s', (sql, table) => {
  const planted = { file: 'server/domains/inventory/planted.repo.ts', source: `rowsOf(db, \`${sql}\`)` };
  expect(foreignReaders([...repositories, planted])).toEqual([`${table}: server/domains/inventory`]);
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

test('joining a record for its name is no change', () => {
  expect(
    changed('`select o.id, v.name from purchase_orders o join vendors v on v.id = o.vendor_id`').size,
  ).toBe(0);
});
