import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * A table is one domain's own: nobody else changes or locks its rows. Others read it for what they show, and ask the
 * domain's service for the rest. The kernel of documents writes what a domain's description names as its tables.
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

/** Who changes each table: the folder of the repository. */
function owners(sources: readonly { file: string; source: string }[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { file, source } of sources) {
    const owner = file.slice(0, file.lastIndexOf('/'));
    for (const table of changed(source)) found.set(table, (found.get(table) ?? new Set()).add(owner));
  }
  return found;
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

test('reading a foreign table for what a list shows is no change', () => {
  expect(
    changed('`select o.id, v.name from purchase_orders o join vendors v on v.id = o.vendor_id`').size,
  ).toBe(0);
});
