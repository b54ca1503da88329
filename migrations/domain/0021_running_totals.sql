-- What screens show of all rows together is kept beside them, by the transaction that changes them: a sum over 400,000
-- places for each look at the dashboard takes longer than a screen may.
--
-- The sources below say what each figure is. Triggers keep it, `rebuild_running_totals` makes it anew, and `reconcile`
-- compares both. A migration that changes quantities, prices or states of what is summed disables the triggers and rebuilds.

-- One product over all its places. `reorder_level` is 0 where none is due.
CREATE TABLE product_stock (
  product_id    uuid PRIMARY KEY REFERENCES products ON DELETE CASCADE,
  tenant_id     uuid NOT NULL DEFAULT current_tenant(),
  on_hand       numeric(18,3) NOT NULL DEFAULT 0,
  reserved      numeric(18,3) NOT NULL DEFAULT 0,
  in_transit    numeric(18,3) NOT NULL DEFAULT 0,
  backordered   numeric(18,3) NOT NULL DEFAULT 0,
  reorder_level numeric(15,3) NOT NULL DEFAULT 0,
  -- What it comes to once everything open has happened.
  projected     numeric(18,3) NOT NULL GENERATED ALWAYS AS (on_hand + in_transit - reserved - backordered) STORED,
  is_short      boolean NOT NULL GENERATED ALWAYS AS
                  (reorder_level > 0 AND on_hand + in_transit - reserved - backordered <= reorder_level) STORED
) WITH (fillfactor = 80);
CREATE INDEX product_stock_short ON product_stock (product_id) WHERE is_short;
SELECT protect_tenant_table('product_stock');

-- Sums by a key. A sum lies in several slots, and each connection adds to one of them, so that those who post at once
-- don't wait for one another; a figure is the sum of its slots.
CREATE TABLE running_totals (
  tenant_id uuid NOT NULL DEFAULT current_tenant(),
  total     text NOT NULL CHECK (total IN ('stock value', 'products stocked', 'products', 'bought', 'sold')),
  -- The warehouse, the category, or the month as YYYY-MM.
  key       text NOT NULL,
  slot      int NOT NULL,
  amount    numeric NOT NULL,
  PRIMARY KEY (tenant_id, total, key, slot)
) WITH (fillfactor = 50);
SELECT protect_tenant_table('running_totals');

