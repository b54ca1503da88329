import { sql } from 'kysely';
import type { Insertable, Kysely, RawBuilder, Selectable, Updateable } from 'kysely';
import type { TenantDatabase } from '../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** The tables of records that are made and changed as a whole, with a version that counts the changes. */
type MasterTableName = 'vendors' | 'customers' | 'products' | 'warehouses' | 'bins' | 'employees' | 'roles';

/**
 * The columns that all of them have; the queries below are written for any one of them. Of a union of tables Kysely
 * would say that its rows have the columns of all.
 */
interface AnyMaster {
  records: { id: string; version: number; updated_at: string };
}

/** The statements that are the same for every master record, for the repository whose table it is. */
export interface MasterTable<Name extends MasterTableName> {
  /** `lock` keeps others from changing the record until the transaction ends. */
  find(db: Db, id: string, lock?: boolean): Promise<Selectable<TenantDatabase[Name]> | undefined>;
  /** Undefined when there is a record with this id already. */
  insert(
    db: Db,
    record: Insertable<TenantDatabase[Name]>,
  ): Promise<Selectable<TenantDatabase[Name]> | undefined>;
  /** Counts the version. */
  update(
    db: Db,
    id: string,
    changes: Updateable<TenantDatabase[Name]>,
  ): Promise<Selectable<TenantDatabase[Name]>>;
}

/** The lists that are searched by words, the code among them, and what their code is called. */
const codes = {
  vendors: 'code',
  customers: 'code',
  employees: 'employee_code',
  warehouses: 'code',
} as const;

/** The record with this code. Found by the list's search, because row-level security allows its index to be used. */
export function hasCode(table: keyof typeof codes, code: string): RawBuilder<boolean> {
  const column = sql.ref(`${table}.${codes[table]}`);
  return sql<boolean>`${sql.ref(`${table}.id`)} in (select ${sql.raw(`search_${table}`)}(${code})) and upper(${column}) = upper(${code})`;
}

export function masterTable<Name extends MasterTableName>(name: Name): MasterTable<Name> {
  type Row = Selectable<TenantDatabase[Name]>;
  const table = name as unknown as 'records';
  const within = (db: Db) => db as unknown as Kysely<AnyMaster>;
  return {
    async find(db, id, lock = false) {
      const query = within(db).selectFrom(table).selectAll().where('id', '=', id);
      return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as Row | undefined;
    },
    async insert(db, record) {
      const inserted = await within(db)
        .insertInto(table)
        .values(record as unknown as Insertable<AnyMaster['records']>)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returningAll()
        .executeTakeFirst();
      return inserted as Row | undefined;
    },
    async update(db, id, changes) {
      const updated = await within(db)
        .updateTable(table)
        .set({ ...(changes as object), version: sql`version + 1`, updated_at: sql`now()` })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return updated as unknown as Row;
    },
  };
}
