import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { belowReorderLevel, projectedStock } from '../../documents/projected-stock.repo.ts';
import type { Dashboard } from './reports.contract.ts';

/**
 * All figures of the first screen in one round trip. Stock is summed once per product and once per warehouse;
 * documents are counted by their status index. Decimals are cast to text inside of the JSON, so that they stay exact.
 */
const figures = `
with today as (
  select $1::date as day
), stock as (
  select * from ${projectedStock} s
), short as (
  select p.id, p.sku, p.name, coalesce(s.projected, 0.000) as projected, p.reorder_level
  from products p left join stock s on s.product_id = p.id
  where p.status = 'active' and ${belowReorderLevel('p', 's.projected')}
), open_purchases as (
  select o.id, o.po_number, o.expected_date, o.vendor_id, o.expected_date < (select day from today) as overdue
  from purchase_orders o where o.status in ('confirmed', 'partially_delivered')
), months as (
  select generate_series(date_trunc('month', day) - interval '11 months', date_trunc('month', day), interval '1 month')::date as month from today
), bought as (
  select date_trunc('month', order_date)::date as month, sum(total - cancelled_value) as amount from purchase_orders
  where status in ('confirmed', 'partially_delivered', 'delivered', 'closed') and order_date >= (select min(month) from months)
  group by 1
), sold as (
  select date_trunc('month', order_date)::date as month, sum(total - cancelled_value) as amount from sales_orders
  where status not in ('draft', 'cancelled') and order_date >= (select min(month) from months)
  group by 1
)
select
  (select coalesce(sum(valuation), 0.00)::text from inventory) as "stockValue",
  (select count(*)::int from short) as "productsBelowReorderLevel",
  (select count(*)::int from open_purchases) as "openPurchaseOrders",
  (select count(*)::int from purchase_orders where status = 'pending_approval') as "purchaseOrdersToApprove",
  (select count(*)::int from open_purchases where overdue) as "overdueDeliveries",
  (select count(*)::int from sales_orders where status in ('confirmed', 'partially_shipped')) as "ordersToShip",
  (select count(*)::int from sales_order_lines where backordered > 0) as "backorderedLines",
  (select jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'),
      'purchased', coalesce(bought.amount, 0.00)::text, 'sold', coalesce(sold.amount, 0.00)::text) order by m.month)
    from months m left join bought using (month) left join sold using (month)) as "months",
  (select coalesce(jsonb_agg(jsonb_build_object('code', w.code, 'name', w.name, 'value', w.value::text, 'products', w.products) order by w.code), '[]')
    from (select w.code, w.name, coalesce(sum(i.valuation), 0.00) as value,
                 count(distinct i.product_id) filter (where i.quantity_on_hand > 0)::int as products
          from warehouses w left join inventory i on i.warehouse_id = w.id where w.status = 'active' group by w.id) w) as "stockByWarehouse",
  (select coalesce(jsonb_agg(jsonb_build_object('productId', id, 'sku', sku, 'name', name, 'projected', projected::text, 'reorderLevel', reorder_level::text) order by share, sku), '[]')
    from (select *, projected / reorder_level as share from short order by share, sku limit 8) s) as "lowStock",
  (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'poNumber', po_number, 'vendorName', vendor_name, 'expectedDate', expected_date, 'overdue', coalesce(overdue, false)) order by expected_date nulls last, po_number), '[]')
    from (select o.*, v.name as vendor_name from open_purchases o join vendors v on v.id = o.vendor_id
          order by o.expected_date nulls last, o.po_number limit 8) o) as "toReceive"
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
