import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { productStock } from '../../documents/projected-stock.repo.ts';
import { runningTotals } from '../../documents/running-totals.repo.ts';
import type { OpenOnDocuments } from './open-on-documents.ts';

/** One figure that the stock's records disagree on. */
export interface StockDifference {
  what:
    | 'on hand'
    | 'value'
    | 'reserved'
    | 'in transit'
    | 'reserved on the order'
    | 'ledger step'
    | 'over all places'
    | 'running total'
    | 'of the lot';
  /** The product; of a running total what it sums, and for which warehouse, category or month. */
  sku: string;
  warehouse: string | null;
  /** null where the figure belongs to a whole warehouse or to an order. */
  bin: string | null;
  /** The order or the movement, where the row belongs to one. */
  document: string | null;
  /** What the source says: the ledger, the reservations, the open purchase orders. Decimal. */
  expected: string;
  /** The stored figure beside it. Decimal. */
  recorded: string;
}

export interface StockProof {
  places: number;
  movements: number;
  differences: StockDifference[];
}

/** No more differences than this are read: they have one cause, and the first rows name it. */
const mostDifferences = 1000;

/**
 * Proves the running totals of one tenant from their sources, all from one moment:
 * - Σ ledger = quantity and value of every product, warehouse and bin, and every ledger row carries its running total;
 * - Σ ledger = quantity of every lot in every place, and no place has more in lots than it holds;
 * - Σ reservations = what is reserved in every place and on every order line;
 * - Σ open quantity of confirmed purchase orders = what is in transit to a product's warehouse;
 * - Σ places and backorders = what is kept of every product over all places, and the sums behind dashboard and lists.
 */
export async function readProof(
  db: Kysely<TenantDatabase>,
  { arrivals, claimsOnStock }: OpenOnDocuments,
): Promise<StockProof> {
  const rows = await rowsOf<StockProof>(
    db,
    `with ledger as (
       select product_id, warehouse_id, bin_id, sum(quantity) as quantity, sum(value) as value
       from stock_movements group by 1, 2, 3),
     places as (
       select product_id, warehouse_id, bin_id,
         coalesce(l.quantity, 0) as ledger_quantity, coalesce(i.quantity_on_hand, 0) as quantity,
         coalesce(l.value, 0) as ledger_value, coalesce(i.valuation, 0) as value
       from ledger l full join inventory i using (product_id, warehouse_id, bin_id)),
     steps as (
       select id, product_id, warehouse_id, bin_id, quantity_after, value_after,
         sum(quantity) over place as quantity, sum(value) over place as value
       from stock_movements
       window place as (partition by product_id, warehouse_id, bin_id order by sequence)),
     reserved as (select inventory_id, sum(quantity) as quantity from stock_reservations group by 1),
     held as (select sales_order_line_id, sum(quantity) as quantity from stock_reservations group by 1),
     expected as (
       select a.product_id, a.warehouse_id, sum(a.quantity) as quantity
       from ${arrivals} a join products p on p.id = a.product_id and p.kind = 'tracked'
       group by 1, 2),
     transit as (
       select product_id, warehouse_id, sum(quantity_in_transit) as quantity from inventory group by 1, 2),
     differences as (
       select 1 as rank, 'on hand' as what, product_id, warehouse_id, bin_id, null as document,
         round(ledger_quantity, 3) as expected, round(quantity, 3) as recorded
       from places where ledger_quantity <> quantity
       union all
       select 2, 'value', product_id, warehouse_id, bin_id, null, round(ledger_value, 2), round(value, 2)
       from places where ledger_value <> value
       union all
       select 3, 'reserved', i.product_id, i.warehouse_id, i.bin_id, null,
         coalesce(r.quantity, 0.000), i.quantity_reserved
       from inventory i left join reserved r on r.inventory_id = i.id
       where i.quantity_reserved <> coalesce(r.quantity, 0)
       union all
       select 4, 'in transit', product_id, warehouse_id, null, null,
         coalesce(e.quantity, 0.000), coalesce(t.quantity, 0.000)
       from transit t full join expected e using (product_id, warehouse_id)
       where coalesce(t.quantity, 0) <> coalesce(e.quantity, 0)
       union all
       select 5, 'reserved on the order', c.product_id, c.warehouse_id, null, c.document_number,
         coalesce(h.quantity, 0.000), c.reserved
       from ${claimsOnStock} c
       join products p on p.id = c.product_id and p.kind = 'tracked'
       left join held h on h.sales_order_line_id = c.line_id
       where c.reserved <> coalesce(h.quantity, 0)
       union all
       select 6, 'ledger step', product_id, warehouse_id, bin_id, id::text,
         case when quantity_after <> quantity then round(quantity, 3) else round(value, 2) end,
         case when quantity_after <> quantity then quantity_after else value_after end
       from steps where quantity_after <> quantity or value_after <> value
       union all
       select 7, 'over all places', s.product_id, null, null, null,
         s.on_hand + s.in_transit - s.reserved - s.backordered, k.projected
       from sources_of_product_stock() s left join ${productStock} k using (product_id)
       where (s.on_hand, s.reserved, s.in_transit, s.backordered, s.reorder_level)
         is distinct from (k.on_hand, k.reserved, k.in_transit, k.backordered, k.reorder_level)
       union all
       select 8, 'running total', null, null, null, total || ' of ' || key, coalesce(s.amount, 0), coalesce(k.amount, 0)
       from sources_of_totals() s
       full join ${runningTotals} k using (total, key)
       where coalesce(s.amount, 0) <> coalesce(k.amount, 0)
       union all
       select 9, 'of the lot', product_id, warehouse_id, bin_id, number, expected, recorded from wrong_lots()),
     named as (
       select d.what, coalesce(p.sku, d.document) as sku, w.code as warehouse, b.code as bin,
         case when p.id is not null then d.document end as document, d.expected::text, d.recorded::text
       from differences d
       left join products p on p.id = d.product_id
       left join warehouses w on w.id = d.warehouse_id
       left join bins b on b.id = d.bin_id
       order by d.rank, p.sku, w.code, b.code, d.document
       limit $1)
     select (select count(*)::int from inventory) as places,
       (select count(*)::int from stock_movements) as movements,
       (select coalesce(json_agg(named), '[]') from named) as differences`,
    [mostDifferences],
  );
  const [proof] = rows;
  if (!proof) throw new Error('The stock could not be proved.');
  return proof;
}
