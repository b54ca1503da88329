-- no-transaction
-- What a list is filtered by has its index where few rows have it: the others are soon met on the way along the order.

-- The oldest of what is still to come, for the dashboard.
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_orders_to_receive ON purchase_orders (expected_date, po_number)
  WHERE status IN ('confirmed', 'partially_delivered');
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_orders_of_warehouse ON purchase_orders (warehouse_id, order_date, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS sales_orders_of_warehouse ON sales_orders (warehouse_id, order_date, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS products_not_active ON products (status) WHERE status <> 'active';
CREATE INDEX CONCURRENTLY IF NOT EXISTS products_services ON products (id) WHERE kind = 'service';
CREATE INDEX CONCURRENTLY IF NOT EXISTS inventory_of_bin ON inventory (bin_id, product_id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS inventory_empty ON inventory (product_id) WHERE quantity_on_hand = 0;
CREATE INDEX CONCURRENTLY IF NOT EXISTS stock_movements_of_kind ON stock_movements (kind, occurred_at, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS stock_movements_of_bin ON stock_movements (bin_id, occurred_at, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS stock_movements_of_warehouse ON stock_movements (warehouse_id, occurred_at, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS sales_order_lines_waiting ON sales_order_lines (sales_order_id) WHERE backordered > 0;
CREATE INDEX CONCURRENTLY IF NOT EXISTS sales_orders_by_payment ON sales_orders (payment_status, order_date, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS sales_orders_overpaid ON sales_orders (id) WHERE paid > total - cancelled_value;
CREATE INDEX CONCURRENTLY IF NOT EXISTS audit_log_of_actor ON audit_log (actor, at, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS audit_log_of_kind ON audit_log (record_kind, at, id);
