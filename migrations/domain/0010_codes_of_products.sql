-- One code means one thing in a company: as a SKU or as a barcode. upper() is not leakproof, so under a policy its indexes
-- would be skipped and every new product would read all there are.

CREATE INDEX product_barcodes_by_code ON product_barcodes (upper(barcode));
SELECT allow_search_of('product_barcodes');

-- The products that have one of these codes, which are in capitals.
CREATE FUNCTION products_by_code(codes text[]) RETURNS TABLE (code text, product_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 5 SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT p.sku, p.id FROM public.products p
  WHERE p.tenant_id = (SELECT public.current_tenant()) AND upper(p.sku) = ANY (codes)
  UNION ALL
  SELECT b.barcode, b.product_id FROM public.product_barcodes b
  WHERE b.tenant_id = (SELECT public.current_tenant()) AND upper(b.barcode) = ANY (codes)
$$;
SELECT make_search_function('products_by_code(text[])');
