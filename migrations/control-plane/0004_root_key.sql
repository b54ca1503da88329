-- The key everything of ours is sealed with, itself sealed with QM_SECRET_KEY. A change of QM_SECRET_KEY seals this one
-- row anew; what the tenants have sealed, and the keyed hashes that can't be made again, stay as they are.
CREATE TABLE root_key (
  only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  sealed    text NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT now()
);
