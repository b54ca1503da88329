import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { few, isNamed, isOneOf, namedWhenFew } from '../../db/few.ts';
import { hasWords } from '../../db/has-words.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { receivedGoods } from '../purchase-orders/published.repo.ts';
import { shippedGoods } from '../sales-orders/published.repo.ts';
import { foundProducts } from './found-products.repo.ts';
import { lotHistoryParts, mostLotHistory } from './lots.contract.ts';
import type { ListLots, Lot, LotRow, lotSorts } from './lots.contract.ts';

type Db = Kysely<TenantDatabase>;
type LotSort = (typeof lotSorts)[number];

export const lotOrder = new KeysetOrder<LotSort>({
  id: 'lots.id',
  keys: {
    number: { expression: sql`lots.number collate natural_order`, type: 'text', nullable: false },
    expiresOn: byColumn('lots.expires_on', 'date', true),
    createdAt: byColumn('lots.created_at', 'instant'),
  },
  usual: { by: 'expiresOn', direction: 'asc' },
});

const lots = (db: Db) => db.selectFrom('lots').innerJoin('products', 'products.id', 'lots.product_id');

async function matching(db: Db, { search, filter }: ListLots) {
  let query = lots(db);
  if (search) {
    const [found] = await rowsOf<{ ids: string[] | null }>(db, 'select some_lots($1, $2::int) as ids', [
      search,
      few,
    ]);
    if (found?.ids) query = query.where(isNamed('lots.id', found.ids));
    else {
      const ofProduct = await foundProducts(db, search);
      query = query.where(
        sql<boolean>`(${hasWords(sql.ref('lots.search_text'), search)} or ${ofProduct('lots.product_id')})`,
      );
    }
  }
  if (filter?.productId) query = query.where('lots.product_id', '=', filter.productId);
  if (filter?.status) query = query.where(isOneOf('lots.status', filter.status));
  if (filter?.inStock !== undefined)
    query = query.where(filter.inStock ? sql<boolean>`lots.in_stock` : sql<boolean>`not lots.in_stock`);
  if (filter?.expiresUntil) query = query.where('lots.expires_on', '<=', filter.expiresUntil);
  if (filter?.ids) query = query.where(sql<boolean>`lots.id = any(${filter.ids}::uuid[])`);
  return { query, named: await namedWhenFew(db, query, 'lots.id', filter) };
}

const columns = `lots.id, lots.version, lots.number, lots.vendor_lot as "vendorLot", lots.made_on as "madeOn",
  lots.expires_on as "expiresOn", lots.status, lots.status_reason as "statusReason", lots.on_hand as "onHand",
  lots.created_at as "createdAt", lots.updated_at as "updatedAt", lots.updated_by as "updatedBy",
  json_build_object('id', products.id, 'sku', products.sku, 'name', products.name, 'unit', products.unit) as product`;

export async function listLots(db: Db, input: ListLots, page: KeysetPage<LotSort>) {
  const { query, named } = await matching(db, input);
  const build = () =>
    page.apply(
      (named ? lots(db).where(named) : query).select([
        'lots.id as id',
        'lots.version as version',
        'lots.number as number',
        'lots.vendor_lot as vendorLot',
        'lots.made_on as madeOn',
        'lots.expires_on as expiresOn',
        sql<LotRow['status']>`lots.status`.as('status'),
        'lots.status_reason as statusReason',
        'lots.on_hand as onHand',
        'lots.created_at as createdAt',
        'lots.updated_at as updatedAt',
        'lots.updated_by as updatedBy',
        sql<
          LotRow['product']
        >`json_build_object('id', products.id, 'sku', products.sku, 'name', products.name,
          'unit', products.unit)`.as('product'),
      ]),
    );
  // What is found decides about the query as well: only where nothing was looked up is it the same one again.
  return input.search || named ? build().execute() : askAgain(db, 'lots', input, build);
}

export async function countLots(db: Db, input: ListLots) {
  const { query } = await matching(db, input);
  return cappedTotal(db, query);
}

export async function findLot(db: Db, id: string): Promise<LotRow | undefined> {
  const [row] = await rowsOf<LotRow>(
    db,
    `select ${columns} from lots join products on products.id = lots.product_id where lots.id = $1`,
    [id],
  );
  return row;
}

