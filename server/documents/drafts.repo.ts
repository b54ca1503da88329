import type { Kysely } from 'kysely';
import { inOrder } from '../db/statement-order.ts';
import { rowsOf } from '../db/statement.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { KeptGoods, KeptLine, KeptTotals } from './kept-amounts.ts';
import { provisionalName } from './numbers.contract.ts';
import type { OrderTables } from './order-tables.ts';

type Db = Kysely<TenantDatabase>;
type Row = Readonly<Record<string, unknown>>;

const lineColumns = {
  id: 'uuid',
  line_number: 'int',
  product_id: 'uuid',
  hsn_code: 'text',
  ordered: 'numeric',
  unit_price: 'numeric',
  discount_percent: 'numeric',
  discount: 'numeric',
  tax_percent: 'numeric',
  net: 'numeric',
  cgst: 'numeric',
  sgst: 'numeric',
  igst: 'numeric',
  shipping_share: 'numeric',
  note: 'text',
} as const satisfies Record<keyof KeptLine, string>;
type LineColumn = keyof typeof lineColumns;
const pricedColumns = Object.keys(lineColumns) as LineColumn[];

/** The columns of lines without prices. */
const goodsColumns: readonly LineColumn[] = [
  'id',
  'line_number',
  'product_id',
  'ordered',
  'note',
] satisfies readonly (keyof KeptGoods)[];

/** The columns of a line that change when the order is priced anew. */
const amountColumns = [
  'hsn_code',
  'discount',
  'tax_percent',
  'net',
  'cgst',
  'sgst',
  'igst',
  'shipping_share',
] as const satisfies readonly LineColumn[];

/** The columns of a line that a revision also changes. */
const termColumns = ['ordered', 'unit_price', 'discount_percent'] as const satisfies readonly LineColumn[];

/** The rows as a table; `progress` names their additional decimal columns. */
function recordset(rows: string, columns: readonly LineColumn[], progress: readonly string[] = []): string {
  const typed = [
    ...columns.map((name) => `${name} ${lineColumns[name]}`),
    ...progress.map((name) => `${name} numeric`),
  ];
  return `json_to_recordset(${rows}::json) as l (${typed.join(', ')})`;
}

function insertLines(tables: OrderTables, totals: KeptTotals | null, order: string, rows: string): string {
  const columns = totals ? pricedColumns : goodsColumns;
  return `
  insert into ${tables.lines} (${tables.orderId}, ${columns.join(', ')})
  select ${order}, ${columns.map((column) => `l.${column}`).join(', ')} from ${recordset(rows, columns)}
  on conflict (id) do nothing returning id`;
}

/** The header of a draft by its columns: the typed fields and the amounts. */
function headerColumns(
  { header }: OrderTables,
  { draft, totals, lines }: DraftToKeep,
): Record<string, unknown> {
  const typed = Object.fromEntries(
    Object.entries(header).map(([field, column]): [string, unknown] => [column, draft[field]]),
  );
  if (!totals) return { ...typed, line_count: lines.length };
  return {
    ...typed,
    inter_state: totals.interState,
    subtotal: totals.subtotal,
    discount: totals.discount,
    tax: totals.tax,
    shipping: totals.shipping,
    total: totals.total,
    line_count: totals.lineCount,
    cancelled_value: totals.cancelledValue,
  };
}

/** A draft as it will be stored. */
export interface DraftToKeep {
  id: string;
  draft: Row;
  /** null for a document without prices; its lines have none either. */
  totals: KeptTotals | null;
  lines: readonly KeptGoods[];
  actor: string;
}

/** Stores a new draft under its provisional name. Returns the ids of lines that were written. */
export async function insertDraft(
  db: Db,
  tables: OrderTables,
  draft: DraftToKeep,
  contentHash: Buffer | null,
): Promise<string[]> {
  const { id, totals, lines, actor } = draft;
  const columns = { ...headerColumns(tables, draft), content_hash: contentHash };
  const names = Object.keys(columns);
  const written = await rowsOf<{ id: string }>(
    db,
    `with new_order as (
       insert into ${tables.orders} (id, ${tables.number}, created_by, updated_by, ${names.join(', ')})
       values ($1, $2, $3, $3, ${names.map((_, at) => `$${String(at + 5)}`).join(', ')}))
     ${insertLines(tables, totals, '$1::uuid', '$4')}`,
    [id, provisionalName(id), actor, JSON.stringify(lines), ...Object.values(columns)],
  );
  return written.map((line) => line.id);
}

