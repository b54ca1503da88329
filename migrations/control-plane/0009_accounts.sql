-- What we know of the accounts at the auth server that we gave or met. An account opens several companies only by its
-- owner's own proof, and never with a credential that somebody else has set.

-- Several installations may share one Supabase project: each marks the accounts it makes with this.
CREATE TABLE installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  id       uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO installation DEFAULT VALUES;

CREATE TABLE accounts (
  user_id      uuid PRIMARY KEY,
  email        text NOT NULL,
  -- The tenant it was made for; NULL: by the platform, or by somebody unknown.
  made_by      uuid REFERENCES tenant_metadata ON DELETE SET NULL,
  -- Nobody but whoever reads the mailbox can have got in: it never had a password but a random one of ours and those its
  -- owner set after proving the mailbox.
  owners_alone boolean NOT NULL,
  -- The password an administrator gave, sealed, until it is changed.
  given_secret text,
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX accounts_made_by ON accounts (made_by);

-- Who is let in as soon as they have proved their mailbox: into a tenant, or (NULL) to the platform as an operator.
CREATE TABLE sign_in_invitations (
  user_id   uuid NOT NULL,
  tenant_id uuid REFERENCES tenant_metadata ON DELETE CASCADE,
  email     text NOT NULL,
  -- The proof is a mailbox method at or after this time.
  since     timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE NULLS NOT DISTINCT (user_id, tenant_id)
);
CREATE INDEX sign_in_invitations_of_tenant ON sign_in_invitations (tenant_id);

-- One person may work for several companies; the one chosen last is entered where the token names none of them.
ALTER TABLE user_mappings DROP CONSTRAINT user_mappings_pkey, ADD PRIMARY KEY (user_id, tenant_id);
ALTER TABLE user_mappings ADD COLUMN chosen_at timestamptz NOT NULL DEFAULT now();

-- Who asked for it, for the audit trail of whichever node settles it.
ALTER TABLE sign_in_intents ADD COLUMN trace jsonb NOT NULL DEFAULT '{}';
