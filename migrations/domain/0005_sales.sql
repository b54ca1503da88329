-- Sales orders, what is reserved for them, what was shipped and paid.

CREATE TABLE sales_orders (
  id                 uuid PRIMARY KEY,
  tenant_id          uuid NOT NULL DEFAULT current_tenant(),
  so_number          text NOT NULL CHECK (length(so_number) <= 16),
  status             text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'confirmed', 'partially_shipped', 'shipped', 'delivered', 'closed', 'cancelled')),
  payment_status     text NOT NULL DEFAULT 'unpaid' CHECK (payment_status IN ('unpaid', 'partially_paid', 'paid')),
  customer_id        uuid NOT NULL REFERENCES customers,
  warehouse_id       uuid NOT NULL REFERENCES warehouses,
  order_date         date NOT NULL,
  promised_date      date,
  customer_reference text,
  notes              text,
  inter_state        boolean NOT NULL,
  subtotal           numeric(16,2) NOT NULL CHECK (subtotal >= 0),
  discount           numeric(16,2) NOT NULL CHECK (discount >= 0),
  tax                numeric(16,2) NOT NULL CHECK (tax >= 0),
  shipping           numeric(16,2) NOT NULL CHECK (shipping >= 0),
  total              numeric(16,2) NOT NULL CHECK (total >= 0),
  paid               numeric(16,2) NOT NULL DEFAULT 0 CHECK (paid >= 0),
  line_count         int NOT NULL,
  -- Net and tax of what was short-closed or cancelled after confirmation: due is total less this.
  cancelled_value    numeric(16,2) NOT NULL DEFAULT 0 CHECK (cancelled_value >= 0),
  -- When it was confirmed: backorders are served oldest first by this.
  confirmed_at       timestamptz,
  status_reason      text,
  -- Of what the client sent with its own id: the same again is the same order, anything else a conflict.
  content_hash       bytea,
  version            int NOT NULL DEFAULT 1,
  created_at         timestamptz NOT NULL DEFAULT now(),
  created_by         text,
  updated_at         timestamptz NOT NULL DEFAULT now(),
  updated_by         text
);
CREATE UNIQUE INDEX sales_orders_number ON sales_orders (tenant_id, so_number);
CREATE INDEX sales_orders_by_date ON sales_orders (order_date, id);
CREATE INDEX sales_orders_by_status ON sales_orders (status, order_date, id);
CREATE INDEX sales_orders_by_customer ON sales_orders (customer_id, order_date, id);
CREATE INDEX sales_orders_by_update ON sales_orders (updated_at, id);
CREATE INDEX sales_orders_search ON sales_orders USING gin (lower(so_number) gin_trgm_ops);
SELECT protect_tenant_table('sales_orders');
SELECT allow_search_of('sales_orders');

-- By number, or by the words that find the customer.
CREATE FUNCTION search_sales_orders(typed text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT id FROM public.sales_orders WHERE tenant_id = $1'
    || public.search_condition(public.search_patterns(typed), 'lower(so_number)')
    || ' UNION SELECT id FROM public.sales_orders WHERE tenant_id = $1 AND customer_id IN (SELECT public.search_customers($2))'
  USING public.current_tenant(), typed;
END
$$;
SELECT make_search_function('search_sales_orders(text)');

CREATE TABLE sales_order_lines (
  id               uuid PRIMARY KEY,
  tenant_id        uuid NOT NULL DEFAULT current_tenant(),
  sales_order_id   uuid NOT NULL REFERENCES sales_orders ON DELETE CASCADE,
  line_number      int NOT NULL,
  product_id       uuid NOT NULL REFERENCES products,
  hsn_code         text NOT NULL,
  ordered          numeric(15,3) NOT NULL CHECK (ordered > 0),
  reserved         numeric(15,3) NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  shipped          numeric(15,3) NOT NULL DEFAULT 0 CHECK (shipped >= 0),
  cancelled        numeric(15,3) NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
  -- What waits for stock; 0 in drafts and once the order is closed or cancelled.
  backordered      numeric(15,3) NOT NULL DEFAULT 0 CHECK (backordered >= 0),
  unit_price       numeric(16,4) NOT NULL CHECK (unit_price >= 0),
  discount_percent numeric(5,2) NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
  discount         numeric(16,2) NOT NULL,
  tax_percent      numeric(5,2) NOT NULL,
  net              numeric(16,2) NOT NULL,
  cgst             numeric(16,2) NOT NULL DEFAULT 0,
  sgst             numeric(16,2) NOT NULL DEFAULT 0,
  igst             numeric(16,2) NOT NULL DEFAULT 0,
  cost_of_goods    numeric(18,2) NOT NULL DEFAULT 0,
  note             text,
  UNIQUE (sales_order_id, line_number),
  -- A service needs no stock: once confirmed it is reserved in full and ships with the goods.
  CONSTRAINT nothing_beyond_the_order CHECK (reserved + shipped + cancelled + backordered <= ordered)
);
CREATE INDEX sales_order_lines_backordered ON sales_order_lines (product_id) WHERE backordered > 0;
CREATE INDEX sales_order_lines_of_product ON sales_order_lines (product_id);
SELECT protect_tenant_table('sales_order_lines');

CREATE TABLE stock_reservations (
  tenant_id           uuid NOT NULL DEFAULT current_tenant(),
  sales_order_line_id uuid NOT NULL REFERENCES sales_order_lines ON DELETE CASCADE,
  inventory_id        uuid NOT NULL REFERENCES inventory,
  quantity            numeric(15,3) NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (sales_order_line_id, inventory_id)
);
CREATE INDEX stock_reservations_of_place ON stock_reservations (inventory_id);
SELECT protect_tenant_table('stock_reservations');

CREATE TABLE shipments (
  id              uuid PRIMARY KEY,
  tenant_id       uuid NOT NULL DEFAULT current_tenant(),
  shipment_number text NOT NULL CHECK (length(shipment_number) <= 16),
  sales_order_id  uuid NOT NULL REFERENCES sales_orders,
  warehouse_id    uuid NOT NULL REFERENCES warehouses,
  shipped_at      timestamptz NOT NULL,
  shipped_by      text,
  mode            text NOT NULL CHECK (mode IN ('road', 'rail', 'air', 'sea', 'courier', 'pickup')),
  tracking_number text,
  carrier         text,
  content_hash    bytea,
  created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX shipments_number ON shipments (tenant_id, shipment_number);
CREATE INDEX shipments_of_order ON shipments (sales_order_id);
SELECT protect_tenant_table('shipments');

CREATE TABLE shipment_lines (
  id                  uuid PRIMARY KEY,
  tenant_id           uuid NOT NULL DEFAULT current_tenant(),
  shipment_id         uuid NOT NULL REFERENCES shipments,
  sales_order_line_id uuid NOT NULL REFERENCES sales_order_lines,
  bin_id              uuid REFERENCES bins,
  quantity            numeric(15,3) NOT NULL CHECK (quantity > 0),
  cost                numeric(18,2) NOT NULL,
  movement_id         uuid REFERENCES stock_movements
);
CREATE INDEX shipment_lines_of_shipment ON shipment_lines (shipment_id);
SELECT protect_tenant_table('shipment_lines');

CREATE TABLE payments (
  id             uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL DEFAULT current_tenant(),
  sales_order_id uuid NOT NULL REFERENCES sales_orders,
  amount         numeric(16,2) NOT NULL CHECK (amount > 0),
  paid_on        date NOT NULL,
  reference      text,
  recorded_by    text,
  content_hash   bytea,
  created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX payments_of_order ON payments (sales_order_id);
SELECT protect_tenant_table('payments');
