-- The stock ledger is the truth; inventory is its running total, kept in the same transaction.

CREATE TABLE inventory (
  id                  uuid PRIMARY KEY DEFAULT uuidv7(),
  tenant_id           uuid NOT NULL DEFAULT current_tenant(),
  product_id          uuid NOT NULL REFERENCES products,
  warehouse_id        uuid NOT NULL REFERENCES warehouses,
  bin_id              uuid NOT NULL,
  quantity_on_hand    numeric(15,3) NOT NULL DEFAULT 0,
  quantity_reserved   numeric(15,3) NOT NULL DEFAULT 0,
  quantity_in_transit numeric(15,3) NOT NULL DEFAULT 0,
  -- Moving average is kept as value, not rate: no rounding error can pile up.
  valuation           numeric(18,2) NOT NULL DEFAULT 0,
  avg_cost            numeric(18,4) GENERATED ALWAYS AS
                        (CASE WHEN quantity_on_hand > 0 THEN round(valuation / quantity_on_hand, 4) ELSE 0 END) STORED,
  last_movement_at    timestamptz,
  last_received_at    timestamptz,
  last_issued_at      timestamptz,
  version             int NOT NULL DEFAULT 1,
  updated_at          timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (warehouse_id, bin_id) REFERENCES bins (warehouse_id, id),
  CONSTRAINT no_negative_stock CHECK (quantity_on_hand >= 0 AND quantity_reserved >= 0 AND quantity_reserved <= quantity_on_hand),
  CONSTRAINT no_negative_transit CHECK (quantity_in_transit >= 0),
  CONSTRAINT empty_is_worthless CHECK (valuation >= 0 AND (quantity_on_hand > 0 OR valuation = 0))
);
CREATE UNIQUE INDEX inventory_place ON inventory (tenant_id, product_id, warehouse_id, bin_id);
CREATE INDEX inventory_of_product ON inventory (product_id);
CREATE INDEX inventory_of_warehouse ON inventory (warehouse_id, product_id);
SELECT protect_tenant_table('inventory');

CREATE TABLE stock_movements (
  id             uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL DEFAULT current_tenant(),
  -- The order of posting, gaps allowed: two movements of one instant still have an order.
  sequence       bigint GENERATED ALWAYS AS IDENTITY,
  product_id     uuid NOT NULL REFERENCES products,
  warehouse_id   uuid NOT NULL REFERENCES warehouses,
  bin_id         uuid NOT NULL,
  lot            text,
  expires_on     date,
  kind           text NOT NULL CHECK (kind IN ('receipt', 'issue', 'adjustment', 'transfer_out', 'transfer_in', 'count', 'return_in', 'return_out', 'reversal')),
  quantity       numeric(15,3) NOT NULL,
  unit_cost      numeric(18,4) NOT NULL,
  value          numeric(18,2) NOT NULL,
  quantity_after numeric(15,3) NOT NULL CHECK (quantity_after >= 0),
  value_after    numeric(18,2) NOT NULL CHECK (value_after >= 0),
  document_kind  text NOT NULL CHECK (document_kind IN ('purchase_order', 'sales_order', 'adjustment', 'transfer', 'count', 'opening')),
  document_id    uuid,
  document_number text,
  document_line_id uuid,
  reason         text,
  reverses       uuid REFERENCES stock_movements,
  occurred_at    timestamptz NOT NULL,
  posted_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  user_id        uuid,
  actor          text,
  FOREIGN KEY (warehouse_id, bin_id) REFERENCES bins (warehouse_id, id),
  CONSTRAINT a_movement_moves CHECK (quantity <> 0 OR value <> 0)
);
CREATE UNIQUE INDEX stock_movements_reversed_once ON stock_movements (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX stock_movements_of_place ON stock_movements (product_id, warehouse_id, bin_id, sequence);
CREATE INDEX stock_movements_by_time ON stock_movements (occurred_at DESC, id DESC);
CREATE INDEX stock_movements_of_product ON stock_movements (product_id, occurred_at DESC, id DESC);
CREATE INDEX stock_movements_of_document ON stock_movements (document_id) WHERE document_id IS NOT NULL;
SELECT protect_tenant_table('stock_movements');
SELECT protect_append_only('stock_movements');
