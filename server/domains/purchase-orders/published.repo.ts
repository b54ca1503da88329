/** The orders whose goods have yet to arrive. */
export const openPurchases = `(
  select id, po_number, expected_date, vendor_id from purchase_orders
  where status in ('confirmed', 'partially_delivered'))`;

export const ordersToApprove = `(select count(*)::int from purchase_orders where status = 'pending_approval')`;

/** The receipts that brought goods, by movement, with their orders and vendors. */
export const receivedGoods = `(
  select r.movement_id, g.receipt_number as number, json_build_object('id', o.id, 'number', o.po_number) as "order",
    json_build_object('id', v.id, 'code', v.code, 'name', v.name) as vendor
  from goods_receipt_lines r join goods_receipts g on g.id = r.goods_receipt_id
  join purchase_orders o on o.id = g.purchase_order_id join vendors v on v.id = o.vendor_id)`;
