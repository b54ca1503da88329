-- Words as people read them: numbers inside of names and codes in their natural order (M8 before M10), small letters
-- beside capitals, one spelling of what looks equal, and searches that find café by cafe.

-- Deterministic: equal is what has the same bytes. So keys, filters and cursors stay exact, and an index serves both.
CREATE COLLATION natural_order (provider = icu, locale = 'und-u-kn-true');

-- A policy holds for the owner too, who would find no row to change here.
ALTER TABLE vendors NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE products NO FORCE ROW LEVEL SECURITY;
ALTER TABLE warehouses NO FORCE ROW LEVEL SECURITY;
ALTER TABLE employees NO FORCE ROW LEVEL SECURITY;

-- What looks equal is written one way (Unicode NFC).
UPDATE vendors SET name = normalize(name) WHERE name IS NOT NFC NORMALIZED;
UPDATE customers SET name = normalize(name) WHERE name IS NOT NFC NORMALIZED;
UPDATE products SET name = normalize(name) WHERE name IS NOT NFC NORMALIZED;
UPDATE products SET category = normalize(category) WHERE category IS NOT NFC NORMALIZED;
UPDATE warehouses SET name = normalize(name) WHERE name IS NOT NFC NORMALIZED;
UPDATE employees SET name = normalize(name) WHERE name IS NOT NFC NORMALIZED;
UPDATE employees SET department = normalize(department) WHERE department IS NOT NFC NORMALIZED;

-- Categories that differ in capitals only are one: under the spelling that most of its products have.
UPDATE products p SET category = spelling.usual
FROM (SELECT category, first_value(category) OVER (
        PARTITION BY tenant_id, lower(category COLLATE "und-x-icu") ORDER BY count(*) DESC, category COLLATE "C") AS usual
      FROM products GROUP BY tenant_id, category) spelling
WHERE p.category = spelling.category AND p.category <> spelling.usual;

ALTER TABLE vendors FORCE ROW LEVEL SECURITY;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
ALTER TABLE products FORCE ROW LEVEL SECURITY;
ALTER TABLE warehouses FORCE ROW LEVEL SECURITY;
ALTER TABLE employees FORCE ROW LEVEL SECURITY;

-- Words as a search compares them: small letters, without accents, nuktas, other marks of pronunciation and what can't be
-- seen; letters that are drawn differently (½, ﬁ, full-width ones) as their plain ones.
CREATE FUNCTION search_key(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT translate(replace(replace(replace(
    regexp_replace(lower(normalize(words, NFKD) COLLATE "und-x-icu") COLLATE "C",
      '[\u00ad\u0300-\u036f\u0483-\u0487\u061c\u064b-\u065f\u0670\u093c\u0951-\u0954\u09bc\u0a3c\u0abc\u0b3c\u0cbc'
      '\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff'
      '\u2800\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff]', '', 'g'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'øłđħıς', 'oldhiσ')
$$;
REVOKE ALL ON FUNCTION search_key(text) FROM PUBLIC;
COMMENT ON FUNCTION search_key(text) IS 'tenant: computed columns ask it';
GRANT EXECUTE ON FUNCTION search_key(text) TO qm_search;

-- What a person typed as LIKE patterns, one per word, wildcards taken literally. At most eight words.
CREATE OR REPLACE FUNCTION search_patterns(typed text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT coalesce(array_agg(replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_')), '{}')
  FROM (SELECT word FROM regexp_split_to_table(public.search_key(typed), '\s+') AS word WHERE word <> '' LIMIT 8) AS words
$$;

-- Kept, not computed: each hit of a search is looked at again, and making its key takes longer than finding it.
DROP INDEX vendors_search;
ALTER TABLE vendors
  ALTER COLUMN name TYPE text COLLATE natural_order,
  ALTER COLUMN code TYPE text COLLATE natural_order,
  ADD COLUMN search_text text COLLATE "C" NOT NULL GENERATED ALWAYS AS
    (search_key(code || ' ' || name || ' ' || coalesce(gstin, '') || ' ' || coalesce(email, ''))) STORED;
CREATE INDEX vendors_search ON vendors USING gin (search_text gin_trgm_ops);

DROP INDEX customers_search;
ALTER TABLE customers
  ALTER COLUMN name TYPE text COLLATE natural_order,
  ALTER COLUMN code TYPE text COLLATE natural_order,
  ADD COLUMN search_text text COLLATE "C" NOT NULL GENERATED ALWAYS AS
    (search_key(code || ' ' || name || ' ' || coalesce(gstin, '') || ' ' || coalesce(email, ''))) STORED;
CREATE INDEX customers_search ON customers USING gin (search_text gin_trgm_ops);

DROP INDEX employees_search;
ALTER TABLE employees
  ALTER COLUMN name TYPE text COLLATE natural_order,
  ALTER COLUMN employee_code TYPE text COLLATE natural_order,
  ALTER COLUMN department TYPE text COLLATE natural_order,
  ADD COLUMN search_text text COLLATE "C" NOT NULL GENERATED ALWAYS AS
    (search_key(employee_code || ' ' || name || ' ' || email || ' ' || coalesce(department, '') || ' ' || coalesce(designation, ''))) STORED;
CREATE INDEX employees_search ON employees USING gin (search_text gin_trgm_ops);

DROP INDEX products_search;
ALTER TABLE products DROP COLUMN search_text;
ALTER TABLE products
  ALTER COLUMN name TYPE text COLLATE natural_order,
  ALTER COLUMN sku TYPE text COLLATE natural_order,
  ALTER COLUMN category TYPE text COLLATE natural_order,
  ADD COLUMN search_text text COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_key(sku || ' ' || name)) STORED;
CREATE INDEX products_search ON products USING gin (category, search_text gin_trgm_ops);

ALTER TABLE warehouses
  ALTER COLUMN name TYPE text COLLATE natural_order,
  ALTER COLUMN code TYPE text COLLATE natural_order,
  ADD COLUMN search_text text COLLATE "C" NOT NULL GENERATED ALWAYS AS
    (search_key(code || ' ' || name || ' ' || coalesce(address ->> 'city', ''))) STORED;
ALTER TABLE bins ALTER COLUMN code TYPE text COLLATE natural_order;
ALTER TABLE roles ALTER COLUMN name TYPE text COLLATE natural_order;

CREATE OR REPLACE FUNCTION search_vendors(typed text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT id FROM public.vendors WHERE tenant_id = $1'
    || search_condition(search_patterns(typed), 'search_text')
  USING current_tenant();
END
$$;

CREATE OR REPLACE FUNCTION search_customers(typed text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT id FROM public.customers WHERE tenant_id = $1'
    || search_condition(search_patterns(typed), 'search_text')
  USING current_tenant();
END
$$;

CREATE OR REPLACE FUNCTION search_employees(typed text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT id FROM public.employees WHERE tenant_id = $1'
    || search_condition(search_patterns(typed), 'search_text')
  USING current_tenant();
END
$$;

-- Warehouses are few: their words need no index, and are found anywhere, however short.
SELECT allow_search_of('warehouses');
CREATE FUNCTION search_warehouses(typed text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT id FROM public.warehouses
  WHERE tenant_id = (SELECT current_tenant())
    AND search_text LIKE ALL (ARRAY(SELECT '%' || pattern || '%' FROM unnest(search_patterns(typed)) AS pattern))
$$;
SELECT make_search_function('search_warehouses(text)');
