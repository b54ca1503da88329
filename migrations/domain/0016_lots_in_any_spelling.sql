-- no-transaction
-- A lot is the same one in capitals and small letters: b-7 expires with B-7.
CREATE INDEX CONCURRENTLY IF NOT EXISTS stock_movements_of_lot_spelling ON stock_movements (product_id, upper(lot), sequence)
  WHERE lot IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS stock_movements_of_lot;
