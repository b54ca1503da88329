-- Whom the company asks for a second factor when they sign in: nobody, those with one of these roles, or everyone.

ALTER TABLE tenant_settings
  ADD COLUMN second_factor text NOT NULL DEFAULT 'nobody' CHECK (second_factor IN ('nobody', 'roles', 'everyone')),
  ADD COLUMN second_factor_roles text[] NOT NULL DEFAULT '{}';
