-- A sign-in that is being given or taken while a tenant's transaction is still open. Whether it stands is decided by that
-- transaction alone: the row is settled after its end by looking whether an employee is linked, and what a killed server
-- leaves behind is settled the same way by any node.
CREATE TABLE sign_in_intents (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES tenant_metadata ON DELETE CASCADE,
  kind       text NOT NULL CHECK (kind IN ('give', 'take')),
  -- give: the e-mail address in small letters; take: the user.
  subject    text NOT NULL,
  -- Renewed when the same is wanted again, so that the end of an older attempt leaves the newer one alone.
  attempt    uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, kind, subject)
);
CREATE INDEX sign_in_intents_by_age ON sign_in_intents (created_at);
