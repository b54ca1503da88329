export const ordersToShip = `(
  select count(*)::int from sales_orders where status in ('confirmed', 'partially_shipped'))`;

export const backorderedLines = '(select count(*)::int from sales_order_lines where backordered > 0)';
