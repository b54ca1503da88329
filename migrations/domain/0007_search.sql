-- Searching by words. LIKE is not leakproof: under a policy its trigram index would be skipped, so these functions read
-- as qm_search and restate the tenant themselves. They give back ids only; what is shown of a record is read under the
-- caller's own policy. Words are ANDed.

CREATE INDEX employees_search ON employees USING gin ((lower(employee_code || ' ' || name || ' ' || email || ' ' || coalesce(department, '') || ' ' || coalesce(designation, ''))) gin_trgm_ops);

-- The condition of a search; `words` is the indexed expression. Words of three letters or more are found anywhere. In
-- shorter ones there is a trigram only where a word begins, so that is where they are looked for: M8 finds M8 bolts.
CREATE FUNCTION search_condition(patterns text[], words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  pattern text;
  condition text := '';
BEGIN
  FOREACH pattern IN ARRAY patterns LOOP
    condition := condition || CASE WHEN length(pattern) < 3
      THEN format(' AND (%1$s LIKE %2$L OR %1$s LIKE %3$L)', words, pattern || '%', '% ' || pattern || '%')
      ELSE format(' AND %s LIKE %L', words, '%' || pattern || '%') END;
  END LOOP;
  RETURN condition;
END
$$;
REVOKE ALL ON FUNCTION search_condition(text[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_condition(text[], text) TO qm_search;

CREATE FUNCTION search_vendors(typed text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT id FROM public.vendors WHERE tenant_id = $1' || search_condition(search_patterns(typed),
    $words$lower(code || ' ' || name || ' ' || coalesce(gstin, '') || ' ' || coalesce(email, ''))$words$)
  USING current_tenant();
END
$$;
SELECT make_search_function('search_vendors(text)');

CREATE FUNCTION search_customers(typed text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT id FROM public.customers WHERE tenant_id = $1' || search_condition(search_patterns(typed),
    $words$lower(code || ' ' || name || ' ' || coalesce(gstin, '') || ' ' || coalesce(email, ''))$words$)
  USING current_tenant();
END
$$;
SELECT make_search_function('search_customers(text)');

CREATE FUNCTION search_employees(typed text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT id FROM public.employees WHERE tenant_id = $1' || search_condition(search_patterns(typed),
    $words$lower(employee_code || ' ' || name || ' ' || email || ' ' || coalesce(department, '') || ' ' || coalesce(designation, ''))$words$)
  USING current_tenant();
END
$$;
SELECT make_search_function('search_employees(text)');

-- One page of products in one call: filter, order and position are decided here, since ordering 20,000 hits outside
-- would cost more than finding them. `after_value` and `after_id` are the keyset; an empty filter is NULL.
CREATE FUNCTION search_products(
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
  direction text := CASE WHEN descending THEN 'DESC' ELSE 'ASC' END;
  condition text := search_condition(search_patterns(typed), 'search_text');
BEGIN
  IF sort_column IS NULL THEN
    RAISE EXCEPTION 'products cannot be sorted by %', sort_by USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF wanted_category IS NOT NULL THEN condition := condition || ' AND category = $2'; END IF;
  IF wanted_status IS NOT NULL THEN condition := condition || ' AND status = ANY ($3)'; END IF;
  IF wanted_kind IS NOT NULL THEN condition := condition || ' AND kind = $4'; END IF;
  IF among IS NOT NULL THEN condition := condition || ' AND id = ANY ($5)'; END IF;
  IF after_id IS NOT NULL THEN
    condition := condition || format(' AND (%I, id) %s ($6::%s, $7)', sort_column,
      CASE WHEN descending THEN '<' ELSE '>' END, sort_type);
  END IF;
  RETURN QUERY EXECUTE format('SELECT id FROM public.products WHERE tenant_id = $1%s ORDER BY %I %s, id %s LIMIT $8',
    condition, sort_column, direction, direction)
  USING current_tenant(), wanted_category, wanted_status, wanted_kind, among, after_value, after_id, page_size;
END
$$;
SELECT make_search_function('search_products(text, text, text[], text, uuid[], text, boolean, text, uuid, int)');
