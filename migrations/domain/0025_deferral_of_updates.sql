-- From which hour of which weekday on, in the company's time zone, its people are offered new versions of the desktop app;
-- both or neither. 0 is Sunday.

ALTER TABLE tenant_settings
  ADD COLUMN update_weekday smallint CHECK (update_weekday BETWEEN 0 AND 6),
  ADD COLUMN update_hour smallint CHECK (update_hour BETWEEN 0 AND 23),
  ADD CONSTRAINT tenant_settings_update_deferral CHECK ((update_weekday IS NULL) = (update_hour IS NULL));