/** What the labels of lots say. */
export async function labelledLots(db: Db, ids: readonly string[]) {
  return db
    .selectFrom('lots')
    .select(['id', 'number', 'expires_on as expiresOn', 'product_id as productId'])
    .where(sql<boolean>`lots.id = any(${[...ids]}::uuid[])`)
    .execute();
}

/** Holds the lot until the transaction ends. The places of its product are locked before it, as by movements. */
export async function lockLot(db: Db, id: string): Promise<void> {
  await rowsOf(db, 'select id from lots where id = $1 for update', [id]);
}

/** Changes columns of a lot and counts its version. */
export async function changeLot(
  db: Db,
  id: string,
  { status, statusReason, expiresOn, madeOn, vendorLot }: LotRow,
  by: string,
): Promise<void> {
  await rowsOf(
    db,
    `update lots set status = $2, status_reason = $3, expires_on = $4, made_on = $5, vendor_lot = $6, updated_by = $7,
       version = version + 1, updated_at = now() where id = $1`,
    [id, status, statusReason, expiresOn, madeOn, vendorLot, by],
  );
}

/** The warehouses in which the product has a place. */
export async function warehousesOf(db: Db, productId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    'select distinct warehouse_id as id from inventory where product_id = $1 order by 1',
    [productId],
  );
  return rows.map(({ id }) => id);
}

/** What is left of a lot, place by place. */
export async function placesOfLot(db: Db, id: string): Promise<Lot['places']> {
  return rowsOf(
    db,
    `select json_build_object('id', w.id, 'code', w.code, 'name', w.name) as warehouse,
       json_build_object('id', b.id, 'code', b.code, 'kind', b.kind) as bin, s.quantity
     from lot_stock s join inventory i on i.id = s.inventory_id join warehouses w on w.id = i.warehouse_id
     join bins b on b.id = i.bin_id
     where s.lot_id = $1 and s.quantity > 0 order by w.code, b.is_default desc, b.code`,
    [id],
  );
}

type LotHistory = { [Part in (typeof lotHistoryParts)[number]]: NonNullable<Lot[Part]> };

/** Where a lot came from, who got it, and what else happened to it: of each the latest ones, and what has more of them. */
export async function historyOfLot(
  db: Db,
  { product, number }: LotRow,
): Promise<LotHistory & Pick<Lot, 'cut'>> {
  const [row] = await rowsOf<LotHistory>(
    db,
    `with moved as materialized (
       select m.id, m.sequence, to_jsonb(m.occurred_at) as at, m.kind, m.quantity, m.warehouse_id, m.bin_id, m.actor
       from stock_movements m where m.product_id = $1 and upper(m.lot) = upper($2) and m.lot is not null),
     came as (
       select m.sequence, json_build_object('at', m.at, 'quantity', m.quantity::text, 'vendor', r.vendor,
          'purchaseOrder', r."order", 'receiptNumber', r.number) as entry
       from moved m join ${receivedGoods} r on r.movement_id = m.id order by m.sequence desc limit $3),
     went as (
       select m.sequence, json_build_object('at', m.at, 'quantity', (-m.quantity)::text, 'customer', s.customer,
          'salesOrder', s."order", 'shipmentNumber', s.number) as entry
       from moved m join ${shippedGoods} s on s.movement_id = m.id order by m.sequence desc limit $3),
     corrected as (
       select m.sequence, json_build_object('at', m.at, 'quantity', m.quantity::text, 'kind', m.kind,
          'warehouseCode', w.code, 'binCode', b.code, 'actor', m.actor) as entry
       from moved m join warehouses w on w.id = m.warehouse_id join bins b on b.id = m.bin_id
       where m.kind not in ('receipt', 'issue') order by m.sequence desc limit $3)
     select
       (select coalesce(json_agg(entry order by sequence desc), '[]') from came) as sources,
       (select coalesce(json_agg(entry order by sequence desc), '[]') from went) as recipients,
       (select coalesce(json_agg(entry order by sequence desc), '[]') from corrected) as corrections`,
    [product.id, number, mostLotHistory + 1],
  );
  if (!row) throw new Error('An aggregate gives a row.');
  const { sources, recipients, corrections } = row;
  const parts = { sources, recipients, corrections };
  return {
    sources: sources.slice(0, mostLotHistory),
    recipients: recipients.slice(0, mostLotHistory),
    corrections: corrections.slice(0, mostLotHistory),
    cut: lotHistoryParts.filter((part) => parts[part].length > mostLotHistory),
  };
}
