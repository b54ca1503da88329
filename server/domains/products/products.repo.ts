import { sql } from 'kysely';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import { isOneOf, namedWhenFew } from '../../db/few.ts';
import { visibleKeys } from '../../permissions/visible-keys.ts';
import { productStock } from '../../documents/projected-stock.repo.ts';
import { runningTotals } from '../../documents/running-totals.repo.ts';
import { columnsOfRows } from '../../db/record-columns.ts';
import { masterTable } from '../master-table.repo.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import type { Products, TenantDatabase } from '../../db/tenant-schema.ts';
import { promisableOf } from '../inventory/published.repo.ts';
import { today } from '../../ground/days.contract.ts';
import { totalCap } from '../../ground/list.contract.ts';
import { codesIn, productRowSchema, spellingsOf } from './products.contract.ts';
import type { ListProducts, productSorts } from './products.contract.ts';

type Db = Kysely<TenantDatabase>;
type ProductSort = (typeof productSorts)[number];
export type ProductRecord = Selectable<Products> & { barcodes: string[] };

export const productOrder = new KeysetOrder<ProductSort>({
  id: 'products.id',
  keys: visibleKeys(productRowSchema, {
    sku: byColumn('products.sku', 'text'),
    name: byColumn('products.name', 'text'),
    category: byColumn('products.category', 'text'),
    salePrice: byColumn('products.sale_price', 'numeric'),
    purchasePrice: byColumn('products.purchase_price', 'numeric'),
    updatedAt: byColumn('products.updated_at', 'instant'),
  }),
  usual: { by: 'name', direction: 'asc' },
});

const ofBarcode = (code: string) =>
  sql`(select array_agg(product_id) from products_by_code(${codesIn(code)}))::uuid[]`;

function matching(db: Db, { filter }: ListProducts) {
  let query = db.selectFrom('products');
  if (filter?.status) query = query.where(isOneOf('products.status', filter.status));
  if (filter?.category) query = query.where('products.category', '=', filter.category);
  if (filter?.kind) query = query.where('products.kind', '=', filter.kind);
  if (filter?.ids) query = query.where(sql<boolean>`products.id = any(${filter.ids}::uuid[])`);
  if (filter?.barcode) query = query.where(sql<boolean>`products.id = any(${ofBarcode(filter.barcode)})`);
  return query;
}

/** The ids of a search in the list's order; the function applies filter, order and position itself. */
function searched({ search, filter }: ListProducts, page: KeysetPage<ProductSort> | null, limit: number) {
  const { by, direction } = page?.sort ?? { by: 'name', direction: 'asc' };
  const { value = null, id = null } = page?.after ?? {};
  const ids = filter?.ids ? sql`${filter.ids}::uuid[]` : sql`null::uuid[]`;
  const barcode = filter?.barcode;
  // With both given, a product must match both; an empty array finds nothing.
  const among =
    barcode === undefined
      ? ids
      : sql`(select coalesce(array_agg(found.id), '{}') from unnest(coalesce(${ofBarcode(barcode)}, '{}')) as found(id)
             where ${ids} is null or found.id = any(${ids}))`;
  return sql<{ id: string }>`search_products(${search ?? ''}, ${filter?.category ?? null},
    ${filter?.status ?? null}::text[], ${filter?.kind ?? null}, ${among}, ${by}, ${direction === 'desc'},
    ${value === null ? null : String(value)}, ${id}::uuid, ${limit})`.as<'hit'>(sql`hit(id)`);
}

const rowColumns = [
  ...columnsOfRows('products', productRowSchema, ['onHand', 'available']),
  // What is available of the page's products depends on it.
  'products.tracks_lots' as const,
];

/** One page in one round trip, with the running totals of the page's products. */
export async function listProducts(db: Db, input: ListProducts, page: KeysetPage<ProductSort>) {
  const query = matching(db, input);
  const named = input.search ? undefined : await namedWhenFew(db, query, 'products.id', input.filter);
  const day = today();
  const build = () =>
    pageOfProducts(db, input, page, day, named ? db.selectFrom('products').where(named) : query);
  // What is found decides about the query as well: only where nothing was looked up is it the same one again.
  return named ? build().execute() : askAgain(db, 'products', { ...input, day }, build);
}

function pageOfProducts(
  db: Db,
  input: ListProducts,
  page: KeysetPage<ProductSort>,
  day: string,
  query: ReturnType<typeof matching>,
) {
  const found = input.search
    ? page.mark(
        db
          .selectFrom(searched(input, page, page.limit + 1))
          .innerJoin('products', (join) => join.on(sql<boolean>`products.id = hit.id`))
          .select(rowColumns),
      )
    : page.apply(query.select(rowColumns));
  const withStock = db
    .selectFrom(found.as('page'))
    .innerJoin(`${productStock} as stock` as const, 'stock.product_id', 'page.id')
    .selectAll('page')
    .select(['stock.on_hand', sql<string>`${sql.raw(promisableOf('page', `'${day}'`))}`.as('available')]);
  return page.sorted(withStock, 'page');
}

export function countProducts(db: Db, input: ListProducts) {
  if (!input.search) return cappedTotal(db, matching(db, input));
  return cappedTotal(db, db.selectFrom(searched(input, null, totalCap + 1)));
}

const barcodesOfProduct = sql<string[]>`array(select barcode from product_barcodes
  where product_barcodes.product_id = products.id order by barcode)`;