/** Replaces header and lines of a locked draft. Returns the ids of lines that were written. */
export async function replaceDraft(db: Db, tables: OrderTables, draft: DraftToKeep): Promise<string[]> {
  const { id, totals, lines, actor } = draft;
  const columns = headerColumns(tables, draft);
  const changes = Object.keys(columns).map((name, at) => `${name} = $${String(at + 3)}`);
  const [, written] = await inOrder(
    () => rowsOf(db, `delete from ${tables.lines} where ${tables.orderId} = $1`, [id]),
    () =>
      rowsOf<{ id: string }>(db, insertLines(tables, totals, '$1::uuid', '$2'), [id, JSON.stringify(lines)]),
    () =>
      rowsOf(
        db,
        `update ${tables.orders} set ${changes.join(', ')}, version = version + 1, updated_at = now(), updated_by = $2
         where id = $1`,
        [id, actor, ...Object.values(columns)],
      ),
  );
  return written.map((line) => line.id);
}

/** Replaces the amounts of a locked order; everything else stays. */
export async function replaceAmounts(
  db: Db,
  tables: OrderTables,
  id: string,
  totals: KeptTotals,
  lines: readonly KeptLine[],
): Promise<void> {
  await inOrder(
    () =>
      rowsOf(
        db,
        `update ${tables.lines} o set ${amountColumns.map((column) => `${column} = l.${column}`).join(', ')}
         from ${recordset('$2', ['id', ...amountColumns])} where o.id = l.id and o.${tables.orderId} = $1`,
        [id, JSON.stringify(lines)],
      ),
    () => writeTotals(db, tables, id, totals),
  );
}

/** Writes the amounts of a locked order, and what of it was cancelled. */
async function writeTotals(db: Db, { orders }: OrderTables, id: string, totals: KeptTotals): Promise<void> {
  await rowsOf(
    db,
    `update ${orders} set inter_state = $2, subtotal = $3, discount = $4, tax = $5, total = $6, cancelled_value = $7,
       line_count = $8, shipping = $9
     where id = $1`,
    [
      id,
      totals.interState,
      totals.subtotal,
      totals.discount,
      totals.tax,
      totals.total,
      totals.cancelledValue,
      totals.lineCount,
      totals.shipping,
    ],
  );
}

/**
 * Writes the revised terms and amounts of a locked order, with the `progress` columns of its lines; new lines are
 * added.
 */
export async function writeRevision(
  db: Db,
  tables: OrderTables,
  id: string,
  totals: KeptTotals,
  lines: readonly KeptLine[],
  progress: readonly string[] = [],
): Promise<void> {
  const revised = [...termColumns, ...amountColumns, ...progress];
  await inOrder(
    () =>
      rowsOf(
        db,
        `insert into ${tables.lines} (${[tables.orderId, ...pricedColumns, ...progress].join(', ')})
         select $1::uuid, ${[...pricedColumns, ...progress].map((column) => `l.${column}`).join(', ')}
         from ${recordset('$2', pricedColumns, progress)}
         on conflict (id) do update set ${revised.map((column) => `${column} = excluded.${column}`).join(', ')}`,
        [id, JSON.stringify(lines)],
      ),
    () => writeTotals(db, tables, id, totals),
  );
}

/**
 * The record sent under this id before; undefined when it is new. Waits for anyone who is making the same record at
 * this moment, so that of two equal requests one makes it and the other finds it.
 */
export async function findEarlier(
  db: Db,
  { orders, number }: OrderTables,
  id: string,
): Promise<{ number: string; contentHash: Buffer | null } | undefined> {
  const [, [row]] = await inOrder(
    () => rowsOf(db, 'select pg_advisory_xact_lock(hashtextextended($1, 1))', [id]),
    () =>
      rowsOf<{ number: string; contentHash: Buffer | null }>(
        db,
        `select ${number} as number, content_hash as "contentHash" from ${orders} where id = $1`,
        [id],
      ),
  );
  return row;
}
