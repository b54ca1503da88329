-- no-transaction
-- The receipt or shipment behind a movement, for the history of a lot.
CREATE INDEX CONCURRENTLY IF NOT EXISTS goods_receipt_lines_of_movement ON goods_receipt_lines (movement_id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS shipment_lines_of_movement ON shipment_lines (movement_id);
