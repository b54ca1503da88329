import type { Kysely } from 'kysely';
import { today } from '../../ground/days.contract.ts';
import { promisable } from './published.repo.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { Availability, AvailabilityInput } from './availability.contract.ts';
import type { OpenOnDocuments } from './open-on-documents.ts';

/**
 * The free quantity of these products in the warehouse, the waiting orders, and the expected arrivals, in one
 * statement.
 */
export async function readAvailability(
  db: Kysely<TenantDatabase>,
  { warehouseId, productIds, salesOrderId }: AvailabilityInput,
  { arrivals, claimsOnStock }: OpenOnDocuments,
): Promise<Availability[]> {
  return rowsOf<Availability>(
    db,
    `with free as (
       select i.product_id, sum(${promisable('i', 'p', 'b', '$4')}) as quantity
       from inventory i join products p on p.id = i.product_id join bins b on b.id = i.bin_id
       where i.warehouse_id = $1 and i.product_id = any ($2::uuid[]) group by 1),
     waiting as (
       select c.product_id, sum(c.backordered) as quantity
       from ${claimsOnStock} c
       where c.backordered > 0 and c.product_id = any ($2::uuid[]) and c.warehouse_id = $1
         and ($3::uuid is null or (c.confirmed_at, c.document_id) <
           (select t.confirmed_at, t.document_id from ${claimsOnStock} t where t.document_id = $3 limit 1))
       group by 1),
     expected as (
       select a.product_id, a.expected_date as day, sum(a.quantity) as quantity
       from ${arrivals} a where a.warehouse_id = $1 and a.product_id = any ($2::uuid[])
       group by 1, 2 having sum(a.quantity) > 0),
     by_day as (
       select product_id, json_agg(json_build_object('day', day, 'quantity', quantity::text)
         order by day nulls last) as list
       from expected group by 1)
     select p.id as "productId", coalesce(f.quantity, 0.000) as free, coalesce(w.quantity, 0.000) as waiting,
       coalesce(a.list, '[]') as arrivals
     from products p left join free f on f.product_id = p.id left join waiting w on w.product_id = p.id
     left join by_day a on a.product_id = p.id
     where p.id = any ($2::uuid[]) and p.kind = 'tracked' order by p.id`,
    [warehouseId, productIds, salesOrderId ?? null, today()],
  );
}