-- What an order counts for in its month; null where it doesn't count yet, or no longer.
CREATE FUNCTION counted_value(side text, status text, total numeric, cancelled_value numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN CASE side WHEN 'bought' THEN status IN ('confirmed', 'partially_delivered', 'delivered', 'closed')
    ELSE status NOT IN ('draft', 'cancelled') END THEN total - cancelled_value END
$$;
REVOKE ALL ON FUNCTION counted_value(text, text, numeric, numeric) FROM PUBLIC;
COMMENT ON FUNCTION counted_value(text, text, numeric, numeric) IS 'tenant: the running totals ask it';

CREATE FUNCTION sources_of_product_stock() RETURNS TABLE (
  product_id uuid, tenant_id uuid, on_hand numeric, reserved numeric, in_transit numeric, backordered numeric, reorder_level numeric)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT p.id, p.tenant_id, coalesce(i.on_hand, 0), coalesce(i.reserved, 0), coalesce(i.in_transit, 0), coalesce(l.backordered, 0),
    CASE WHEN p.kind = 'tracked' THEN p.reorder_level ELSE 0 END
  FROM products p
  LEFT JOIN (SELECT product_id, sum(quantity_on_hand) AS on_hand, sum(quantity_reserved) AS reserved,
      sum(quantity_in_transit) AS in_transit FROM inventory GROUP BY 1) i ON i.product_id = p.id
  LEFT JOIN (SELECT product_id, sum(backordered) AS backordered FROM sales_order_lines WHERE backordered > 0 GROUP BY 1) l
    ON l.product_id = p.id
$$;
REVOKE ALL ON FUNCTION sources_of_product_stock() FROM PUBLIC;
COMMENT ON FUNCTION sources_of_product_stock() IS 'tenant: reconcile asks it';

CREATE FUNCTION sources_of_totals() RETURNS TABLE (tenant_id uuid, total text, key text, amount numeric)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT tenant_id, 'stock value', warehouse_id::text, sum(valuation) FROM inventory GROUP BY 1, 3
  UNION ALL
  SELECT tenant_id, 'products stocked', warehouse_id::text, count(DISTINCT product_id) FROM inventory
  WHERE quantity_on_hand > 0 GROUP BY 1, 3
  UNION ALL
  SELECT tenant_id, 'products', category, count(*) FROM products GROUP BY 1, 3
  UNION ALL
  SELECT tenant_id, 'bought', to_char(order_date, 'YYYY-MM'), sum(counted_value('bought', status, total, cancelled_value))
  FROM purchase_orders WHERE counted_value('bought', status, total, cancelled_value) IS NOT NULL GROUP BY 1, 3
  UNION ALL
  SELECT tenant_id, 'sold', to_char(order_date, 'YYYY-MM'), sum(counted_value('sold', status, total, cancelled_value))
  FROM sales_orders WHERE counted_value('sold', status, total, cancelled_value) IS NOT NULL GROUP BY 1, 3
$$;
REVOKE ALL ON FUNCTION sources_of_totals() FROM PUBLIC;
COMMENT ON FUNCTION sources_of_totals() IS 'tenant: reconcile asks it';

-- Called by migrations, and by who fills a database past its triggers; the tenant's login may not.
CREATE FUNCTION rebuild_running_totals() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp
AS $$
  DELETE FROM product_stock;
  DELETE FROM running_totals;
  INSERT INTO product_stock (product_id, tenant_id, on_hand, reserved, in_transit, backordered, reorder_level)
    SELECT * FROM sources_of_product_stock();
  INSERT INTO running_totals (tenant_id, total, key, slot, amount)
    SELECT tenant_id, total, key, 0, amount FROM sources_of_totals();
$$;
REVOKE ALL ON FUNCTION rebuild_running_totals() FROM PUBLIC;

-- Adds to sums, in the slot of this connection; the rows in one order, so that two of them don't wait for each other.
CREATE FUNCTION add_to_totals(tenants uuid[], totals text[], keys text[], amounts numeric[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp
AS $$
  INSERT INTO running_totals AS t (tenant_id, total, key, slot, amount)
  SELECT a.tenant_id, a.total, a.key, pg_backend_pid() % 16, sum(a.amount)
  FROM unnest(tenants, totals, keys, amounts) AS a (tenant_id, total, key, amount)
  GROUP BY 1, 2, 3 HAVING sum(a.amount) <> 0 ORDER BY 1, 2, 3
  ON CONFLICT (tenant_id, total, key, slot) DO UPDATE SET amount = t.amount + excluded.amount
$$;
REVOKE ALL ON FUNCTION add_to_totals(uuid[], text[], text[], numeric[]) FROM PUBLIC;
COMMENT ON FUNCTION add_to_totals(uuid[], text[], text[], numeric[]) IS 'tenant: the triggers of running totals add by it';

-- Adds to products over all their places: their rows are locked in one order first.
CREATE FUNCTION add_to_product_stock(
  products uuid[], on_hands numeric[], reserveds numeric[], in_transits numeric[], backordereds numeric[]
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF cardinality(products) IS NULL THEN RETURN; END IF;
  PERFORM FROM product_stock s WHERE s.product_id = ANY (products) ORDER BY s.product_id FOR UPDATE;
  UPDATE product_stock s SET on_hand = s.on_hand + c.on_hand, reserved = s.reserved + c.reserved,
    in_transit = s.in_transit + c.in_transit, backordered = s.backordered + c.backordered
  FROM unnest(products, on_hands, reserveds, in_transits, backordereds) AS c (product_id, on_hand, reserved, in_transit, backordered)
  WHERE s.product_id = c.product_id;
END
$$;
REVOKE ALL ON FUNCTION add_to_product_stock(uuid[], numeric[], numeric[], numeric[], numeric[]) FROM PUBLIC;
COMMENT ON FUNCTION add_to_product_stock(uuid[], numeric[], numeric[], numeric[], numeric[]) IS 'tenant: the triggers of running totals add by it';

-- What one place changes by.
CREATE TYPE inventory_change AS (tenant_id uuid, product_id uuid, warehouse_id uuid, on_hand numeric, reserved numeric,
  in_transit numeric, value numeric, filled int);

CREATE FUNCTION total_inventory() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  changes inventory_change[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg((tenant_id, product_id, warehouse_id, quantity_on_hand, quantity_reserved, quantity_in_transit, valuation,
      (quantity_on_hand > 0)::int)::inventory_change) INTO changes FROM new_rows
    WHERE quantity_on_hand <> 0 OR quantity_reserved <> 0 OR quantity_in_transit <> 0;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg((tenant_id, product_id, warehouse_id, -quantity_on_hand, -quantity_reserved, -quantity_in_transit, -valuation,
      -(quantity_on_hand > 0)::int)::inventory_change) INTO changes FROM old_rows;
  ELSE
    SELECT array_agg((n.tenant_id, n.product_id, n.warehouse_id, n.quantity_on_hand - o.quantity_on_hand,
      n.quantity_reserved - o.quantity_reserved, n.quantity_in_transit - o.quantity_in_transit, n.valuation - o.valuation,
      (n.quantity_on_hand > 0)::int - (o.quantity_on_hand > 0)::int)::inventory_change) INTO changes
    FROM new_rows n JOIN old_rows o USING (id)
    WHERE (n.quantity_on_hand, n.quantity_reserved, n.quantity_in_transit, n.valuation)
      IS DISTINCT FROM (o.quantity_on_hand, o.quantity_reserved, o.quantity_in_transit, o.valuation);
  END IF;
  IF changes IS NULL THEN RETURN NULL; END IF;
  PERFORM add_to_product_stock(array_agg(product_id), array_agg(on_hand), array_agg(reserved), array_agg(in_transit),
    array_agg(0::numeric))
  FROM (SELECT product_id, sum(on_hand) AS on_hand, sum(reserved) AS reserved, sum(in_transit) AS in_transit
        FROM unnest(changes) GROUP BY 1) c
  WHERE on_hand <> 0 OR reserved <> 0 OR in_transit <> 0;
  -- A product is stocked in a warehouse while any place there holds some of it: its places are counted before and after.
  PERFORM add_to_totals(array_agg(tenant_id), array_agg(total), array_agg(key), array_agg(amount))
  FROM (
    SELECT tenant_id, 'stock value' AS total, warehouse_id::text AS key, sum(value) AS amount FROM unnest(changes) GROUP BY 1, 3
    UNION ALL
    SELECT tenant_id, 'products stocked', warehouse_id::text, (places > 0)::int - (places - filled > 0)::int
    FROM (SELECT c.tenant_id, c.warehouse_id, sum(c.filled) AS filled, (SELECT count(*) FROM inventory i
            WHERE i.product_id = c.product_id AND i.warehouse_id = c.warehouse_id AND i.quantity_on_hand > 0) AS places
          FROM unnest(changes) c WHERE c.filled <> 0 GROUP BY c.tenant_id, c.warehouse_id, c.product_id) p) sums;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION total_inventory() FROM PUBLIC;
CREATE TRIGGER total_added AFTER INSERT ON inventory REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_inventory();
CREATE TRIGGER total_changed AFTER UPDATE ON inventory REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_inventory();
CREATE TRIGGER total_removed AFTER DELETE ON inventory REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_inventory();

-- What one line changes by.
CREATE TYPE backorder_change AS (product_id uuid, amount numeric);
CREATE FUNCTION total_backorders() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  changes backorder_change[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg((product_id, backordered)::backorder_change) INTO changes FROM new_rows WHERE backordered > 0;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg((product_id, -backordered)::backorder_change) INTO changes FROM old_rows WHERE backordered > 0;
  ELSE
    SELECT array_agg(c) INTO changes FROM (
      SELECT (product_id, backordered)::backorder_change AS c FROM new_rows WHERE backordered > 0
      UNION ALL SELECT (product_id, -backordered)::backorder_change FROM old_rows WHERE backordered > 0) both_sides;
  END IF;
  IF changes IS NULL THEN RETURN NULL; END IF;
  PERFORM add_to_product_stock(array_agg(product_id), array_agg(0::numeric), array_agg(0::numeric), array_agg(0::numeric), array_agg(amount))
  FROM (SELECT product_id, sum(amount) AS amount FROM unnest(changes) GROUP BY 1 HAVING sum(amount) <> 0) c;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION total_backorders() FROM PUBLIC;
CREATE TRIGGER total_added AFTER INSERT ON sales_order_lines REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_backorders();
CREATE TRIGGER total_changed AFTER UPDATE ON sales_order_lines REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_backorders();
CREATE TRIGGER total_removed AFTER DELETE ON sales_order_lines REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_backorders();

CREATE FUNCTION total_products() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO product_stock (product_id, tenant_id, reorder_level)
      SELECT id, tenant_id, CASE WHEN kind = 'tracked' THEN reorder_level ELSE 0 END FROM new_rows ORDER BY id;
    PERFORM add_to_totals(array_agg(tenant_id), array_agg('products'::text), array_agg(category), array_agg(1::numeric)) FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM add_to_totals(array_agg(tenant_id), array_agg('products'::text), array_agg(category), array_agg(-1::numeric)) FROM old_rows;
  ELSE
    UPDATE product_stock s SET reorder_level = n.level
    FROM (SELECT id, CASE WHEN kind = 'tracked' THEN reorder_level ELSE 0 END AS level FROM new_rows) n
    WHERE s.product_id = n.id AND s.reorder_level <> n.level;
    PERFORM add_to_totals(array_agg(tenant_id), array_agg('products'::text), array_agg(category), array_agg(amount))
    FROM (SELECT n.tenant_id, n.category, 1::numeric AS amount FROM new_rows n JOIN old_rows o USING (id) WHERE n.category <> o.category
          UNION ALL
          SELECT o.tenant_id, o.category, -1 FROM new_rows n JOIN old_rows o USING (id) WHERE n.category <> o.category) c;
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION total_products() FROM PUBLIC;
CREATE TRIGGER total_added AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_products();
CREATE TRIGGER total_changed AFTER UPDATE ON products REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_products();
CREATE TRIGGER total_removed AFTER DELETE ON products REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_products();

-- Orders by month; the trigger says on which side.
CREATE FUNCTION total_orders() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  side CONSTANT text := TG_ARGV[0];
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM add_to_totals(array_agg(tenant_id), array_agg(side), array_agg(to_char(order_date, 'YYYY-MM')), array_agg(amount))
    FROM (SELECT *, counted_value(side, status, total, cancelled_value) AS amount FROM new_rows) n WHERE amount IS NOT NULL;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM add_to_totals(array_agg(tenant_id), array_agg(side), array_agg(to_char(order_date, 'YYYY-MM')), array_agg(-amount))
    FROM (SELECT *, counted_value(side, status, total, cancelled_value) AS amount FROM old_rows) o WHERE amount IS NOT NULL;
  ELSE
    PERFORM add_to_totals(array_agg(tenant_id), array_agg(side), array_agg(to_char(order_date, 'YYYY-MM')), array_agg(amount))
    FROM (SELECT tenant_id, order_date, counted_value(side, status, total, cancelled_value) AS amount FROM new_rows
          UNION ALL
          SELECT tenant_id, order_date, -counted_value(side, status, total, cancelled_value) FROM old_rows) c
    WHERE amount IS NOT NULL;
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION total_orders() FROM PUBLIC;
CREATE TRIGGER total_added AFTER INSERT ON purchase_orders REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_orders('bought');
CREATE TRIGGER total_changed AFTER UPDATE ON purchase_orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_orders('bought');
CREATE TRIGGER total_removed AFTER DELETE ON purchase_orders REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_orders('bought');
CREATE TRIGGER total_added AFTER INSERT ON sales_orders REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_orders('sold');
CREATE TRIGGER total_changed AFTER UPDATE ON sales_orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_orders('sold');
CREATE TRIGGER total_removed AFTER DELETE ON sales_orders REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION total_orders('sold');

-- A policy holds for the owner too, who would find no row to sum here.
DO $$
DECLARE
  summed text;
BEGIN
  FOREACH summed IN ARRAY '{products,inventory,purchase_orders,sales_orders,sales_order_lines,product_stock,running_totals}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', summed);
  END LOOP;
  PERFORM rebuild_running_totals();
  FOREACH summed IN ARRAY '{products,inventory,purchase_orders,sales_orders,sales_order_lines,product_stock,running_totals}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', summed);
  END LOOP;
END
$$;
