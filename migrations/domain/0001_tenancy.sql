-- What makes this database one tenant's, and what every tenant table is guarded by.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- PostgreSQL has uuidv7() from version 18 on; before that this is it (RFC 9562: 48 bits of milliseconds, version 7, the
-- rest random). What the server has itself is found first.
DO $$
BEGIN
  IF to_regprocedure('pg_catalog.uuidv7()') IS NULL THEN
    CREATE FUNCTION public.uuidv7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS
    $body$
      SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
        52, 1), 53, 1), 'hex')::uuid
    $body$;
    REVOKE ALL ON FUNCTION public.uuidv7() FROM PUBLIC;
    COMMENT ON FUNCTION public.uuidv7() IS 'tenant: defaults of ids ask it';
  END IF;
END
$$;

-- The fixed row the policies hold on to: who this database belongs to, and the one login that may read it.
CREATE TABLE tenant_identity (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  tenant_id  uuid NOT NULL,
  slug       text NOT NULL,
  login_role name NOT NULL
);
REVOKE ALL ON tenant_identity FROM PUBLIC;

-- The tenant of this connection, or NULL. Setting app.current_tenant_id gains nothing: it must equal the fixed row,
-- and the session's login must be this tenant's own.
CREATE FUNCTION current_tenant() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT tenant_id FROM public.tenant_identity
  WHERE tenant_id::text = current_setting('app.current_tenant_id', true) AND login_role = session_user
$$;
REVOKE ALL ON FUNCTION current_tenant() FROM PUBLIC;

-- ENABLE and FORCE row-level security on a table. The sub-select makes PostgreSQL ask once per statement.
CREATE FUNCTION protect_tenant_table(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY tenant_isolation ON %s USING (tenant_id = (SELECT current_tenant())) WITH CHECK (tenant_id = (SELECT current_tenant()))',
    target);
END
$$;
REVOKE ALL ON FUNCTION protect_tenant_table(regclass) FROM PUBLIC;

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

