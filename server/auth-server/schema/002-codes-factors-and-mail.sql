-- One live code of each kind per user; a new one replaces the old one.
CREATE TABLE one_time_tokens (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('confirmation', 'recovery', 'email_change_current', 'email_change_new', 'reauthentication')),
  token_hash text NOT NULL,
  sent_to text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, kind)
);
CREATE INDEX one_time_tokens_hash ON one_time_tokens (token_hash);

-- A PKCE sign-in under way: the challenge the client sent, later the code it may exchange once.
CREATE TABLE flow_states (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  authentication_method text NOT NULL,
  code_challenge text NOT NULL,
  code_challenge_method text NOT NULL CHECK (code_challenge_method IN ('s256', 'plain')),
  auth_code_hash text UNIQUE,
  auth_code_issued_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX flow_states_user ON flow_states (user_id, created_at DESC);

CREATE TABLE factors (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  friendly_name text NOT NULL DEFAULT '',
  factor_type text NOT NULL CHECK (factor_type = 'totp'),
  status text NOT NULL CHECK (status IN ('unverified', 'verified')),
  sealed_secret bytea NOT NULL,
  last_challenged_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX factors_friendly_name ON factors (user_id, friendly_name);

CREATE TABLE challenges (
  id uuid PRIMARY KEY,
  factor_id uuid NOT NULL REFERENCES factors ON DELETE CASCADE,
  ip text NOT NULL,
  verified_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX challenges_factor ON challenges (factor_id);

CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sent_to text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  code text NOT NULL,
  link text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_created_at ON outbox (created_at DESC);
