import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** The name of a record of each kind, by its id in `$n`; a role by its key. */
const namings: Readonly<Record<string, (ids: string) => string>> = {
  vendor: (ids) => `select id::text, name from vendors where id = any(${ids}::uuid[])`,
  customer: (ids) => `select id::text, name from customers where id = any(${ids}::uuid[])`,
  product: (ids) => `select id::text, sku || ' · ' || name from products where id = any(${ids}::uuid[])`,
  warehouse: (ids) => `select id::text, name from warehouses where id = any(${ids}::uuid[])`,
  employee: (ids) => `select id::text, name from employees where id = any(${ids}::uuid[])`,
  role: (ids) => `select key, name from roles where key = any(${ids}::text[])`,
  stock_movement: (ids) => `select m.id::text, p.sku || ' ' || w.code || '/' || b.code
      from stock_movements m join products p on p.id = m.product_id join warehouses w on w.id = m.warehouse_id
        join bins b on b.id = m.bin_id
      where m.id = any(${ids}::uuid[])`,
};

/** The kinds whose records can be named by their ids. */
export const namedKinds: readonly string[] = Object.keys(namings);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The present names of these records, in one statement; deleted records have no name. */
export async function namesOf(
  db: Kysely<TenantDatabase>,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<ReadonlyMap<string, string>> {
  const parameters: string[][] = [];
  const parts: string[] = [];
  for (const [kind, ids] of wanted) {
    const naming = Object.hasOwn(namings, kind) ? namings[kind] : undefined;
    const sound = kind === 'role' ? [...ids] : [...ids].filter((id) => uuid.test(id));
    if (!naming || sound.length === 0) continue;
    parameters.push(sound);
    parts.push(naming(`$${String(parameters.length)}`));
  }
  if (parts.length === 0) return new Map();
  const rows = await rowsOf<{ id: string; name: string }>(
    db,
    `select named.id, named.name from (${parts.join(' union all ')}) as named(id, name)`,
    parameters,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
