-- A search first looks at the first rows of the order: of a common word the page is full there at once, and the index of
-- words, which reads every hit before it gives one, is not asked at all. Few hits are sorted where they are found: read
-- again by their ids, they were looked up one by one, or by a walk of the whole order.

-- How many rows meet a condition, one more than `few` for more than that; and the first of them in the order, if they are
-- few. By the index of words alone, as `some_hits`.
CREATE FUNCTION few_hits(
  source text, condition text, sort_column text, in_order text, few int, page_size int, OUT how_many bigint, OUT page uuid[]
)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
AS $$
BEGIN
  EXECUTE format('WITH hits AS MATERIALIZED (SELECT id, %2$I FROM %1$s WHERE %3$s LIMIT %4$s),
      counted AS MATERIALIZED (SELECT count(*) AS how_many FROM hits)
    SELECT how_many, ARRAY(SELECT id FROM hits WHERE how_many < %4$s ORDER BY %5$s LIMIT %6$L) FROM counted',
    source, sort_column, condition, few + 1, in_order, page_size)
  INTO how_many, page;
END
$$;
REVOKE ALL ON FUNCTION few_hits(text, text, text, text, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION few_hits(text, text, text, text, int, int) TO qm_search;

-- One page of a search in one order. `behind` is the position of the page; a page without a size has all hits. Conditions
-- are SQL made by the callers, their values quoted.
CREATE OR REPLACE FUNCTION page_of_hits(
  source text, condition text, behind text, sort_column text, descending boolean, page_size int
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  few CONSTANT int := 3000;
  -- How many rows of the order are looked at: to see how common the hits are, where they are common, and where they are
  -- many but may stand at the other end.
  glance CONSTANT int := 200;
  near CONSTANT int := 4000;
  far CONSTANT int := 20000;
  in_order text := format(CASE WHEN descending THEN '%1$I DESC, id DESC' ELSE '%1$I, id' END, sort_column);
  walk text := format('SELECT coalesce(array_agg(id), ''{}'') FROM (SELECT id FROM (SELECT * FROM %s WHERE true%s ORDER BY %s LIMIT $1)
    AS walked WHERE %s LIMIT $2) AS found', source, behind, in_order, condition);
  hits uuid[];
  how_many bigint;
BEGIN
  IF page_size < few THEN
    EXECUTE walk USING glance, page_size INTO hits;
    IF cardinality(hits) < page_size AND cardinality(hits) * near >= page_size * glance THEN
      EXECUTE walk USING near, page_size INTO hits;
    END IF;
    IF cardinality(hits) = page_size THEN
      RETURN QUERY SELECT unnest(hits);
      RETURN;
    END IF;
  END IF;
  SELECT found.how_many, found.page INTO how_many, hits
  FROM few_hits(source, condition || behind, sort_column, in_order, few, page_size) AS found;
  IF how_many <= few THEN
    RETURN QUERY SELECT unnest(hits);
    RETURN;
  END IF;
  IF page_size < few THEN
    EXECUTE walk USING far, page_size INTO hits;
    IF cardinality(hits) = page_size THEN
      RETURN QUERY SELECT unnest(hits);
      RETURN;
    END IF;
  END IF;
  RETURN QUERY EXECUTE format('SELECT id FROM %s WHERE %s%s ORDER BY %s LIMIT %L', source, condition, behind, in_order, page_size);
END
$$;
