-- Several PostgreSQL servers hold tenants, and a tenant can be moved from one to another.

-- A server that is being emptied, or is full, takes no new tenants.
ALTER TABLE clusters ADD COLUMN accepts_tenants boolean NOT NULL DEFAULT true;

-- Since when a tenant's changes wait while its last rows are carried over; reading goes on.
ALTER TABLE tenant_metadata ADD COLUMN writes_paused_at timestamptz;

-- copying:  the tenant lives where it was; what is at the new place counts for nothing.
-- switched: it lives at the new place; what is at the old one is to be taken away.
-- done, undone: nothing is left to do.
CREATE TABLE tenant_moves (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES tenant_metadata ON DELETE CASCADE,
  from_cluster text NOT NULL,
  to_cluster   text NOT NULL,
  state        text NOT NULL DEFAULT 'copying' CHECK (state IN ('copying', 'switched', 'done', 'undone')),
  reason       text,
  copied_rows  bigint,
  -- How long changes had to wait.
  paused_ms    int,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at     timestamptz,
  CHECK (from_cluster <> to_cluster)
);
CREATE UNIQUE INDEX tenant_moves_one_at_a_time ON tenant_moves (tenant_id) WHERE state IN ('copying', 'switched');
CREATE INDEX tenant_moves_of ON tenant_moves (tenant_id, started_at DESC);
