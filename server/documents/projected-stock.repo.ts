/**
 * What each product comes to over all places once everything open has happened: what lies there and is on its way, less
 * what is reserved and less what orders still wait for. The one definition of it, for lists, figures and suggestions; a
 * table of (product_id, backordered, projected) without the products that never had stock nor anybody waiting.
 */
export const projectedStock = `(
  select product_id, sum(backordered) as backordered, sum(quantity) - sum(backordered) as projected from (
    select product_id, quantity_on_hand + quantity_in_transit - quantity_reserved as quantity, 0.000 as backordered
    from inventory
    union all
    select product_id, 0.000, backordered from sales_order_lines where backordered > 0) each_of_it
  group by product_id)`;

/** Whether a product has to be ordered again: at or below the level where that is due, services never. */
export const belowReorderLevel = (product: string, projected: string) =>
  `(${product}.kind = 'tracked' and ${product}.reorder_level > 0 and coalesce(${projected}, 0) <= ${product}.reorder_level)`;
