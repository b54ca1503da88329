import { randomUUID } from 'node:crypto';
import type { Spyglass } from './database.ts';
import { leftOut } from './examples.ts';
import type { Hint } from './examples.ts';
import type { WalkedProcedure } from './procedures.ts';
import { definitionOf, fieldsOf, dotted } from './schemas.ts';
import type { FieldPath } from './schemas.ts';

type Row = Readonly<Record<string, unknown>> & { id: string };

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const plural = (word: string) => (word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`);
const singular = (table: string) => table.replace(/ies$/, 'y').replace(/s$/, '');

/**
 * The records of a tenant, to fill the ids of examples with: `vendorId` is a vendor, the `id` of `purchaseOrders.close`
 * a purchase order, its `lineId` a line of that very order, `version` the version of that record. The tables' and
 * fields' names tell which, so that a new procedure needs no entry anywhere.
 */
export class RecordBook {
  readonly #database: Spyglass;
  readonly #spared: ReadonlySet<string>;
  #tables = new Map<string, Row[]>();
  #turn = 0;
  #statement: Promise<string> | undefined;

  /** `spared` are ids of records that no example is about, such as the employees who make the calls. */
  constructor(database: Spyglass, spared: readonly string[] = []) {
    this.#database = database;
    this.#spared = new Set(spared);
  }

  /** Reads the records again: some of each table, the versions as they are now. */
  async refresh(): Promise<void> {
    this.#statement ??= this.#compose();
    const rows = await this.#database.query<{ table: string; row: Row }>(await this.#statement);
    const tables = new Map<string, Row[]>();
    for (const { table, row } of rows) {
      if (!this.#spared.has(row.id)) tables.set(table, [...(tables.get(table) ?? []), row]);
    }
    this.#tables = tables;
  }

  /** One statement for all tables: ids, versions and what they refer to. */
  async #compose(): Promise<string> {
    const columns = await this.#database.query<{ table: string; names: string[] }>(
      `select table_name as "table", array_agg(column_name::text) as names from information_schema.columns
       where table_schema = 'public' and (column_name in ('id', 'version') or column_name like '%!_id' escape '!')
       group by 1 having bool_or(column_name = 'id') order by 1`,
    );
    return columns
      .map(
        ({ table, names }) => `select '${table}' as "table", to_jsonb(r) as row
          from (select ${names.map((name) => `"${name}"`).join(', ')} from "${table}" order by id limit 12) r`,
      )
      .join(' union all ');
  }

  /** Hints for one example of a procedure: all of them are about the same record. */
  hintFor(procedure: WalkedProcedure): Hint {
    this.#turn += 1;
    const table = this.#tableOf(procedure);
    const root = this.#pick(table);
    const optional = new Set(
      fieldsOf(procedure.input)
        .filter(({ schema }) => definitionOf(schema).type === 'optional')
        .map(({ path }) => dotted(path)),
    );
    return (path: FieldPath) => {
      const name = String(path.at(-1));
      if (name === 'version') return root?.version;
      if (name === '0' && path.at(-2) === 'ids') return root?.id;
      if (name !== 'id' && !name.endsWith('Id')) return undefined;
      // An id that a change may leave out is one the caller makes for a new record.
      if (procedure.kind === 'mutation' && optional.has(dotted(path))) return leftOut;
      const found = name === 'id' && path.length === 1 ? root : this.#related(name, table, root);
      return found?.id ?? randomUUID();
    };
  }

  /** `warehouses.updateBin` is about a bin; `salesOrders.recordPayment`, which has a paymentId, about an order. */
  #tableOf({ name, input }: WalkedProcedure): string {
    const [router = '', command = ''] = name.split('.').slice(-2);
    const last = /[A-Z]?[a-z]+$/.exec(command)?.[0].toLowerCase() ?? '';
    const named = plural(last);
    const beside = fieldsOf(input).some(({ path }) => dotted(path) === `${last}Id`);
    return this.#tables.has(named) && !beside ? named : snake(router);
  }

  #related(field: string, rootTable: string, root: Row | undefined): Row | undefined {
    const kind = plural(snake(field.replace(/Id$/, '')));
    if (this.#tables.has(kind)) return this.#pick(kind);
    const owner = `${singular(rootTable)}_id`;
    const candidates = [...this.#tables].filter(([table]) => table.endsWith(`_${kind}`));
    const own = candidates.flatMap(([, rows]) => rows.filter((row) => root && row[owner] === root.id));
    if (own.length > 0) return own[this.#turn % own.length];
    return candidates.flatMap(([, rows]) => rows)[0];
  }

  #pick(table: string): Row | undefined {
    const rows = this.#tables.get(table) ?? [];
    return rows[this.#turn % Math.max(1, rows.length)];
  }
}
