-- A session that was opened without the second factor its user has set up: it opens nothing before a code is shown.
ALTER TABLE sessions ADD COLUMN guarded boolean NOT NULL DEFAULT false;
