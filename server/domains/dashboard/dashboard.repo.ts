import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { shortProducts } from '../inventory/published.repo.ts';
import { runningTotals } from '../../documents/running-totals.repo.ts';
import { openPurchases, ordersToApprove } from '../purchase-orders/published.repo.ts';
import { backorderedLines, ordersToShip } from '../sales-orders/published.repo.ts';
import type { Dashboard } from './dashboard.contract.ts';

/**
 * All figures of the first screen in one round trip, from running totals and indexes: no figure reads a whole table.
 * Decimals are cast to text inside the JSON, so that they stay exact.
 */
const figures = `
with today as (
  select $1::date as day
), totals as materialized (
  select total, key, amount from ${runningTotals} t where total <> 'products'
), short as materialized (
  select p.id, p.sku, p.name, s.projected, p.reorder_level
  from ${shortProducts('$1')} s join products p on p.id = s.product_id
  where p.status = 'active'
), open_purchases as (
  select o.id, o.po_number, o.expected_date, o.vendor_id, o.expected_date < (select day from today) as overdue
  from ${openPurchases} o
), months as (
  select generate_series(date_trunc('month', day) - interval '11 months', date_trunc('month', day), interval '1 month')::date as month from today
)
select
  (select coalesce(sum(amount), 0.00)::text from totals where total = 'stock value') as "stockValue",
  (select count(*)::int from short) as "productsBelowReorderLevel",
  (select count(*)::int from open_purchases) as "openPurchaseOrders",
  ${ordersToApprove} as "purchaseOrdersToApprove",
  (select count(*)::int from open_purchases where overdue) as "overdueDeliveries",
  ${ordersToShip} as "ordersToShip",
  ${backorderedLines} as "backorderedLines",
  (select jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'),
      'purchased', coalesce(bought.amount, 0.00)::text, 'sold', coalesce(sold.amount, 0.00)::text) order by m.month)
    from months m left join totals bought on bought.total = 'bought' and bought.key = to_char(m.month, 'YYYY-MM')
      left join totals sold on sold.total = 'sold' and sold.key = to_char(m.month, 'YYYY-MM')) as "months",
  (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'name', name, 'value', value::text, 'products', products) order by code), '[]')
    from (select w.code, w.name, coalesce(worth.amount, 0.00) as value, coalesce(stocked.amount, 0)::int as products from warehouses w
          left join totals worth on worth.total = 'stock value' and worth.key = w.id::text
          left join totals stocked on stocked.total = 'products stocked' and stocked.key = w.id::text where w.status = 'active') places) as "stockByWarehouse",
  (select coalesce(jsonb_agg(jsonb_build_object('productId', id, 'sku', sku, 'name', name, 'projected', projected::text, 'reorderLevel', reorder_level::text) order by share, sku), '[]')
    from (select *, projected / reorder_level as share from short order by share, sku limit 8) s) as "lowStock",
  (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'poNumber', po_number, 'vendorName', vendor_name, 'expectedDate', expected_date, 'overdue', coalesce(overdue, false)) order by expected_date nulls last, po_number), '[]')
    from (select o.*, v.name as vendor_name
          from (select * from open_purchases order by expected_date nulls last, po_number limit 8) o
          join vendors v on v.id = o.vendor_id) o) as "toReceive"
`;

/** The figures as of the tenant's `today`. */
export async function dashboardFigures(
  db: Kysely<TenantDatabase>,
  today: string,
): Promise<Omit<Dashboard, 'at'>> {
  const [row] = await rowsOf<Omit<Dashboard, 'at'>>(db, figures, [today]);
  if (!row) throw new Error('The figures gave no row.');
  return row;
}
