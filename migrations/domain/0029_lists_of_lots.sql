-- The orders and the search by which lots are listed: all of them, and those of which something lies anywhere. A migration of
-- their own: a server that serves the schema before this one finds the balances of lots there too.
CREATE INDEX lots_by_expiry ON lots (expires_on, id);
CREATE INDEX lots_by_expiry_down ON lots (expires_on DESC NULLS LAST, id DESC);
CREATE INDEX lots_in_stock_by_expiry_down ON lots (expires_on DESC NULLS LAST, id DESC) WHERE in_stock;
CREATE INDEX lots_by_number ON lots (number COLLATE natural_order, id);
CREATE INDEX lots_in_stock_by_number ON lots (number COLLATE natural_order, id) WHERE in_stock;
CREATE INDEX lots_by_creation ON lots (created_at, id);
CREATE INDEX lots_in_stock_by_creation ON lots (created_at, id) WHERE in_stock;
CREATE INDEX lots_empty ON lots (id) WHERE NOT in_stock;

ALTER TABLE lots ADD COLUMN search_text text COLLATE "C" NOT NULL GENERATED ALWAYS AS
  (search_key(number || ' ' || coalesce(vendor_lot, ''))) STORED;
CREATE INDEX lots_search ON lots USING gin (search_text gin_trgm_ops);

-- The lots that a search finds by their own numbers or by their products, in no order; NULL where there are more than `most`,
-- or of more products than are worth naming.
CREATE FUNCTION some_lots(typed text, most int) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  products uuid[] := some_products(typed, 1000);
  hits uuid[];
BEGIN
  IF products IS NULL THEN RETURN NULL; END IF;
  hits := some_hits('public.lots', format('tenant_id = %L AND ((true%s) OR product_id = ANY (%L::uuid[]))', current_tenant(),
    search_condition(search_patterns(typed), 'search_text'), products), most);
  RETURN CASE WHEN cardinality(hits) <= most THEN hits END;
END
$$;
SELECT make_search_function('some_lots(text, int)');
