import { sql } from 'kysely';
import type { Insertable, Kysely, RawBuilder, Selectable, Updateable } from 'kysely';
import type { TenantDatabase } from '../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** The tables of records that are made and changed as a whole, with a version that counts the changes. */
type MasterTableName = 'vendors' | 'customers' | 'products' | 'warehouses' | 'bins' | 'employees' | 'roles';

/**
 * The columns that all of them have; the statements below are written for any one of them. Of a union of tables Kysely
 * would say that its rows have the columns of all.
 */
type AnyMaster = Record<MasterTableName, { id: string; version: number; updated_at: string }>;

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

const statementsFor = (table: MasterTableName) => ({
  find: (db: Kysely<AnyMaster>, id: string, lock = false) => {
    const query = db.selectFrom(table).selectAll().where('id', '=', id);
    return (lock ? query.forUpdate() : query).executeTakeFirst();
  },
  insert: (db: Kysely<AnyMaster>, record: Insertable<AnyMaster[MasterTableName]>) =>
    db
      .insertInto(table)
      .values(record)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returningAll()
      .executeTakeFirst(),
  update: (db: Kysely<AnyMaster>, id: string, changes: object) =>
    db
      .updateTable(table)
      .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow(),
});

/**
 * The statements for one table. They are the same for each, so its rows and columns are those that the statements take
 * and return; Kysely can't follow a table whose name is a type parameter.
 */
export const masterTable = statementsFor as unknown as <Name extends MasterTableName>(
  name: Name,
) => MasterTable<Name>;
