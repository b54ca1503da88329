-- Every line of a sales order keeps its part of the shipping, as the lines of purchase orders do: what was shipped of it
-- keeps that part when the order is revised. For the orders that are there it is split as it was taxed: by net, to goods
-- before services, the paise left over to the largest remainders.
ALTER TABLE sales_order_lines ADD COLUMN shipping_share numeric(16,2) NOT NULL DEFAULT 0;

-- A policy holds for the owner too, who would find no row to change here.
ALTER TABLE sales_orders NO FORCE ROW LEVEL SECURITY;
ALTER TABLE sales_order_lines NO FORCE ROW LEVEL SECURITY;
ALTER TABLE products NO FORCE ROW LEVEL SECURITY;

WITH goods AS (
  SELECT l.id, l.sales_order_id, l.line_number, l.net, o.shipping * 100 AS paise,
    p.kind <> 'service' OR NOT bool_or(p.kind <> 'service') OVER (PARTITION BY l.sales_order_id) AS carries
  FROM sales_order_lines l JOIN sales_orders o ON o.id = l.sales_order_id JOIN products p ON p.id = l.product_id
  WHERE o.shipping > 0),
carriers AS (
  SELECT *, sum(net) OVER orders AS whole, count(*) OVER orders AS lines FROM goods WHERE carries
  WINDOW orders AS (PARTITION BY sales_order_id)),
split AS (
  SELECT *, CASE WHEN whole = 0 THEN div(paise, lines) ELSE div(paise * net, whole) END AS part,
    CASE WHEN whole = 0 THEN mod(paise, lines) ELSE mod(paise * net, whole) END AS rest FROM carriers),
shared AS (
  SELECT id, (part + CASE WHEN paise - sum(part) OVER (PARTITION BY sales_order_id) >=
      row_number() OVER (PARTITION BY sales_order_id ORDER BY rest DESC, line_number) THEN 1 ELSE 0 END) * 0.01 AS share
  FROM split)
UPDATE sales_order_lines l SET shipping_share = s.share FROM shared s WHERE l.id = s.id;

ALTER TABLE sales_orders FORCE ROW LEVEL SECURITY;
ALTER TABLE sales_order_lines FORCE ROW LEVEL SECURITY;
ALTER TABLE products FORCE ROW LEVEL SECURITY;
