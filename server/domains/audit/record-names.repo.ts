import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { movementNames } from '../inventory/published.repo.ts';

/** The name of a record of each kind, by its id in `$n`; a role by its key. */
const namings: Readonly<Record<string, (ids: string) => string>> = {
  vendor: (ids) => `select v.id::text, v.name from vendors v where v.id = any(${ids}::uuid[])`,
  customer: (ids) => `select c.id::text, c.name from customers c where c.id = any(${ids}::uuid[])`,
  product: (ids) =>
    `select p.id::text, p.sku || ' · ' || p.name from products p where p.id = any(${ids}::uuid[])`,
  warehouse: (ids) => `select w.id::text, w.name from warehouses w where w.id = any(${ids}::uuid[])`,
  employee: (ids) => `select e.id::text, e.name from employees e where e.id = any(${ids}::uuid[])`,
  role: (ids) => `select r.key, r.name from roles r where r.key = any(${ids}::text[])`,
  stock_movement: movementNames,
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
