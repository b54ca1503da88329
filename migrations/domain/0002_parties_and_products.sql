-- Vendors, customers, products and warehouses: what documents refer to.

CREATE TABLE vendors (
  id                     uuid PRIMARY KEY,
  tenant_id              uuid NOT NULL DEFAULT current_tenant(),
  code                   text NOT NULL,
  name                   text COLLATE "und-x-icu" NOT NULL,
  contact_name           text,
  email                  text,
  phone                  text,
  address                jsonb NOT NULL DEFAULT '{}',
  gst_registration       text NOT NULL DEFAULT 'regular' CHECK (gst_registration IN ('regular', 'composition', 'unregistered', 'sez', 'overseas')),
  gstin                  text,
  pan                    text,
  payment_terms_days     int NOT NULL DEFAULT 30 CHECK (payment_terms_days >= 0),
  lead_time_days         int NOT NULL DEFAULT 7 CHECK (lead_time_days >= 0),
  currency               text NOT NULL DEFAULT 'INR',
  bank_details_encrypted text,
  rating                 int CHECK (rating BETWEEN 1 AND 5),
  total_orders           int NOT NULL DEFAULT 0,
  total_spent            numeric(16,2) NOT NULL DEFAULT 0,
  status                 text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'suspended')),
  attributes             jsonb NOT NULL DEFAULT '{}',
  version                int NOT NULL DEFAULT 1,
  created_at             timestamptz NOT NULL DEFAULT now(),
  created_by             text,
  updated_at             timestamptz NOT NULL DEFAULT now(),
  updated_by             text
);
CREATE UNIQUE INDEX vendors_code ON vendors (tenant_id, upper(code));
CREATE UNIQUE INDEX vendors_email ON vendors (tenant_id, email) WHERE email IS NOT NULL;
CREATE INDEX vendors_by_name ON vendors (name, id);
CREATE INDEX vendors_by_code ON vendors (code, id);
CREATE INDEX vendors_by_update ON vendors (updated_at, id);
CREATE INDEX vendors_search ON vendors USING gin ((lower(code || ' ' || name || ' ' || coalesce(gstin, '') || ' ' || coalesce(email, ''))) gin_trgm_ops);
SELECT protect_tenant_table('vendors');
SELECT allow_search_of('vendors');

CREATE TABLE customers (
  id                 uuid PRIMARY KEY,
  tenant_id          uuid NOT NULL DEFAULT current_tenant(),
  code               text NOT NULL,
  name               text COLLATE "und-x-icu" NOT NULL,
  contact_name       text,
  email              text,
  phone              text,
  gst_registration   text NOT NULL DEFAULT 'unregistered' CHECK (gst_registration IN ('regular', 'composition', 'unregistered', 'sez', 'overseas')),
  gstin              text,
  billing_address    jsonb NOT NULL DEFAULT '{}',
  shipping_address   jsonb NOT NULL DEFAULT '{}',
  payment_terms_days int NOT NULL DEFAULT 30 CHECK (payment_terms_days >= 0),
  credit_limit       numeric(14,2) CHECK (credit_limit >= 0),
  outstanding        numeric(16,2) NOT NULL DEFAULT 0,
  status             text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'suspended')),
  attributes         jsonb NOT NULL DEFAULT '{}',
  version            int NOT NULL DEFAULT 1,
  created_at         timestamptz NOT NULL DEFAULT now(),
  created_by         text,
  updated_at         timestamptz NOT NULL DEFAULT now(),
  updated_by         text
);
CREATE UNIQUE INDEX customers_code ON customers (tenant_id, upper(code));
CREATE INDEX customers_by_name ON customers (name, id);
CREATE INDEX customers_by_code ON customers (code, id);
CREATE INDEX customers_by_update ON customers (updated_at, id);
CREATE INDEX customers_search ON customers USING gin ((lower(code || ' ' || name || ' ' || coalesce(gstin, '') || ' ' || coalesce(email, ''))) gin_trgm_ops);
SELECT protect_tenant_table('customers');
SELECT allow_search_of('customers');

