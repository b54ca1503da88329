export const ordersToShip = `(
  select count(*)::int from sales_orders where status in ('confirmed', 'partially_shipped'))`;

export const backorderedLines = '(select count(*)::int from sales_order_lines where backordered > 0)';

/** The shipments that took goods, by movement, with their orders and customers. */
export const shippedGoods = `(
  select l.movement_id, s.shipment_number as number, json_build_object('id', o.id, 'number', o.so_number) as "order",
    json_build_object('id', c.id, 'code', c.code, 'name', c.name) as customer
  from shipment_lines l join shipments s on s.id = l.shipment_id
  join sales_orders o on o.id = s.sales_order_id join customers c on c.id = o.customer_id)`;
