-- no-transaction
-- Drafts have no number, only a provisional name made of their id (DRAFT-K7Q2MX), which needn't be the only one of its
-- kind; a document gets its number when it is submitted or confirmed. Drafts that have a number already keep it.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS purchase_orders_po_number ON purchase_orders (tenant_id, po_number)
  WHERE po_number NOT LIKE 'DRAFT-%';
DROP INDEX CONCURRENTLY IF EXISTS purchase_orders_number;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS sales_orders_so_number ON sales_orders (tenant_id, so_number)
  WHERE so_number NOT LIKE 'DRAFT-%';
DROP INDEX CONCURRENTLY IF EXISTS sales_orders_number;
