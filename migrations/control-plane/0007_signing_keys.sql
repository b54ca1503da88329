-- A signing key that was revoked is to be forgotten by every node at once, not at its next look at the key set.
ALTER TABLE access_changes DROP CONSTRAINT access_changes_scope_check;
ALTER TABLE access_changes ADD CONSTRAINT access_changes_scope_check CHECK (scope IN ('user', 'tenant', 'keys'));
