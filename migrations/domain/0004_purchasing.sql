-- Purchase orders and what was received on them.

-- The next number of a series: PO/26-27/00001. Its row stays locked until the transaction ends and a rollback gives the
-- number back, so that the series has no gaps; take it as late as possible.
CREATE FUNCTION take_number(wanted_series text, wanted_year text) RETURNS text
LANGUAGE sql VOLATILE SET search_path = public, pg_temp
AS $$
  INSERT INTO number_series AS n (series, financial_year, last_number) VALUES (wanted_series, wanted_year, 1)
  ON CONFLICT (tenant_id, series, financial_year) DO UPDATE SET last_number = n.last_number + 1
  RETURNING n.series || '/' || n.financial_year || '/' || lpad(n.last_number::text, greatest(5, length(n.last_number::text)), '0')
$$;
REVOKE ALL ON FUNCTION take_number(text, text) FROM PUBLIC;
COMMENT ON FUNCTION take_number(text, text) IS 'tenant: documents take their numbers by it';

CREATE TABLE purchase_orders (
  id               uuid PRIMARY KEY,
  tenant_id        uuid NOT NULL DEFAULT current_tenant(),
  po_number        text NOT NULL CHECK (length(po_number) <= 16),
  status           text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'pending_approval', 'confirmed', 'partially_delivered', 'delivered', 'closed', 'cancelled')),
  vendor_id        uuid NOT NULL REFERENCES vendors,
  warehouse_id     uuid NOT NULL REFERENCES warehouses,
  order_date       date NOT NULL,
  expected_date    date,
  vendor_reference text,
  notes            text,
  inter_state      boolean NOT NULL,
  subtotal         numeric(16,2) NOT NULL CHECK (subtotal >= 0),
  discount         numeric(16,2) NOT NULL CHECK (discount >= 0),
  tax              numeric(16,2) NOT NULL CHECK (tax >= 0),
  shipping         numeric(16,2) NOT NULL CHECK (shipping >= 0),
  total            numeric(16,2) NOT NULL CHECK (total >= 0),
  line_count       int NOT NULL,
  -- Net and tax of what was short-closed or cancelled after confirmation.
  cancelled_value  numeric(16,2) NOT NULL DEFAULT 0 CHECK (cancelled_value >= 0),
  submitted_by_id  uuid,
  submitted_by     text,
  submitted_at     timestamptz,
  approved_by_id   uuid,
  approved_by      text,
  approved_at      timestamptz,
  status_reason    text,
  -- Of what the client sent with its own id: the same again is the same order, anything else a conflict.
  content_hash     bytea,
  version          int NOT NULL DEFAULT 1,
  created_at       timestamptz NOT NULL DEFAULT now(),
  created_by       text,
  updated_at       timestamptz NOT NULL DEFAULT now(),
  updated_by       text
);
CREATE UNIQUE INDEX purchase_orders_number ON purchase_orders (tenant_id, po_number);
CREATE INDEX purchase_orders_by_date ON purchase_orders (order_date, id);
CREATE INDEX purchase_orders_by_status ON purchase_orders (status, order_date, id);
CREATE INDEX purchase_orders_by_vendor ON purchase_orders (vendor_id, order_date, id);
CREATE INDEX purchase_orders_by_update ON purchase_orders (updated_at, id);
CREATE INDEX purchase_orders_search ON purchase_orders USING gin (lower(po_number) gin_trgm_ops);
SELECT protect_tenant_table('purchase_orders');
SELECT allow_search_of('purchase_orders');

-- By number, or by the words that find the vendor.
CREATE FUNCTION search_purchase_orders(typed text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT id FROM public.purchase_orders WHERE tenant_id = $1'
    || public.search_condition(public.search_patterns(typed), 'lower(po_number)')
    || ' UNION SELECT id FROM public.purchase_orders WHERE tenant_id = $1 AND vendor_id IN (SELECT public.search_vendors($2))'
  USING public.current_tenant(), typed;
END
$$;
SELECT make_search_function('search_purchase_orders(text)');

CREATE TABLE purchase_order_lines (
  id                uuid PRIMARY KEY,
  tenant_id         uuid NOT NULL DEFAULT current_tenant(),
  purchase_order_id uuid NOT NULL REFERENCES purchase_orders ON DELETE CASCADE,
  line_number       int NOT NULL,
  product_id        uuid NOT NULL REFERENCES products,
  hsn_code          text NOT NULL,
  ordered           numeric(15,3) NOT NULL CHECK (ordered > 0),
  received          numeric(15,3) NOT NULL DEFAULT 0 CHECK (received >= 0),
  cancelled         numeric(15,3) NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
  unit_price        numeric(16,4) NOT NULL CHECK (unit_price >= 0),
  discount_percent  numeric(5,2) NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
  discount          numeric(16,2) NOT NULL,
  tax_percent       numeric(5,2) NOT NULL,
  net               numeric(16,2) NOT NULL,
  cgst              numeric(16,2) NOT NULL DEFAULT 0,
  sgst              numeric(16,2) NOT NULL DEFAULT 0,
  igst              numeric(16,2) NOT NULL DEFAULT 0,
  -- The line's part of the order's shipping, by net value; received goods are valued at net + this.
  shipping_share    numeric(16,2) NOT NULL DEFAULT 0,
  -- What receipts have put into the ledger so far: the receipt that completes the line takes the exact rest.
  received_value    numeric(16,2) NOT NULL DEFAULT 0,
  note              text,
  UNIQUE (purchase_order_id, line_number)
);
CREATE INDEX purchase_order_lines_of_product ON purchase_order_lines (product_id);
SELECT protect_tenant_table('purchase_order_lines');

CREATE TABLE goods_receipts (
  id                uuid PRIMARY KEY,
  tenant_id         uuid NOT NULL DEFAULT current_tenant(),
  receipt_number    text NOT NULL CHECK (length(receipt_number) <= 16),
  purchase_order_id uuid NOT NULL REFERENCES purchase_orders,
  warehouse_id      uuid NOT NULL REFERENCES warehouses,
  received_at       timestamptz NOT NULL,
  received_by       text,
  delivery_note     text,
  content_hash      bytea,
  created_at        timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX goods_receipts_number ON goods_receipts (tenant_id, receipt_number);
CREATE INDEX goods_receipts_of_order ON goods_receipts (purchase_order_id);
SELECT protect_tenant_table('goods_receipts');

CREATE TABLE goods_receipt_lines (
  id                     uuid PRIMARY KEY,
  tenant_id              uuid NOT NULL DEFAULT current_tenant(),
  goods_receipt_id       uuid NOT NULL REFERENCES goods_receipts,
  purchase_order_line_id uuid NOT NULL REFERENCES purchase_order_lines,
  bin_id                 uuid REFERENCES bins,
  quantity               numeric(15,3) NOT NULL CHECK (quantity > 0),
  unit_cost              numeric(18,4) NOT NULL,
  value                  numeric(18,2) NOT NULL,
  lot                    text,
  expires_on             date,
  -- null for services: they are received, but have no stock
  movement_id            uuid REFERENCES stock_movements
);
CREATE INDEX goods_receipt_lines_of_receipt ON goods_receipt_lines (goods_receipt_id);
SELECT protect_tenant_table('goods_receipt_lines');
