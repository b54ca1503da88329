import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage, Positioned } from '../../db/keyset.ts';
import { isOneOf, namedWhenFew } from '../../db/few.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { foundProducts } from './found-products.repo.ts';
import { keptAdjustment } from './adjustment-reasons.contract.ts';
import type { ListMovements, MovementKind, MovementRow, movementSorts } from './inventory.contract.ts';

type Db = Kysely<TenantDatabase>;
type MovementSort = (typeof movementSorts)[number];

export const movementOrder = new KeysetOrder<MovementSort>({
  id: 'stock_movements.id',
  keys: { occurredAt: byColumn('stock_movements.occurred_at', 'instant') },
  usual: { by: 'occurredAt', direction: 'desc' },
});

const movements = (db: Db) =>
  db
    .selectFrom('stock_movements')
    .innerJoin('products', 'products.id', 'stock_movements.product_id')
    .innerJoin('warehouses', 'warehouses.id', 'stock_movements.warehouse_id')
    .innerJoin('bins', 'bins.id', 'stock_movements.bin_id');

async function matching(db: Db, { search, filter }: ListMovements) {
  let query = movements(db);
  if (search) {
    const found = await foundProducts(db, search);
    query = query.where(
      sql<boolean>`(${found('stock_movements.product_id')}
        or stock_movements.document_number = upper(${search}::text))`,
    );
  }
  if (filter?.productId) query = query.where('stock_movements.product_id', '=', filter.productId);
  if (filter?.warehouseId) query = query.where('stock_movements.warehouse_id', '=', filter.warehouseId);
  if (filter?.binId) query = query.where('stock_movements.bin_id', '=', filter.binId);
  if (filter?.documentId) query = query.where('stock_movements.document_id', '=', filter.documentId);
  if (filter?.kind) query = query.where(isOneOf('stock_movements.kind', filter.kind));
  if (filter?.from) query = query.where('stock_movements.occurred_at', '>=', filter.from);
  if (filter?.to) query = query.where('stock_movements.occurred_at', '<', filter.to);
  return { query, named: await namedWhenFew(db, query, 'stock_movements.id', filter) };
}

export async function listMovements(db: Db, input: ListMovements, page: KeysetPage<MovementSort>) {
  const { query, named } = await matching(db, input);
  const build = () =>
    page.apply(
      (named ? movements(db).where(named) : query).select([
        'stock_movements.id as id',
        'stock_movements.occurred_at as occurredAt',
        sql<MovementRow['kind']>`stock_movements.kind`.as('kind'),
        sql<
          MovementRow['product']
        >`json_build_object('id', products.id, 'sku', products.sku, 'name', products.name,
      'unit', products.unit)`.as('product'),
        'warehouses.code as warehouseCode',
        'bins.code as binCode',
        'stock_movements.lot as lot',
        'stock_movements.quantity as quantity',
        'stock_movements.unit_cost as unitCost',
        'stock_movements.value as value',
        'stock_movements.quantity_after as quantityAfter',
        'stock_movements.value_after as valueAfter',
        sql<MovementRow['documentKind']>`stock_movements.document_kind`.as('documentKind'),
        'stock_movements.document_id as documentId',
        'stock_movements.document_number as documentNumber',
        'stock_movements.reason as reason',
        // A schema one version older has no such column.
        sql<string | null>`to_jsonb(stock_movements) ->> 'note'`.as('note'),
        'stock_movements.reverses as reverses',
        'stock_movements.actor as actor',
      ]),
    );
  // What is found decides about the query as well: only where nothing was looked up is it the same one again.
  const rows = await (input.search || named ? build().execute() : askAgain(db, 'movements', input, build));
  return rows.map(withReason);
}

/** A movement with its reason and its note apart, also where the ledger holds both in one text. */
function withReason<Row extends Pick<MovementRow, 'kind' | 'reason' | 'note'>>(row: Row): Row {
  return row.kind === 'adjustment' ? { ...row, ...keptAdjustment(row.reason, row.note) } : row;
}

export async function countMovements(db: Db, input: ListMovements) {
  const { query } = await matching(db, input);
  return cappedTotal(db, query);
}

