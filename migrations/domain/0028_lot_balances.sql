-- Stock of a product kept by lots is a balance per lot and place, not only a word on a movement. What a place holds beyond
-- its lots lies there without one. Triggers of the ledger keep the balances, so that no service can forget one, and
-- `reconcile` compares both. The lock on the place in `inventory` is the lock on its lots.

CREATE TABLE lots (
  id            uuid PRIMARY KEY DEFAULT uuidv7(),
  tenant_id     uuid NOT NULL DEFAULT current_tenant(),
  product_id    uuid NOT NULL REFERENCES products,
  number        text NOT NULL,
  -- Capitals and small letters make no other lot.
  number_key    text NOT NULL GENERATED ALWAYS AS (upper(number)) STORED,
  -- The last usable day, inclusive: a lot has one. See `lot_is_usable`.
  expires_on    date,
  made_on       date,
  -- What the vendor calls it, where that is another number.
  vendor_lot    text,
  status        text NOT NULL DEFAULT 'usable' CHECK (status IN ('usable', 'quarantined', 'recalled')),
  -- Why it isn't usable, in somebody's words.
  status_reason text,
  -- What lies of it in all places.
  on_hand       numeric(18,3) NOT NULL DEFAULT 0,
  in_stock      boolean NOT NULL GENERATED ALWAYS AS (on_hand > 0) STORED,
  version       int NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  updated_by    text,
  CONSTRAINT lots_number UNIQUE (product_id, number_key),
  CONSTRAINT lots_reason CHECK ((status = 'usable') = (status_reason IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX lots_in_stock_by_expiry ON lots (expires_on, id) WHERE in_stock;
CREATE INDEX lots_held ON lots (product_id) WHERE status <> 'usable';
SELECT protect_tenant_table('lots');

CREATE TABLE lot_stock (
  tenant_id    uuid NOT NULL DEFAULT current_tenant(),
  inventory_id uuid NOT NULL REFERENCES inventory ON DELETE CASCADE,
  lot_id       uuid NOT NULL REFERENCES lots,
  quantity     numeric(15,3) NOT NULL DEFAULT 0,
  -- What the ledger says of the lot here and isn't so: a product begun to be kept by lots, or movements from before the
  -- balances that named a lot which didn't lie there. quantity = Σ ledger + settled.
  settled      numeric(15,3) NOT NULL DEFAULT 0,
  PRIMARY KEY (inventory_id, lot_id),
  CONSTRAINT no_negative_lot CHECK (quantity >= 0)
) WITH (fillfactor = 80);
CREATE INDEX lot_stock_of_lot ON lot_stock (lot_id);
SELECT protect_tenant_table('lot_stock');

-- Whether goods of a lot can be promised and sent on a day: the one meaning of status and last usable day. The server has
-- it once more, in server/domains/inventory/lot-state.contract.ts.
CREATE FUNCTION lot_is_usable(status text, expires_on date, day date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT status = 'usable' AND (expires_on IS NULL OR expires_on >= day) $$;
REVOKE ALL ON FUNCTION lot_is_usable(text, date, date) FROM PUBLIC;
COMMENT ON FUNCTION lot_is_usable(text, date, date) IS 'tenant: whoever promises goods asks it';

-- What lies of products in lots that can't be used on a day. Few do: the lots are named by their indexes.
CREATE FUNCTION unusable_stock(day date) RETURNS TABLE (product_id uuid, quantity numeric)
LANGUAGE sql STABLE ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT l.product_id, sum(l.quantity)
  FROM (SELECT product_id, on_hand AS quantity FROM lots WHERE in_stock AND status <> 'usable'
        UNION ALL SELECT product_id, on_hand FROM lots WHERE in_stock AND status = 'usable' AND expires_on < day) l
  GROUP BY 1
$$;
REVOKE ALL ON FUNCTION unusable_stock(date) FROM PUBLIC;
COMMENT ON FUNCTION unusable_stock(date) IS 'tenant: what has to be ordered again asks it';

-- Makes the balances of products anew from the ledger. A lot has what its movements say, none below zero and no place with
-- more in its lots than it holds: what left without a word is taken from the lots that expire first. The rest is no lot's.
CREATE FUNCTION rebuild_lot_stock(of_products uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp
AS $$
  DELETE FROM lot_stock s USING inventory i WHERE i.id = s.inventory_id AND i.product_id = ANY (of_products);
  INSERT INTO lots (tenant_id, product_id, number, expires_on)
    SELECT m.tenant_id, m.product_id, (array_agg(m.lot ORDER BY m.sequence))[1],
      (array_agg(m.expires_on ORDER BY m.sequence DESC) FILTER (WHERE m.expires_on IS NOT NULL))[1]
    FROM stock_movements m JOIN products p ON p.id = m.product_id AND p.tracks_lots
    WHERE m.lot IS NOT NULL AND m.product_id = ANY (of_products)
    GROUP BY m.tenant_id, m.product_id, upper(m.lot)
    ON CONFLICT (product_id, number_key) DO UPDATE SET expires_on = coalesce(lots.expires_on, excluded.expires_on);
  INSERT INTO lot_stock (tenant_id, inventory_id, lot_id, quantity, settled)
    SELECT tenant_id, inventory_id, lot_id, kept, kept - said FROM (
      SELECT l.tenant_id, i.id AS inventory_id, l.id AS lot_id, g.quantity AS said,
        least(greatest(g.quantity, 0), greatest(i.quantity_on_hand - coalesce(sum(greatest(g.quantity, 0)) OVER (
          PARTITION BY i.id ORDER BY l.expires_on DESC NULLS FIRST, l.id
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), 0)) AS kept
      FROM (SELECT product_id, warehouse_id, bin_id, upper(lot) AS number_key, sum(quantity) AS quantity FROM stock_movements
            WHERE lot IS NOT NULL AND product_id = ANY (of_products) GROUP BY 1, 2, 3, 4) g
      JOIN products p ON p.id = g.product_id AND p.tracks_lots
      JOIN lots l USING (product_id, number_key)
      JOIN inventory i USING (product_id, warehouse_id, bin_id)) balanced;
  UPDATE lots l SET on_hand = coalesce((SELECT sum(s.quantity) FROM lot_stock s WHERE s.lot_id = l.id), 0)
    WHERE l.product_id = ANY (of_products);
$$;
REVOKE ALL ON FUNCTION rebuild_lot_stock(uuid[]) FROM PUBLIC;
COMMENT ON FUNCTION rebuild_lot_stock(uuid[]) IS 'tenant: a product that begins or ends to be kept by lots asks it';

CREATE FUNCTION keep_lot_stock() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF EXISTS (SELECT FROM new_rows WHERE lot IS NOT NULL) THEN
    INSERT INTO lots (tenant_id, product_id, number)
      SELECT n.tenant_id, n.product_id, (array_agg(n.lot ORDER BY n.sequence))[1]
      FROM new_rows n JOIN products p ON p.id = n.product_id AND p.tracks_lots
      WHERE n.lot IS NOT NULL GROUP BY n.tenant_id, n.product_id, upper(n.lot) ORDER BY 2, upper(n.lot)
      ON CONFLICT (product_id, number_key) DO NOTHING;
    -- In one order, so that two who move the same lots don't wait for each other.
    PERFORM FROM lots l WHERE (l.product_id, l.number_key) IN (SELECT product_id, upper(lot) FROM new_rows WHERE lot IS NOT NULL)
      ORDER BY l.id FOR NO KEY UPDATE;
    UPDATE lots l SET on_hand = l.on_hand + s.quantity, expires_on = coalesce(l.expires_on, s.expires_on),
      version = l.version + CASE WHEN l.expires_on IS NULL AND s.expires_on IS NOT NULL THEN 1 ELSE 0 END, updated_at = now()
      FROM (SELECT n.product_id, upper(n.lot) AS number_key, sum(n.quantity) AS quantity,
              (array_agg(n.expires_on ORDER BY n.sequence) FILTER (WHERE n.expires_on IS NOT NULL))[1] AS expires_on
            FROM new_rows n JOIN products p ON p.id = n.product_id AND p.tracks_lots
            WHERE n.lot IS NOT NULL GROUP BY 1, 2) s
      WHERE l.product_id = s.product_id AND l.number_key = s.number_key;
    -- Two who said different days of a new lot at once: the second runs again, and is told. What is undone says what was.
    IF EXISTS (SELECT FROM new_rows n JOIN lots l ON l.product_id = n.product_id AND l.number_key = upper(n.lot)
               WHERE n.expires_on IS NOT NULL AND n.kind <> 'reversal' AND n.expires_on <> l.expires_on) THEN
      RAISE EXCEPTION 'A lot has one last usable day.' USING ERRCODE = 'serialization_failure';
    END IF;
    -- First the rows, then what is added: a check looks at a row that is only proposed too.
    INSERT INTO lot_stock (tenant_id, inventory_id, lot_id)
      SELECT DISTINCT n.tenant_id, i.id, l.id
      FROM new_rows n JOIN products p ON p.id = n.product_id AND p.tracks_lots
      JOIN inventory i ON i.product_id = n.product_id AND i.warehouse_id = n.warehouse_id AND i.bin_id = n.bin_id
      JOIN lots l ON l.product_id = n.product_id AND l.number_key = upper(n.lot)
      ON CONFLICT (inventory_id, lot_id) DO NOTHING;
    UPDATE lot_stock s SET quantity = s.quantity + c.quantity
      FROM (SELECT i.id AS inventory_id, l.id AS lot_id, sum(n.quantity) AS quantity
            FROM new_rows n JOIN products p ON p.id = n.product_id AND p.tracks_lots
            JOIN inventory i ON i.product_id = n.product_id AND i.warehouse_id = n.warehouse_id AND i.bin_id = n.bin_id
            JOIN lots l ON l.product_id = n.product_id AND l.number_key = upper(n.lot)
            GROUP BY 1, 2) c
      WHERE s.inventory_id = c.inventory_id AND s.lot_id = c.lot_id;
  END IF;
  -- What leaves without a lot is no lot's: the place's total is written before its movements.
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT product_id, warehouse_id, bin_id FROM new_rows WHERE lot IS NULL AND quantity < 0) n
    JOIN products p ON p.id = n.product_id AND p.tracks_lots
    JOIN inventory i ON i.product_id = n.product_id AND i.warehouse_id = n.warehouse_id AND i.bin_id = n.bin_id
    WHERE (SELECT sum(s.quantity) FROM lot_stock s WHERE s.inventory_id = i.id) > i.quantity_on_hand)
  THEN
    RAISE EXCEPTION 'The lots of a place hold more than the place.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION keep_lot_stock() FROM PUBLIC;
CREATE TRIGGER lots_kept AFTER INSERT ON stock_movements REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_lot_stock();

-- A product begins to be kept by lots with what the ledger knows of them, and ends with none.
CREATE FUNCTION begin_or_end_lots() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  PERFORM FROM inventory i WHERE i.product_id = NEW.id ORDER BY i.warehouse_id, i.bin_id FOR UPDATE;
  PERFORM rebuild_lot_stock(ARRAY[NEW.id]);
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION begin_or_end_lots() FROM PUBLIC;
CREATE TRIGGER lots_begun_or_ended AFTER UPDATE OF tracks_lots ON products
  FOR EACH ROW WHEN (OLD.tracks_lots IS DISTINCT FROM NEW.tracks_lots) EXECUTE FUNCTION begin_or_end_lots();

-- The lots whose balance is not what the ledger says, or lies in a place that holds less in all; for `reconcile`.
CREATE FUNCTION wrong_lots() RETURNS TABLE (
  product_id uuid, warehouse_id uuid, bin_id uuid, number text, expected numeric, recorded numeric)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
  WITH said AS (
    SELECT i.id AS inventory_id, l.id AS lot_id, sum(m.quantity) AS quantity
    FROM stock_movements m JOIN products p ON p.id = m.product_id AND p.tracks_lots
    JOIN lots l ON l.product_id = m.product_id AND l.number_key = upper(m.lot)
    JOIN inventory i ON i.product_id = m.product_id AND i.warehouse_id = m.warehouse_id AND i.bin_id = m.bin_id
    WHERE m.lot IS NOT NULL GROUP BY 1, 2),
  wrong AS (
    SELECT inventory_id, l.number, coalesce(d.quantity, 0) + coalesce(s.settled, 0) AS expected, coalesce(s.quantity, 0) AS recorded
    FROM said d FULL JOIN lot_stock s USING (inventory_id, lot_id) JOIN lots l ON l.id = lot_id
    WHERE coalesce(d.quantity, 0) + coalesce(s.settled, 0) <> coalesce(s.quantity, 0)
    UNION ALL
    SELECT i.id, NULL, i.quantity_on_hand, sum(s.quantity)
    FROM lot_stock s JOIN inventory i ON i.id = s.inventory_id
    GROUP BY i.id HAVING sum(s.quantity) > i.quantity_on_hand)
  SELECT i.product_id, i.warehouse_id, i.bin_id, w.number, round(w.expected, 3), round(w.recorded, 3)
  FROM wrong w JOIN inventory i ON i.id = w.inventory_id
  UNION ALL
  SELECT l.product_id, NULL, NULL, l.number, coalesce(s.quantity, 0.000), l.on_hand
  FROM lots l LEFT JOIN (SELECT lot_id, sum(quantity) AS quantity FROM lot_stock GROUP BY 1) s ON s.lot_id = l.id
  WHERE l.on_hand <> coalesce(s.quantity, 0)
$$;
REVOKE ALL ON FUNCTION wrong_lots() FROM PUBLIC;
COMMENT ON FUNCTION wrong_lots() IS 'tenant: reconcile asks it';

-- A policy holds for the owner too, who would find no row to bring along here.
DO $$
DECLARE
  brought text;
BEGIN
  FOREACH brought IN ARRAY '{products,inventory,stock_movements,lots,lot_stock}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', brought);
  END LOOP;
  PERFORM rebuild_lot_stock(ARRAY(SELECT id FROM products WHERE tracks_lots));
  FOREACH brought IN ARRAY '{products,inventory,stock_movements,lots,lot_stock}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', brought);
  END LOOP;
END
$$;
