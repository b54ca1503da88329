-- A page without a size is the whole list; its text ended in a bare LIMIT, which is no SQL.
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
    RETURN QUERY EXECUTE format('SELECT id FROM %s WHERE id = ANY ($1) ORDER BY %s LIMIT %L', source, in_order, page_size)
    USING hits;
    RETURN;
  END IF;
  IF page_size < few THEN
    EXECUTE format('SELECT array_agg(id) FROM (SELECT id FROM (SELECT * FROM %1$s WHERE true%2$s ORDER BY %3$s LIMIT %4$s) AS walked
      WHERE %5$s LIMIT %6$L) AS found', source, behind, in_order, far, condition, page_size) INTO hits;
    IF cardinality(hits) = page_size THEN
      RETURN QUERY SELECT unnest(hits);
      RETURN;
    END IF;
  END IF;
  RETURN QUERY EXECUTE format('SELECT id FROM %s WHERE %s%s ORDER BY %s LIMIT %L', source, condition, behind, in_order, page_size);
END
$$;
