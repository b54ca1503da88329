/** The orders whose goods have yet to arrive. */
export const openPurchases = `(
  select id, po_number, expected_date, vendor_id from purchase_orders
  where status in ('confirmed', 'partially_delivered'))`;

export const ordersToApprove = `(select count(*)::int from purchase_orders where status = 'pending_approval')`;
