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
  #tables = new Map<string, Row[]>();
  #turn = 0;

  constructor(database: Spyglass) {
    this.#database = database;
  }

  /** Reads all records again. */
  async refresh(): Promise<void> {
    const names = [...new Set((await this.#database.records()).map(({ table }) => table))];
    const tables = await Promise.all(
      names.map(async (name) => {
        const rows = await this.#database.query<{ row: Row }>(
          `select to_jsonb(t) as row from "${name}" t order by id limit 500`,
        );
        return [name, rows.map(({ row }) => row)] as const;
      }),
    );
    this.#tables = new Map(tables);
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

  #tableOf({ name }: WalkedProcedure): string {
    const [router = '', command = ''] = name.split('.').slice(-2);
    const last = /[A-Z]?[a-z]+$/.exec(command)?.[0].toLowerCase() ?? '';
    const named = plural(last);
    return this.#tables.has(named) ? named : snake(router);
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
