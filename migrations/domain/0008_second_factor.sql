-- Whom the company asks for a second factor when they sign in: nobody, those with one of these roles, or everyone.

ALTER TABLE tenant_settings
  ADD COLUMN second_factor text NOT NULL DEFAULT 'nobody' CHECK (second_factor IN ('nobody', 'roles', 'everyone')),
  ADD COLUMN second_factor_roles text[] NOT NULL DEFAULT '{}';

-- The settings of logins carry the tenants' ids, and every database of a server shows them all. A tenant's login has no
-- business with them. Only a superuser may take rights on the catalogue away: a hosted PostgreSQL keeps its own ways.
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    REVOKE ALL ON pg_catalog.pg_db_role_setting FROM PUBLIC;
  END IF;
END
$$;
