import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { Availability, AvailabilityInput } from './availability.contract.ts';

/** What is free of these products in the warehouse, who waits for them, and when more is expected; in one statement. */
export async function readAvailability(
  db: Kysely<TenantDatabase>,
  { warehouseId, productIds, salesOrderId }: AvailabilityInput,
): Promise<Availability[]> {
  return rowsOf<Availability>(
    db,
    `with free as (
       select i.product_id, sum(i.quantity_on_hand - i.quantity_reserved) as quantity
       from inventory i join bins b on b.id = i.bin_id
       where i.warehouse_id = $1 and i.product_id = any ($2::uuid[]) and b.kind <> 'quarantine' group by 1),
     waiting as (
       select l.product_id, sum(l.backordered) as quantity
       from sales_order_lines l join sales_orders o on o.id = l.sales_order_id
       where l.backordered > 0 and l.product_id = any ($2::uuid[]) and o.warehouse_id = $1
         and ($3::uuid is null or (o.confirmed_at, o.id) < (select t.confirmed_at, t.id from sales_orders t where t.id = $3))
       group by 1),
     expected as (
       select l.product_id, o.expected_date as day, sum(greatest(l.ordered - l.received - l.cancelled, 0.000)) as quantity
       from purchase_orders o join purchase_order_lines l on l.purchase_order_id = o.id
       where o.status in ('confirmed', 'partially_delivered') and o.warehouse_id = $1
         and l.product_id = any ($2::uuid[])
       group by 1, 2 having sum(greatest(l.ordered - l.received - l.cancelled, 0)) > 0),
     arrivals as (
       select product_id, json_agg(json_build_object('day', day, 'quantity', quantity::text)
         order by day nulls last) as list
       from expected group by 1)
     select p.id as "productId", coalesce(f.quantity, 0.000) as free, coalesce(w.quantity, 0.000) as waiting,
       coalesce(a.list, '[]') as arrivals
     from products p left join free f on f.product_id = p.id left join waiting w on w.product_id = p.id
     left join arrivals a on a.product_id = p.id
     where p.id = any ($2::uuid[]) and p.kind = 'tracked' order by p.id`,
    [warehouseId, productIds, salesOrderId ?? null],
  );
}
