-- One word may be in half of all orders or products: hits are gathered no further than they are worth it, and found along
-- the list's order beyond that. A search of orders looks at their numbers and at the names of their parties.

CREATE FUNCTION orders_condition(number_column text, party_column text, parties uuid[], typed text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT format('tenant_id = %L AND ((true%s) OR %I = ANY (%L::uuid[]))', current_tenant(),
    search_condition(search_patterns(typed), format('lower(%I)', number_column)), party_column, parties)
$$;
REVOKE ALL ON FUNCTION orders_condition(text, text, uuid[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orders_condition(text, text, uuid[], text) TO qm_search;

-- The orders that a search finds, in no order; NULL where there are more than `most`, or of more parties than are worth
-- naming.
CREATE FUNCTION some_purchase_orders(typed text, most int) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  parties uuid[] := ARRAY(SELECT search_vendors(typed) LIMIT 1001);
  hits uuid[];
BEGIN
  IF cardinality(parties) > 1000 THEN RETURN NULL; END IF;
  hits := some_hits('public.purchase_orders', orders_condition('po_number', 'vendor_id', parties, typed), most);
  RETURN CASE WHEN cardinality(hits) <= most THEN hits END;
END
$$;
SELECT make_search_function('some_purchase_orders(text, int)');

CREATE FUNCTION some_sales_orders(typed text, most int) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  parties uuid[] := ARRAY(SELECT search_customers(typed) LIMIT 1001);
  hits uuid[];
BEGIN
  IF cardinality(parties) > 1000 THEN RETURN NULL; END IF;
  hits := some_hits('public.sales_orders', orders_condition('so_number', 'customer_id', parties, typed), most);
  RETURN CASE WHEN cardinality(hits) <= most THEN hits END;
END
$$;
SELECT make_search_function('some_sales_orders(text, int)');

-- The latest orders that a search finds, for the palette.
CREATE FUNCTION latest_purchase_orders(typed text, page_size int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  parties uuid[] := ARRAY(SELECT search_vendors(typed) LIMIT 1001);
BEGIN
  IF cardinality(parties) > 1000 THEN
    RETURN QUERY EXECUTE format('SELECT id FROM purchase_orders WHERE tenant_id = %L
        AND ((true%s) OR vendor_id IN (SELECT search_vendors(%L))) ORDER BY order_date DESC, id DESC LIMIT %s',
      current_tenant(), search_condition(search_patterns(typed), 'lower(po_number)'), typed, page_size);
  ELSE
    RETURN QUERY SELECT page_of_hits('public.purchase_orders', orders_condition('po_number', 'vendor_id', parties, typed), '',
      'order_date', true, page_size);
  END IF;
END
$$;
SELECT make_search_function('latest_purchase_orders(text, int)');

CREATE FUNCTION latest_sales_orders(typed text, page_size int) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  parties uuid[] := ARRAY(SELECT search_customers(typed) LIMIT 1001);
BEGIN
  IF cardinality(parties) > 1000 THEN
    RETURN QUERY EXECUTE format('SELECT id FROM sales_orders WHERE tenant_id = %L
        AND ((true%s) OR customer_id IN (SELECT search_customers(%L))) ORDER BY order_date DESC, id DESC LIMIT %s',
      current_tenant(), search_condition(search_patterns(typed), 'lower(so_number)'), typed, page_size);
  ELSE
    RETURN QUERY SELECT page_of_hits('public.sales_orders', orders_condition('so_number', 'customer_id', parties, typed), '',
      'order_date', true, page_size);
  END IF;
END
$$;
SELECT make_search_function('latest_sales_orders(text, int)');
-- The products that a search finds, in no order; NULL where there are more than `most`.
CREATE FUNCTION some_products(typed text, most int) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  hits uuid[] := some_hits('public.products', format('tenant_id = %L', current_tenant())
    || search_condition(search_patterns(typed), 'search_text'), most);
BEGIN
  RETURN CASE WHEN cardinality(hits) <= most THEN hits END;
END
$$;
SELECT make_search_function('some_products(text, int)');

COMMENT ON FUNCTION search_patterns(text) IS 'tenant: lists of stock and orders ask it';

-- The same key, but of plain letters without the way of all others, and as an expression that PostgreSQL puts in place of
-- the call: a search of the trail makes it for every hit. So it pins no search_path, and names the schema of what it calls.
CREATE OR REPLACE FUNCTION search_key(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN pg_catalog.octet_length(words) OPERATOR(pg_catalog.=) pg_catalog.length(words)
    THEN pg_catalog.lower(words COLLATE pg_catalog."C") ELSE
    pg_catalog.translate(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
      pg_catalog.regexp_replace(pg_catalog.lower(normalize(words, NFKD) COLLATE pg_catalog."und-x-icu") COLLATE pg_catalog."C",
        '[\u00ad\u0300-\u036f\u0483-\u0487\u061c\u064b-\u065f\u0670\u093c\u0951-\u0954\u09bc\u0a3c\u0abc\u0b3c\u0cbc'
        '\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff'
        '\u2800\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff]', '', 'g'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'øłđħıς', 'oldhiσ') END
$$;
