import pg from 'pg';

/** What is in a database, by table: the number of rows, and which transactions made them as they are. */
export type Fingerprint = Record<string, string>;

/** Reads a database as superuser, past all policies: to arrange and to look. */
export class Spyglass {
  readonly #pool: pg.Pool;
  #tables: Promise<string> | undefined;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 2 });
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#pool.query<Row>(text, values)).rows;
  }

  /** A change of any row of any table changes it, since a changed row carries its transaction. */
  async fingerprint(): Promise<Fingerprint> {
    this.#tables ??= this.#statement();
    const rows = await this.query<{ name: string; print: string }>(await this.#tables);
    return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
  }

  async #statement(): Promise<string> {
    const tables = await this.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1",
    );
    return tables
      .map(
        ({ name }) => `select ${pg.escapeLiteral(name)} as name,
          count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) as print from ${pg.escapeIdentifier(name)} t`,
      )
      .join(' union all ');
  }

  /** Every record: its table and its id. */
  async records(): Promise<{ table: string; id: string }[]> {
    const tables = await this.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'id' and data_type = 'uuid' order by 1`,
    );
    if (tables.length === 0) return [];
    return this.query(
      tables
        .map(
          ({ name }) =>
            `select ${pg.escapeLiteral(name)} as "table", id::text as id from ${pg.escapeIdentifier(name)}`,
        )
        .join(' union all '),
    );
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
