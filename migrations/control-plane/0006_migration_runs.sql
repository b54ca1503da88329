-- Runs of the migration runner: every node and command line sees what is under way and how the last one ended. Whoever
-- runs one holds an advisory lock of this database; a row that says `running` while nobody holds it was broken off.
CREATE TABLE migration_runs (
  id          uuid PRIMARY KEY,
  -- NULL: every tenant.
  tenant_id   uuid,
  latest      int NOT NULL,
  state       text NOT NULL CHECK (state IN ('running', 'done', 'failed', 'stopped', 'abandoned')),
  -- 0 the templates, 1 the canary, then the waves.
  wave        int NOT NULL DEFAULT 0,
  waves       int NOT NULL,
  started_by  text NOT NULL,
  node        text NOT NULL,
  error       text,
  started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at    timestamptz
);
CREATE UNIQUE INDEX migration_runs_one_at_a_time ON migration_runs (state) WHERE state = 'running';
CREATE INDEX migration_runs_by_time ON migration_runs (started_at DESC);

CREATE TABLE migration_run_targets (
  run_id       uuid NOT NULL REFERENCES migration_runs ON DELETE CASCADE,
  position     int NOT NULL,
  target       text NOT NULL,
  tenant_id    uuid,
  wave         int NOT NULL,
  state        text NOT NULL DEFAULT 'waiting'
                 CHECK (state IN ('waiting', 'running', 'migrated', 'current', 'quarantined', 'skipped')),
  version      int NOT NULL,
  milliseconds int NOT NULL DEFAULT 0,
  error        text,
  ended_at     timestamptz,
  PRIMARY KEY (run_id, position)
);
