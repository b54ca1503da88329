-- no-transaction
-- Every order a list offers has its index, in both directions; what may be missing stands at the end of either.

CREATE INDEX CONCURRENTLY IF NOT EXISTS products_by_sale_price ON products (sale_price, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS products_by_purchase_price ON products (purchase_price, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS products_by_category_alone ON products (category, id);

CREATE INDEX CONCURRENTLY IF NOT EXISTS vendors_by_rating ON vendors (rating, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS vendors_by_rating_down ON vendors (rating DESC NULLS LAST, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS vendors_by_orders ON vendors (total_orders, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS vendors_by_spending ON vendors (total_spent, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS customers_by_outstanding ON customers (outstanding, id);

CREATE INDEX CONCURRENTLY IF NOT EXISTS employees_by_code ON employees (employee_code, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS employees_by_department ON employees (department, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS employees_by_department_down ON employees (department DESC NULLS LAST, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS employees_by_update ON employees (updated_at, id);

CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_orders_by_number ON purchase_orders (po_number, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_orders_by_expected ON purchase_orders (expected_date, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_orders_by_expected_down ON purchase_orders (expected_date DESC NULLS LAST, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS purchase_orders_by_total ON purchase_orders (total, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS sales_orders_by_number ON sales_orders (so_number, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS sales_orders_by_promised ON sales_orders (promised_date, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS sales_orders_by_promised_down ON sales_orders (promised_date DESC NULLS LAST, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS sales_orders_by_total ON sales_orders (total, id);

CREATE INDEX CONCURRENTLY IF NOT EXISTS inventory_by_quantity ON inventory (quantity_on_hand, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS inventory_by_value ON inventory (valuation, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS inventory_by_receipt ON inventory (last_received_at, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS inventory_by_receipt_down ON inventory (last_received_at DESC NULLS LAST, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS inventory_by_issue ON inventory (last_issued_at, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS inventory_by_issue_down ON inventory (last_issued_at DESC NULLS LAST, id DESC);

CREATE INDEX CONCURRENTLY IF NOT EXISTS stock_movements_of_number ON stock_movements (document_number) WHERE document_number IS NOT NULL;

-- The trail keeps no key of its words: a column more would write every entry anew.
CREATE INDEX CONCURRENTLY IF NOT EXISTS audit_log_search ON audit_log USING gin (
  search_key(coalesce(record_label, '') || ' ' || coalesce(actor, '') || ' ' || replace(action, '_', ' ')) gin_trgm_ops);

-- The first hits of a search, in no order, by its index alone: PostgreSQL can't tell how many rows have a short word, and
-- would walk the whole table for one that none has. One more than `most` says that there are more.
CREATE OR REPLACE FUNCTION some_hits(source text, condition text, most int) RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
AS $$
DECLARE
  hits uuid[];
BEGIN
  EXECUTE format('SELECT array_agg(id) FROM (SELECT id FROM %s WHERE %s LIMIT %s) AS hits', source, condition, most + 1)
  INTO hits;
  RETURN coalesce(hits, '{}');
END
$$;
REVOKE ALL ON FUNCTION some_hits(text, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION some_hits(text, text, int) TO qm_search;

-- One page of a search in one order. Few hits are found first and sorted then. Of many the page is soon full when the
-- order's index is walked, unless all of them stand at its other end: then they are sorted after all. `behind` is the
-- position of the page. Conditions are SQL made by the callers, their values quoted.
CREATE OR REPLACE FUNCTION page_of_hits(
  source text, condition text, behind text, sort_column text, descending boolean, page_size int
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  few CONSTANT int := 3000;
  far CONSTANT int := 20000;
  in_order text := format(CASE WHEN descending THEN '%1$I DESC, id DESC' ELSE '%1$I, id' END, sort_column);
  hits uuid[] := some_hits(source, condition || behind, few);
BEGIN
  IF cardinality(hits) <= few THEN
    RETURN QUERY EXECUTE format('SELECT id FROM %s WHERE id = ANY ($1) ORDER BY %s LIMIT %s', source, in_order, page_size)
    USING hits;
    RETURN;
  END IF;
  IF page_size < few THEN
    EXECUTE format('SELECT array_agg(id) FROM (SELECT id FROM (SELECT * FROM %1$s WHERE true%2$s ORDER BY %3$s LIMIT %4$s) AS walked
      WHERE %5$s LIMIT %6$s) AS found', source, behind, in_order, far, condition, page_size) INTO hits;
    IF cardinality(hits) = page_size THEN
      RETURN QUERY SELECT unnest(hits);
      RETURN;
    END IF;
  END IF;
  RETURN QUERY EXECUTE format('SELECT id FROM %s WHERE %s%s ORDER BY %s LIMIT %s', source, condition, behind, in_order, page_size);
END
$$;
REVOKE ALL ON FUNCTION page_of_hits(text, text, text, text, boolean, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION page_of_hits(text, text, text, text, boolean, int) TO qm_search;

CREATE OR REPLACE FUNCTION search_products(
  typed text, wanted_category text, wanted_status text[], wanted_kind text, among uuid[],
  sort_by text, descending boolean, after_value text, after_id uuid, page_size int
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  sort_column text := CASE sort_by WHEN 'sku' THEN 'sku' WHEN 'name' THEN 'name' WHEN 'category' THEN 'category'
    WHEN 'salePrice' THEN 'sale_price' WHEN 'purchasePrice' THEN 'purchase_price' WHEN 'updatedAt' THEN 'updated_at' END;
  sort_type text := CASE sort_by WHEN 'salePrice' THEN 'numeric' WHEN 'purchasePrice' THEN 'numeric'
    WHEN 'updatedAt' THEN 'timestamptz' ELSE 'text' END;
  condition text := format('tenant_id = %L', current_tenant()) || search_condition(search_patterns(typed), 'search_text');
  behind text := '';
BEGIN
  IF sort_column IS NULL THEN
    RAISE EXCEPTION 'products cannot be sorted by %', sort_by USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF wanted_category IS NOT NULL THEN condition := condition || format(' AND category = %L', wanted_category); END IF;
  IF wanted_status IS NOT NULL THEN condition := condition || format(' AND status = ANY (%L::text[])', wanted_status); END IF;
  IF wanted_kind IS NOT NULL THEN condition := condition || format(' AND kind = %L', wanted_kind); END IF;
  IF among IS NOT NULL THEN condition := condition || format(' AND id = ANY (%L::uuid[])', among); END IF;
  IF after_id IS NOT NULL THEN
    behind := format(' AND (%I, id) %s (%L::%s, %L::uuid)', sort_column,
      CASE WHEN descending THEN '<' ELSE '>' END, after_value, sort_type, after_id);
  END IF;
  RETURN QUERY SELECT page_of_hits('public.products', condition, behind, sort_column, descending, page_size);
END
$$;

-- One page of the entries about records of these kinds that have all the words.
SELECT allow_search_of('audit_log') WHERE NOT EXISTS (
  SELECT FROM pg_policies WHERE tablename = 'audit_log' AND policyname = 'search_functions');
CREATE OR REPLACE FUNCTION search_audit_log(
  typed text, kinds text[], wanted_record uuid, wanted_actor text, since timestamptz, until timestamptz,
  descending boolean, after_at timestamptz, after_id uuid, page_size int
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  condition text := format('tenant_id = %L AND record_kind = ANY (%L::text[])', current_tenant(), kinds)
    || search_condition(search_patterns(typed),
      $words$search_key(coalesce(record_label, '') || ' ' || coalesce(actor, '') || ' ' || replace(action, '_', ' '))$words$);
  behind text := '';
BEGIN
  IF wanted_record IS NOT NULL THEN condition := condition || format(' AND record_id = %L', wanted_record); END IF;
  IF wanted_actor IS NOT NULL THEN condition := condition || format(' AND actor = %L', wanted_actor); END IF;
  IF since IS NOT NULL THEN condition := condition || format(' AND at >= %L::timestamptz', since); END IF;
  IF until IS NOT NULL THEN condition := condition || format(' AND at < %L::timestamptz', until); END IF;
  IF after_id IS NOT NULL THEN
    behind := format(' AND (at, id) %s (%L::timestamptz, %L::uuid)', CASE WHEN descending THEN '<' ELSE '>' END, after_at, after_id);
  END IF;
  RETURN QUERY SELECT page_of_hits('public.audit_log', condition, behind, 'at', descending, page_size);
END
$$;
SELECT make_search_function('search_audit_log(text, text[], uuid, text, timestamptz, timestamptz, boolean, timestamptz, uuid, int)');

-- Whether a product's words are what was typed, for lists that walk an order of their own: by the rules of search_condition.
CREATE OR REPLACE FUNCTION has_words(search_text text, patterns text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT NOT EXISTS (SELECT FROM unnest(patterns) AS pattern WHERE NOT CASE WHEN length(pattern) < 3
    THEN search_text LIKE pattern || '%' OR search_text LIKE '% ' || pattern || '%'
    ELSE search_text LIKE '%' || pattern || '%' END)
$$;
REVOKE ALL ON FUNCTION has_words(text, text[]) FROM PUBLIC;
COMMENT ON FUNCTION has_words(text, text[]) IS 'tenant: lists of stock ask it';
COMMENT ON FUNCTION search_patterns(text) IS 'tenant: lists of stock ask it';
