-- Values have room for the largest quantity at the largest average, and sums of them for many more: no limit is met by a
-- figure that the person at work may not see. The value of one movement is limited where its cost is typed.

ALTER TABLE inventory DROP COLUMN avg_cost;
ALTER TABLE inventory ALTER COLUMN valuation TYPE numeric(32,2);
ALTER TABLE inventory ADD COLUMN avg_cost numeric(36,4) GENERATED ALWAYS AS
  (CASE WHEN quantity_on_hand > 0 THEN round(valuation / quantity_on_hand, 4) ELSE 0 END) STORED;

-- What a movement was asked to be, when its id came with the request: the same again is the same movement.
ALTER TABLE stock_movements
  ALTER COLUMN unit_cost TYPE numeric(36,4),
  ALTER COLUMN value TYPE numeric(32,2),
  ALTER COLUMN value_after TYPE numeric(32,2),
  ADD COLUMN content_hash bytea;

ALTER TABLE sales_order_lines ALTER COLUMN cost_of_goods TYPE numeric(32,2);
ALTER TABLE shipment_lines ALTER COLUMN cost TYPE numeric(32,2);
ALTER TABLE vendors ALTER COLUMN total_spent TYPE numeric(28,2);
ALTER TABLE customers ALTER COLUMN outstanding TYPE numeric(28,2);
