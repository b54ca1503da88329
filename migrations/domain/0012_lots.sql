-- no-transaction
-- What is known of a lot is asked whenever it moves. Most movements name none.
CREATE INDEX CONCURRENTLY IF NOT EXISTS stock_movements_of_lot ON stock_movements (product_id, lot, sequence) WHERE lot IS NOT NULL;