/** One row of the ledger as lists show it, and what a reversal needs of it. */
export interface LedgerEntry extends MovementRow {
  warehouseId: string;
  binId: string;
  placeId: string;
  reversedBy: string | null;
  expiresOn: string | null;
  contentHash: Buffer | null;
  /** Nothing has moved in its place since. */
  isLast: boolean;
}

/**
 * Whether the ledger has room for what a movement was asked to be, or for a note beside its reason; a schema one version
 * older has none.
 */
export async function keepsColumn(db: Db, column: 'content_hash' | 'note'): Promise<boolean> {
  const [row] = await rowsOf<{ kept: boolean }>(
    db,
    `select exists (select 1 from pg_attribute where attrelid = 'stock_movements'::regclass
       and attname = $1 and not attisdropped) as kept`,
    [column],
  );
  return row?.kept ?? false;
}

export async function readMovement(db: Db, id: string): Promise<LedgerEntry | undefined> {
  const [row] = await rowsOf<LedgerEntry & { kind: MovementKind }>(
    db,
    `select m.id, m.occurred_at as "occurredAt", m.kind, m.lot, m.quantity, m.unit_cost as "unitCost", m.value,
       m.quantity_after as "quantityAfter", m.value_after as "valueAfter", m.document_kind as "documentKind",
       m.document_id as "documentId", m.document_number as "documentNumber", m.reason, to_jsonb(m) ->> 'note' as note,
       m.reverses, m.actor,
       m.expires_on as "expiresOn", m.warehouse_id as "warehouseId", m.bin_id as "binId", i.id as "placeId",
       (select r.id from stock_movements r where r.reverses = m.id) as "reversedBy", (to_jsonb(m) ->> 'content_hash')::bytea as "contentHash",
       not exists (select 1 from stock_movements l where l.product_id = m.product_id and l.warehouse_id = m.warehouse_id
         and l.bin_id = m.bin_id and l.sequence > m.sequence) as "isLast",
       json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'unit', p.unit) as product,
       w.code as "warehouseCode", b.code as "binCode"
     from stock_movements m join products p on p.id = m.product_id join warehouses w on w.id = m.warehouse_id
     join bins b on b.id = m.bin_id
     join inventory i on i.product_id = m.product_id and i.warehouse_id = m.warehouse_id and i.bin_id = m.bin_id
     where m.id = $1`,
    [id],
  );
  return row && withReason(row);
}

export interface StockAsOfRow {
  placeId: string;
  product: { id: string; sku: string; name: string };
  warehouseCode: string;
  binCode: string;
  onHand: string;
  value: string;
}

export const asOfOrder = new KeysetOrder({
  id: 'i.id',
  keys: { sku: byColumn('p.sku', 'text') },
  usual: { by: 'sku', direction: 'asc' },
});

/** What lay in each place at a moment, from the ledger: the last movement of the place up to then. */
export async function readStockAsOf(
  db: Db,
  wanted: { at: string; productId?: string | undefined; warehouseId?: string | undefined },
  page: KeysetPage<'sku'>,
): Promise<(StockAsOfRow & Positioned)[]> {
  return rowsOf<StockAsOfRow & Positioned>(
    db,
    `select i.id as "placeId", json_build_object('id', p.id, 'sku', p.sku, 'name', p.name) as product,
       w.code as "warehouseCode", b.code as "binCode", m.quantity_after as "onHand", m.value_after as value,
       p.sku as keyset_value, i.id as keyset_id
     from inventory i join products p on p.id = i.product_id join warehouses w on w.id = i.warehouse_id
     join bins b on b.id = i.bin_id
     join lateral (
       select quantity_after, value_after from stock_movements m
       where m.product_id = i.product_id and m.warehouse_id = i.warehouse_id and m.bin_id = i.bin_id
         and m.occurred_at <= $1::timestamptz
       order by m.sequence desc limit 1) m on m.quantity_after > 0
     where ($2::uuid is null or i.product_id = $2) and ($3::uuid is null or i.warehouse_id = $3)
       and ($4::text is null or (p.sku, i.id) > ($4, $5::uuid))
     order by p.sku, i.id limit $6`,
    [
      wanted.at,
      wanted.productId ?? null,
      wanted.warehouseId ?? null,
      page.after?.value ?? null,
      page.after?.id ?? null,
      page.limit + 1,
    ],
  );
}