-- Rows of the table can be added, never changed or taken away, by anyone. apply_tenant_grants knows it by the trigger.
CREATE FUNCTION protect_append_only(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
  EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', target);
END
$$;
REVOKE ALL ON FUNCTION protect_append_only(regclass) FROM PUBLIC;

-- Exactly what the tenant's login may do, laid anew after every migration: tables under row-level security only,
-- no UPDATE or DELETE on append-only ones, and the functions marked for it by a comment that starts with "tenant:".
CREATE FUNCTION apply_tenant_grants(tenant_login name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  guarded record;
BEGIN
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', tenant_login);
  EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM %I', tenant_login);
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', tenant_login);
  FOR guarded IN
    SELECT c.oid::regclass AS name,
           EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only') AS append_only
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity AND c.relforcerowsecurity
  LOOP
    EXECUTE format('GRANT SELECT, INSERT%s ON %s TO %I',
      CASE WHEN guarded.append_only THEN '' ELSE ', UPDATE, DELETE' END, guarded.name, tenant_login);
  END LOOP;
  FOR guarded IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND obj_description(p.oid, 'pg_proc') LIKE 'tenant:%'
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', guarded.name, tenant_login);
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION apply_tenant_grants(name) FROM PUBLIC;
COMMENT ON FUNCTION current_tenant() IS 'tenant: the policies ask it';

-- Owns the search functions. No login, member of nothing: its policy USING (true) lets a search use its trigram index,
-- which a policy would forbid (LIKE is not leakproof), while the function itself restates the tenant.
DO $$
BEGIN
  CREATE ROLE qm_search NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
-- A superuser may give functions to any role. Any other administrator (a hosted PostgreSQL) must be a member of it.
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'qm_search', 'MEMBER') THEN
    EXECUTE format('GRANT qm_search TO %I', current_user);
  END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO qm_search;
GRANT EXECUTE ON FUNCTION current_tenant() TO qm_search;

CREATE FUNCTION allow_search_of(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO qm_search', target);
  EXECUTE format('CREATE POLICY search_functions ON %s FOR SELECT TO qm_search USING (true)', target);
END
$$;
REVOKE ALL ON FUNCTION allow_search_of(regclass) FROM PUBLIC;

-- Gives a finished search function (SECURITY DEFINER, search_path pinned) to qm_search and to the tenant's login.
CREATE FUNCTION make_search_function(target regprocedure) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', target);
  EXECUTE format('COMMENT ON FUNCTION %s IS ''tenant: search''', target);
  GRANT CREATE ON SCHEMA public TO qm_search;
  EXECUTE format('ALTER FUNCTION %s OWNER TO qm_search', target);
  REVOKE CREATE ON SCHEMA public FROM qm_search;
END
$$;
REVOKE ALL ON FUNCTION make_search_function(regprocedure) FROM PUBLIC;

-- What a person typed as LIKE patterns, one per word, small letters, wildcards taken literally. At most eight words.
CREATE FUNCTION search_patterns(typed text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT coalesce(array_agg(replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_')), '{}')
  FROM (SELECT word FROM regexp_split_to_table(lower(typed COLLATE "und-x-icu"), '\s+') AS word WHERE word <> '' LIMIT 8) AS words
$$;
REVOKE ALL ON FUNCTION search_patterns(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_patterns(text) TO qm_search;

CREATE TABLE tenant_settings (
  tenant_id                 uuid PRIMARY KEY DEFAULT current_tenant(),
  legal_name                text NOT NULL,
  gstin                     text,
  address                   jsonb NOT NULL DEFAULT '{}',
  currency                  text NOT NULL DEFAULT 'INR',
  approval_threshold        numeric(14,2) NOT NULL DEFAULT 50000 CHECK (approval_threshold >= 0),
  receipt_tolerance_percent numeric(5,2) NOT NULL DEFAULT 0 CHECK (receipt_tolerance_percent BETWEEN 0 AND 100),
  version                   int NOT NULL DEFAULT 1,
  updated_at                timestamptz NOT NULL DEFAULT now(),
  updated_by                text
);
SELECT protect_tenant_table('tenant_settings');

-- GST rates are dated data: the rate of a class is the one with the latest valid_from not after the document's day.
CREATE TABLE tax_rates (
  tenant_id    uuid NOT NULL DEFAULT current_tenant(),
  tax_class    text NOT NULL,
  valid_from   date NOT NULL,
  rate_percent numeric(5,2) NOT NULL CHECK (rate_percent BETWEEN 0 AND 100),
  PRIMARY KEY (tenant_id, tax_class, valid_from)
);
SELECT protect_tenant_table('tax_rates');

-- Gapless numbers per series and financial year: taken in the document's own transaction.
CREATE TABLE number_series (
  tenant_id      uuid NOT NULL DEFAULT current_tenant(),
  series         text NOT NULL,
  financial_year text NOT NULL,
  last_number    int NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, series, financial_year)
);
SELECT protect_tenant_table('number_series');

CREATE TABLE idempotency_keys (
  tenant_id    uuid NOT NULL DEFAULT current_tenant(),
  user_id      uuid NOT NULL,
  procedure    text NOT NULL,
  key          text NOT NULL,
  request_hash bytea NOT NULL,
  answer       jsonb,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id, procedure, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
SELECT protect_tenant_table('idempotency_keys');

CREATE TABLE audit_log (
  id           uuid PRIMARY KEY DEFAULT uuidv7(),
  tenant_id    uuid NOT NULL DEFAULT current_tenant(),
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  user_id      uuid,
  actor        text,
  action       text NOT NULL,
  record_kind  text NOT NULL,
  record_id    uuid,
  record_label text,
  changes      jsonb NOT NULL DEFAULT '{}',
  origin       text,
  request_id   text
);
CREATE INDEX audit_log_of_record ON audit_log (record_id, at DESC);
CREATE INDEX audit_log_by_time ON audit_log (at DESC, id DESC);
SELECT protect_tenant_table('audit_log');
SELECT protect_append_only('audit_log');

-- Makes the clone of the template this tenant's. Safe to repeat.
CREATE FUNCTION establish_tenant(new_tenant uuid, new_slug text, new_login name, new_legal_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  INSERT INTO tenant_identity (tenant_id, slug, login_role) VALUES (new_tenant, new_slug, new_login) ON CONFLICT DO NOTHING;
  IF NOT EXISTS (SELECT 1 FROM tenant_identity WHERE tenant_id = new_tenant AND login_role = new_login) THEN
    RAISE EXCEPTION 'this database belongs to another tenant';
  END IF;
  INSERT INTO tenant_settings (tenant_id, legal_name) VALUES (new_tenant, new_legal_name) ON CONFLICT DO NOTHING;
  INSERT INTO tax_rates (tenant_id, tax_class, valid_from, rate_percent)
  SELECT new_tenant, class, valid_from::date, rate FROM (VALUES
    ('EXEMPT', '2017-07-01', 0), ('GST0', '2017-07-01', 0), ('GST5', '2017-07-01', 5), ('GST12', '2017-07-01', 12),
    ('GST18', '2017-07-01', 18), ('GST28', '2017-07-01', 28), ('GST40', '2025-09-22', 40)
  ) AS rates (class, valid_from, rate)
  ON CONFLICT DO NOTHING;
END
$$;
REVOKE ALL ON FUNCTION establish_tenant(uuid, text, name, text) FROM PUBLIC;
