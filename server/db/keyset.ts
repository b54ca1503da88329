import { sql } from 'kysely';
import type { Kysely, RawBuilder, SelectQueryBuilder } from 'kysely';
import { z } from 'zod';
import { totalCap } from '../ground/list.contract.ts';
import { daySchema, momentSchema } from '../ground/record.contract.ts';
import type { Page } from '../ground/list.contract.ts';
import { invalidField } from '../ground/problem.ts';

/** How a sort key's values are compared and how they are written in a cursor. */
export type SortType = 'text' | 'integer' | 'numeric' | 'date' | 'instant' | 'boolean';

/** One way to sort a list. */
export interface SortKey {
  expression: RawBuilder<unknown>;
  type: SortType;
  /** Rows without a value come last, in both directions. */
  nullable: boolean;
  /** A person who may not see the values may not sort by them: the order and the cursor would reveal them. */
  requireSight?: (viewer: Viewer) => void;
}

/** The reader of a list; CASL's abilities fit. */
export interface Viewer {
  can(action: string, resource: string): boolean;
}

export interface Sort<By extends string> {
  by: By;
  direction: 'asc' | 'desc';
}

/** The part of a list's input that decides about order and position. */
export interface PageRequest<By extends string> {
  sort?: Sort<By> | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

/** A reader who may sort only by what needs no permission. */
const anybody: Viewer = { can: () => false };

type Scalar = string | number | boolean;
type IdType = 'uuid' | 'text';

/** Where a page begins: behind the row with this sort value and id. */
export interface Position {
  value: Scalar | null;
  id: string;
}

/** The columns that `apply` adds to a query's rows; `page` removes them again. */
export interface Positioned {
  keyset_value: Scalar | null;
  keyset_id: string;
}

/** A column (`vendors.name`) as a sort key. */
export function byColumn(column: string, type: SortType, nullable = false): SortKey {
  return { expression: sql.ref(column), type, nullable };
}

const storable = (text: string) => !text.includes('\0') && text.isWellFormed();
const values: Record<SortType, z.ZodType<Scalar>> = {
  text: z.string().max(400).refine(storable),
  integer: z.int().min(-2_147_483_648).max(2_147_483_647),
  numeric: z.string().regex(/^-?\d{1,40}(\.\d{1,10})?$/),
  date: daySchema,
  instant: momentSchema({ offset: true }),
  boolean: z.boolean(),
};
const casts: Record<SortType | IdType, RawBuilder<unknown>> = {
  uuid: sql`uuid`,
  text: sql`text`,
  integer: sql`int`,
  numeric: sql`numeric`,
  date: sql`date`,
  instant: sql`timestamptz`,
  boolean: sql`boolean`,
};

/**
 * The orders a list offers. Paging is by key, not by offset: the cursor names the last row's sort value and id, so
 * that a page stays right while rows come and go, and the hundredth page costs what the first one does.
 *
 * `id` is the column that breaks ties; it follows the direction of the sort, so that an index on (column, id) serves
 * both directions.
 */
export class KeysetOrder<By extends string> {
  readonly #id: RawBuilder<string>;
  readonly #idType: IdType;
  readonly #keys: Readonly<Record<By, SortKey>>;
  readonly #usual: Sort<By>;

  constructor(list: { id: string; idType?: IdType; keys: Readonly<Record<By, SortKey>>; usual: Sort<By> }) {
    this.#id = sql.ref<string>(list.id);
    this.#idType = list.idType ?? 'uuid';
    this.#keys = list.keys;
    this.#usual = list.usual;
  }

