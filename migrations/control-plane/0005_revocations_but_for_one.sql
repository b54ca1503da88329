-- "Sign out everywhere else" is one revocation of the user that spares the session it was asked from.
ALTER TABLE revocations ADD COLUMN except_jti text;

-- Every node reads the latest rows twice a second.
CREATE INDEX revocations_by_time ON revocations (created_at);
