-- no-transaction
-- Lines that move up when one above them is removed are written once: that no two of an order have one number is looked at
-- when a statement has ended, not row by row.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS purchase_order_lines_number ON purchase_order_lines (purchase_order_id, line_number);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS sales_order_lines_number ON sales_order_lines (sales_order_id, line_number);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'purchase_order_lines_number') THEN
    ALTER TABLE purchase_order_lines DROP CONSTRAINT purchase_order_lines_purchase_order_id_line_number_key,
      ADD CONSTRAINT purchase_order_lines_number UNIQUE USING INDEX purchase_order_lines_number DEFERRABLE INITIALLY IMMEDIATE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'sales_order_lines_number') THEN
    ALTER TABLE sales_order_lines DROP CONSTRAINT sales_order_lines_sales_order_id_line_number_key,
      ADD CONSTRAINT sales_order_lines_number UNIQUE USING INDEX sales_order_lines_number DEFERRABLE INITIALLY IMMEDIATE;
  END IF;
END
$$;
