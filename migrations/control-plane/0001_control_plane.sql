-- The control plane: which tenants there are, who belongs to them, which sessions are open, and what was done.

-- Where tenants' databases are. `admin_url_sealed` NULL means the server of the control plane itself.
CREATE TABLE clusters (
  name              text PRIMARY KEY,
  admin_url_sealed  text,
  -- What the tenants' logins connect to, when a pooler stands before the server: host:port.
  tenant_endpoint   text,
  created_at        timestamptz NOT NULL DEFAULT now()
);
INSERT INTO clusters (name) VALUES ('main');

CREATE TABLE tenant_metadata (
  id                uuid PRIMARY KEY,
  slug              text NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9_-]{1,30}$'),
  name              text NOT NULL,
  status            text NOT NULL CHECK (status IN ('provisioning', 'active', 'suspended', 'locked', 'migrating',
                      'quarantined', 'deprovisioning', 'deprovisioned', 'failed')),
  plan              text NOT NULL DEFAULT 'standard',
  cluster           text NOT NULL DEFAULT 'main' REFERENCES clusters,
  database_name     text NOT NULL,
  login_role        text NOT NULL,
  login_secret      text,
  schema_version    int NOT NULL DEFAULT 0,
  migration_error   text,
  migrated_at       timestamptz,
  -- The last step of provisioning that is done; a restart goes on behind it.
  provisioning_step text NOT NULL DEFAULT 'requested',
  reason            text,
  owner_email       text,
  owner_name        text,
  owner_secret      text,
  owner_user_id     uuid,
  settings          jsonb NOT NULL DEFAULT '{}',
  delete_after      timestamptz,
  created_at        timestamptz NOT NULL DEFAULT now(),
  updated_at        timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX tenant_metadata_database ON tenant_metadata (cluster, database_name);
CREATE INDEX tenant_metadata_by_name ON tenant_metadata (name, id);

-- Which tenant a sign-in belongs to: one, whatever its token says.
CREATE TABLE user_mappings (
  user_id    uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES tenant_metadata,
  email      text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX user_mappings_of_tenant ON user_mappings (tenant_id);

CREATE TABLE platform_operators (
  user_id    uuid PRIMARY KEY,
  email      text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
  jti              text PRIMARY KEY CHECK (length(jti) BETWEEN 1 AND 200),
  user_id          uuid NOT NULL,
  tenant_id        uuid REFERENCES tenant_metadata,
  email            text NOT NULL,
  device           text NOT NULL DEFAULT '',
  ip               text NOT NULL DEFAULT '',
  created_at       timestamptz NOT NULL DEFAULT now(),
  last_activity_at timestamptz NOT NULL DEFAULT now(),
  expires_at       timestamptz NOT NULL,
  revoked_at       timestamptz,
  revoked_reason   text
);
CREATE INDEX sessions_of_user ON sessions (user_id, created_at DESC);
CREATE INDEX sessions_of_tenant ON sessions (tenant_id, last_activity_at DESC);
CREATE INDEX sessions_by_activity ON sessions (last_activity_at DESC, jti);
CREATE INDEX sessions_to_clean ON sessions (expires_at);

-- Append-only. A session, user or tenant named here is refused for everything opened at or before `not_before`.
CREATE TABLE revocations (
  seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope      text NOT NULL CHECK (scope IN ('session', 'user', 'tenant')),
  subject    text NOT NULL,
  not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
  reason     text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX revocations_of ON revocations (scope, subject);
CREATE INDEX revocations_to_clean ON revocations (expires_at);

-- What the nodes keep in memory and must read again: a user's mapping, a tenant's status, its roles.
CREATE TABLE access_changes (
  seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope      text NOT NULL CHECK (scope IN ('user', 'tenant')),
  subject    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX access_changes_to_clean ON access_changes (created_at);

-- A row in either table wakes every node at its commit; nodes poll as well, since a notification can be lost.
CREATE FUNCTION wake_nodes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('qm_registry', json_build_object('table', TG_TABLE_NAME, 'row', to_jsonb(NEW))::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER wake_nodes AFTER INSERT ON revocations FOR EACH ROW EXECUTE FUNCTION wake_nodes();
CREATE TRIGGER wake_nodes AFTER INSERT ON access_changes FOR EACH ROW EXECUTE FUNCTION wake_nodes();

CREATE TABLE provisioning_events (
  seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES tenant_metadata,
  step         text NOT NULL,
  status       text NOT NULL CHECK (status IN ('started', 'done', 'failed', 'undone')),
  message      text NOT NULL,
  milliseconds int,
  at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX provisioning_events_of ON provisioning_events (tenant_id, seq);

-- The audit trail of the platform: sign-ins, refusals, revocations, what operators did. Append-only.
CREATE TABLE policy_sync_log (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  action      text NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
  actor_id    uuid,
  actor_email text,
  tenant_id   uuid,
  subject     text,
  ip          text,
  device      text,
  details     jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX policy_sync_log_by_time ON policy_sync_log (at DESC, id DESC);
CREATE INDEX policy_sync_log_of_tenant ON policy_sync_log (tenant_id, at DESC);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON policy_sync_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON policy_sync_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
