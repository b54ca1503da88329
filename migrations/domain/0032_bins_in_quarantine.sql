-- no-transaction
-- What is available leaves out what lies in quarantine: those bins are few among many.
CREATE INDEX CONCURRENTLY IF NOT EXISTS bins_in_quarantine ON bins (id) WHERE kind = 'quarantine';
