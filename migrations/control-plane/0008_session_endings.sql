-- The session of the auth server behind a session of ours: the `session_id` of its tokens, whatever names it here.
ALTER TABLE sessions ADD COLUMN auth_session_id uuid;
UPDATE sessions SET auth_session_id = jti::uuid
  WHERE jti ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

-- What was revoked here and is still to be ended at the auth server, written with the revocation itself: whoever lives
-- brings it there. NULL in `auth_session_id`: all sessions of the user that were opened before, but for the spared one.
CREATE TABLE session_endings (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id         uuid NOT NULL,
  auth_session_id uuid,
  spared_id       uuid,
  not_before      timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts        int NOT NULL DEFAULT 0,
  -- Until then whoever took it up last is at work on it.
  next_at         timestamptz NOT NULL DEFAULT clock_timestamp() + interval '10 seconds'
);
CREATE INDEX session_endings_due ON session_endings (next_at);