CREATE TABLE products (
  id                        uuid PRIMARY KEY,
  tenant_id                 uuid NOT NULL DEFAULT current_tenant(),
  sku                       text NOT NULL,
  name                      text COLLATE "und-x-icu" NOT NULL,
  description               text,
  category                  text NOT NULL DEFAULT 'General',
  kind                      text NOT NULL DEFAULT 'tracked' CHECK (kind IN ('tracked', 'service')),
  unit                      text NOT NULL DEFAULT 'NOS',
  purchase_price            numeric(16,4) NOT NULL DEFAULT 0 CHECK (purchase_price >= 0),
  sale_price                numeric(16,4) NOT NULL DEFAULT 0 CHECK (sale_price >= 0),
  hsn_code                  text NOT NULL CHECK (hsn_code ~ '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'),
  tax_class                 text NOT NULL,
  reorder_level             numeric(15,3) NOT NULL DEFAULT 0 CHECK (reorder_level >= 0),
  reorder_quantity          numeric(15,3) NOT NULL DEFAULT 0 CHECK (reorder_quantity >= 0),
  tracks_lots               boolean NOT NULL DEFAULT false,
  receipt_tolerance_percent numeric(5,2) CHECK (receipt_tolerance_percent BETWEEN 0 AND 100),
  status                    text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
  attributes                jsonb NOT NULL DEFAULT '{}',
  -- What a search looks through. Kept, not computed: small letters by ICU for each of 20,000 hits cost five times the search.
  search_text               text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower((sku || ' ' || name) COLLATE "und-x-icu")) STORED,
  version                   int NOT NULL DEFAULT 1,
  created_at                timestamptz NOT NULL DEFAULT now(),
  created_by                text,
  updated_at                timestamptz NOT NULL DEFAULT now(),
  updated_by                text
);
CREATE UNIQUE INDEX products_sku ON products (tenant_id, upper(sku));
CREATE INDEX products_by_name ON products (name, id);
CREATE INDEX products_by_sku ON products (sku, id);
CREATE INDEX products_by_category ON products (category, name, id);
CREATE INDEX products_by_update ON products (updated_at, id);
-- Category beside the words: a filtered search reads one index.
CREATE INDEX products_search ON products USING gin (category, search_text gin_trgm_ops);
SELECT protect_tenant_table('products');
SELECT allow_search_of('products');

CREATE TABLE product_barcodes (
  tenant_id  uuid NOT NULL DEFAULT current_tenant(),
  barcode    text NOT NULL,
  product_id uuid NOT NULL REFERENCES products ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, barcode)
);
CREATE INDEX product_barcodes_of_product ON product_barcodes (product_id);
SELECT protect_tenant_table('product_barcodes');

CREATE TABLE warehouses (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL DEFAULT current_tenant(),
  code       text NOT NULL,
  name       text COLLATE "und-x-icu" NOT NULL,
  address    jsonb NOT NULL DEFAULT '{}',
  status     text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
  version    int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text
);
CREATE UNIQUE INDEX warehouses_code ON warehouses (tenant_id, upper(code));
SELECT protect_tenant_table('warehouses');

-- Every warehouse has one default bin: where goods go when none is named, and where in-transit quantities are kept.
CREATE TABLE bins (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL DEFAULT current_tenant(),
  warehouse_id uuid NOT NULL REFERENCES warehouses,
  code         text NOT NULL,
  name         text,
  kind         text NOT NULL DEFAULT 'storage' CHECK (kind IN ('storage', 'receiving', 'quarantine')),
  is_default   boolean NOT NULL DEFAULT false,
  status       text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
  version      int NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text,
  updated_at   timestamptz NOT NULL DEFAULT now(),
  updated_by   text,
  UNIQUE (warehouse_id, id)
);
CREATE UNIQUE INDEX bins_code ON bins (tenant_id, warehouse_id, upper(code));
CREATE UNIQUE INDEX bins_default ON bins (warehouse_id) WHERE is_default;
SELECT protect_tenant_table('bins');
