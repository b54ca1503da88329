-- The orders in which lots are listed. A migration of their own: a server that serves the schema before this one finds the
-- balances of lots there too.
CREATE INDEX lots_by_number ON lots (number COLLATE natural_order, id);
CREATE INDEX lots_by_expiry_down ON lots (expires_on DESC NULLS LAST, id DESC);
CREATE INDEX lots_by_creation ON lots (created_at, id);
CREATE INDEX lots_by_update ON lots (updated_at, id);
