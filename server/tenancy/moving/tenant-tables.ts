import type pg from 'pg';
import { literal, quoted } from '../../db/databases.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

/** A table that holds a tenant's data. Names are as PostgreSQL has them, unquoted. */
export interface TenantTable {
  name: string;
  /** Columns that are stored, not computed. */
  columns: string[];
  /** The columns of the primary key. */
  key: string[];
  /** Columns that count by themselves, with their sequences. */
  counters: { column: string; sequence: string }[];
}

export interface ForeignKey {
  table: string;
  name: string;
  /** `FOREIGN KEY (…) REFERENCES …` */
  definition: string;
}

/** What says which tenant a database is and which migrations it has had: made with the database, never carried over. */
const ofTheDatabase = ['schema_migrations', 'tenant_identity'];

/** The tables of a tenant's database that hold its data, in the order of their names. */
export async function tenantTables(client: pg.ClientBase): Promise<TenantTable[]> {
  const { rows } = await client.query<TenantTable>(
    `select c.relname::text as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       (select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
         from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
         where i.indrelid = c.oid and i.indisprimary) as key,
       coalesce((select jsonb_agg(jsonb_build_object('column', a.attname,
             'sequence', pg_get_serial_sequence(quote_ident(c.relname), a.attname)))
         from pg_attribute a where a.attrelid = c.oid and a.attidentity <> ''), '[]') as counters
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not (c.relname = any ($1))
     order by c.relname`,
    [ofTheDatabase],
  );
  const keyless = rows.find(({ key }) => (key as string[] | null) === null);
  if (keyless) throw new Error(storedText('move.no_key', { table: keyless.name }));
  return rows;
}

/** The foreign keys between a tenant's tables. */
export async function foreignKeysOf(client: pg.ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select r.relname::text as table, c.conname::text as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c join pg_class r on r.oid = c.conrelid
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by r.relname, c.conname`,
  );
  return rows;
}

/**
 * Lets rows come in any order: foreign keys are dropped and our own triggers disabled. For a database that isn't used
 * yet; `restoreGuards` brings both back. The owner may do this; being a superuser isn't needed.
 */
export async function suspendGuards(client: pg.ClientBase, tables: readonly TenantTable[]): Promise<void> {
  for (const { table, name } of await foreignKeysOf(client)) {
    await client.query(`alter table ${quoted(table)} drop constraint ${quoted(name)}`);
  }
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} disable trigger user`);
}

/**
 * Restores foreign keys and triggers. New rows are checked from here on, existing ones only by `checkForeignKeys`,
 * which may be slow and blocks nobody.
 */
export async function restoreGuards(
  client: pg.ClientBase,
  tables: readonly TenantTable[],
  foreignKeys: readonly ForeignKey[],
): Promise<void> {
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} enable trigger user`);
  for (const { table, name, definition } of foreignKeys) {
    await client.query(
      `alter table ${quoted(table)} add constraint ${quoted(name)} ${definition.replace(/ NOT VALID$/, '')} not valid`,
    );
  }
}

/** Checks every row against the foreign keys that were brought back. */
export async function checkForeignKeys(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ table: string; name: string }>(
    `select r.relname::text as table, c.conname::text as name
     from pg_constraint c join pg_class r on r.oid = c.conrelid
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace and not c.convalidated`,
  );
  for (const { table, name } of rows) {
    await client.query(`alter table ${quoted(table)} validate constraint ${quoted(name)}`);
  }
}

/** The last number of each counter; null when it has given none yet. */
export async function readCounters(
  client: pg.ClientBase,
  tables: readonly TenantTable[],
): Promise<Map<string, string | null>> {
  const stands = new Map<string, string | null>();
  for (const { sequence } of tables.flatMap(({ counters }) => counters)) {
    const { rows } = await client.query<{ last: string | null }>(
      `select case when is_called then last_value end as last from ${sequence}`,
    );
    stands.set(sequence, rows[0]?.last ?? null);
  }
  return stands;
}

export async function setCounters(
  client: pg.ClientBase,
  stands: ReadonlyMap<string, string | null>,
): Promise<void> {
  for (const [sequence, last] of stands) {
    if (last !== null) await client.query(`select setval(${literal(sequence)}, $1::bigint)`, [last]);
  }
}

/** A list of columns for SQL. */
export const listed = (columns: readonly string[], of = ''): string =>
  columns.map((column) => `${of}${quoted(column)}`).join(', ');