  /**
   * @throws INVALID on `cursor` when it is not one that this list gave for this sort, FORBIDDEN for a sort by values
   * that the viewer does not see.
   */
  at(request: PageRequest<By>, viewer: Viewer = anybody): KeysetPage<By> {
    const sort = request.sort ?? this.#usual;
    const key = this.#keys[sort.by];
    key.requireSight?.(viewer);
    const after = request.cursor ? readCursor(request.cursor, sort, key, this.#idType) : null;
    return new KeysetPage({ id: this.#id, idType: this.#idType, key, sort, after, limit: request.limit });
  }
}

/** One page of a list in one order. */
export class KeysetPage<By extends string> {
  readonly sort: Sort<By>;
  readonly after: Position | null;
  readonly limit: number;
  readonly #id: RawBuilder<string>;
  readonly #idType: IdType;
  readonly #key: SortKey;

  constructor({
    id,
    idType,
    key,
    sort,
    after,
    limit,
  }: {
    id: RawBuilder<string>;
    idType: IdType;
    key: SortKey;
    sort: Sort<By>;
    after: Position | null;
    limit: number;
  }) {
    this.#id = id;
    this.#idType = idType;
    this.#key = key;
    this.sort = sort;
    this.after = after;
    this.limit = limit;
  }

  /** Adds order, position and limit to a query; one row more than the page is read, to know whether there is another. */
  apply<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O & Positioned> {
    const ordered = this.#orderBy(this.mark(query), this.#key.expression, this.#id).limit(this.limit + 1);
    return this.after === null ? ordered : ordered.where(this.#behind(this.after));
  }

  /** Adds only the columns `page` needs: for a query whose rows were chosen by another part already. */
  mark<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O & Positioned> {
    return query.select([
      sql<Scalar | null>`${this.#key.expression}`.as('keyset_value'),
      sql<string>`${this.#id}`.as('keyset_id'),
    ]) as unknown as SelectQueryBuilder<DB, TB, O & Positioned>;
  }

  /** Puts an outer query in the page's order; `page` is the name of the inner one that went through `apply` or `mark`. */
  sorted<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
    page: string,
  ): SelectQueryBuilder<DB, TB, O> {
    return this.#orderBy(query, sql.ref(`${page}.keyset_value`), sql.ref(`${page}.keyset_id`));
  }

  #orderBy<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
    expression: RawBuilder<unknown>,
    id: RawBuilder<unknown>,
  ): SelectQueryBuilder<DB, TB, O> {
    const descending = this.sort.direction === 'desc';
    const direction = descending ? sql`desc` : sql`asc`;
    const nulls = this.#key.nullable && descending ? sql` nulls last` : sql``;
    return query.orderBy(sql`${expression} ${direction}${nulls}`).orderBy(sql`${id} ${direction}`);
  }

  #behind({ value, id }: Position): RawBuilder<boolean> {
    const { expression, type, nullable } = this.#key;
    const further = this.sort.direction === 'desc' ? sql`<` : sql`>`;
    const given = sql`cast(${value} as ${casts[type]})`;
    const givenId = sql`cast(${id} as ${casts[this.#idType]})`;
    if (value === null) return sql<boolean>`(${expression} is null and ${this.#id} ${further} ${givenId})`;
    if (!nullable) return sql<boolean>`((${expression}, ${this.#id}) ${further} (${given}, ${givenId}))`;
    return sql<boolean>`(${expression} ${further} ${given}
      or (${expression} = ${given} and ${this.#id} ${further} ${givenId}) or ${expression} is null)`;
  }

  /** Makes the page from the query's rows. */
  page<R extends Positioned, T>(rows: readonly R[], toItem: (row: R) => T): Page<T> {
    const shown = rows.slice(0, this.limit);
    const last = rows.length > this.limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(toItem),
      nextCursor: last ? writeCursor(this.sort, { value: last.keyset_value, id: last.keyset_id }) : null,
    };
  }
}

/**
 * How many rows a query would give, counted no further than `totalCap`. Asked for only when the person wants it: over
 * 100,000 rows it costs ten times the page.
 */
export async function cappedTotal<Tables, DB, TB extends keyof DB, O>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<DB, TB, O>,
): Promise<{ total: number; totalCapped: boolean }> {
  const one = query
    .clearSelect()
    .clearOrderBy()
    .select(sql`1`.as('one'))
    .limit(totalCap + 1);
  const { rows } = await sql<{
    total: number;
  }>`select count(*)::int as total from (${one}) as counted`.execute(db);
  const total = rows[0]?.total ?? 0;
  return { total: Math.min(total, totalCap), totalCapped: total > totalCap };
}

function writeCursor(sort: Sort<string>, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([sort.by, sort.direction, value, id]), 'utf8').toString('base64url');
}

const ids = { uuid: z.uuid(), text: z.string().max(400).refine(storable) };
const cursorSchema = z.tuple([z.string(), z.enum(['asc', 'desc']), z.unknown(), z.string()]);

/**
 * Cursors come back from outside: anything that isn't exactly a cursor of this order is refused before it reaches the
 * database.
 */
function readCursor(cursor: string, sort: Sort<string>, key: SortKey, idType: IdType): Position {
  const parsed = cursorSchema.safeParse(decoded(cursor));
  if (!parsed.success || !ids[idType].safeParse(parsed.data[3]).success) {
    throw invalidField('cursor', 'request.cursor');
  }
  const [by, direction, value, id] = parsed.data;
  if (by !== sort.by || direction !== sort.direction) {
    throw invalidField('cursor', 'request.cursor_of_other_sort');
  }
  if (value === null && key.nullable) return { value: null, id };
  const scalar = values[key.type].safeParse(value);
  if (!scalar.success) throw invalidField('cursor', 'request.cursor');
  return { value: scalar.data, id };
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