/** `lock` keeps others from changing the product until the transaction ends. */
async function findProduct(db: Db, id: string, lock = false): Promise<ProductRecord | undefined> {
  const query = db
    .selectFrom('products')
    .selectAll()
    .select(barcodesOfProduct.as('barcodes'))
    .where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

const rows = masterTable('products');
/** A product is its row and its barcodes: it is read again once both are written. */
export const productTable = {
  find: findProduct,
  insert: async (db: Db, product: Insertable<Products>) =>
    (await rows.insert(db, product)) === undefined ? undefined : (true as const),
  update: async (db: Db, id: string, changes: Updateable<Products>) => {
    await rows.update(db, id, changes);
    return true as const;
  },
};

/** A code of another product: as its SKU, or as one of its barcodes. */
export interface CodeInUse {
  code: string;
  sku: string;
  name: string;
}

/** Keeps others from taking a code or a new category until the transaction ends. */
const holdNames = (db: Db) =>
  sql`select pg_advisory_xact_lock(hashtextextended('names of products', 0))`.execute(db);

/** Which of these codes another product has, as its SKU or as a barcode: a scan must have one answer. */
export async function codesInUse(db: Db, codes: readonly string[], not: string): Promise<CodeInUse[]> {
  const spelt = codes.flatMap(spellingsOf).map((code) => code.toUpperCase());
  await holdNames(db);
  const { rows } = await sql<CodeInUse>`
    select c.code, p.sku, p.name from products_by_code(${spelt}) c
    join products p on p.id = c.product_id where p.id <> ${not}`.execute(db);
  return rows;
}

export interface NamedProduct {
  text: string;
  id: string;
  sku: string;
  name: string;
  kind: string;
  unit: string;
  purchase_price: string;
  sale_price: string;
  tax_class: string;
  status: string;
}

/**
 * The products each text names, at most two of a text: by code, from the indexes of codes; the rest by whole names, in
 * one pass over the products, and in none when every text is a code.
 */
export async function productsNamed(db: Db, texts: readonly string[]): Promise<NamedProduct[]> {
  const spelt = texts.flatMap((text) => codesIn(text).map((spelling) => ({ text, spelling })));
  const { rows } = await sql<NamedProduct>`
    with by_code as materialized (
      select distinct asked.text, c.product_id
      from unnest(${spelt.map(({ text }) => text)}::text[], ${spelt.map(({ spelling }) => spelling)}::text[]) as asked(text, spelling)
      join products_by_code(${spelt.map(({ spelling }) => spelling)}) c on upper(c.code) = asked.spelling),
    others as materialized (
      select t.text, lower(t.text collate "und-x-icu") as words from unnest(${[...texts]}::text[]) as t(text)
      where not exists (select 1 from by_code where by_code.text = t.text)),
    by_name as (
      select others.text, p.id as product_id
      from others join products p on lower(normalize(p.name) collate "und-x-icu") = others.words),
    found as (
      select text, product_id from by_code union all select text, product_id from by_name),
    ranked as (
      select found.text, p.id, p.sku, p.name, p.kind, p.unit, p.purchase_price, p.sale_price, p.tax_class, p.status,
        row_number() over of_text as place, p.status <> first_value(p.status) over of_text as weaker
      from found join products p on p.id = found.product_id
      window of_text as (partition by found.text order by p.status, p.id))
    select text, id, sku, name, kind, unit, purchase_price, sale_price, tax_class, status
    from ranked where place <= 2 and not weaker`.execute(db);
  return rows;
}

/** What the labels of products say. */
export async function labelledProducts(db: Db, ids: readonly string[]) {
  return db
    .selectFrom('products')
    .select(['id', 'sku', 'name', 'category', barcodesOfProduct.as('barcodes')])
    .where(sql<boolean>`products.id = any(${[...ids]}::uuid[])`)
    .execute();
}

export async function replaceBarcodes(db: Db, id: string, barcodes: readonly string[]): Promise<void> {
  await db.deleteFrom('product_barcodes').where('product_id', '=', id).execute();
  if (barcodes.length === 0) return;
  await db
    .insertInto('product_barcodes')
    .values(barcodes.map((barcode) => ({ barcode, product_id: id })))
    .execute();
}

export async function productCategories(db: Db) {
  const { rows } = await sql<{ category: string; products: number }>`
    select key collate natural_order as category, amount::int as products from ${sql.raw(runningTotals)} t
    where total = 'products' and amount > 0 order by 1`.execute(db);
  return rows;
}

/**
 * How a category is written that differs in capitals only, if another product has one; undefined when it is new. Walks
 * the index from one category to the next.
 */
export async function spellingOfCategory(db: Db, category: string, not: string): Promise<string | undefined> {
  await holdNames(db);
  const { rows } = await sql<{ category: string }>`
    with recursive spelt (category) as (
      (select category from products order by category limit 1)
      union all
      select (select p.category from products p where p.category > spelt.category order by p.category limit 1)
      from spelt where spelt.category is not null)
    select category from spelt
    where lower(normalize(category) collate "und-x-icu") = lower(${category}::text collate "und-x-icu")
      and exists (select 1 from products p where p.category = spelt.category and p.id <> ${not})
    order by category = ${category} desc limit 1`.execute(db);
  return rows[0]?.category;
}
