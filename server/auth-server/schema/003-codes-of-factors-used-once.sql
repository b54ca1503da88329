-- The 30 s step of the last code a factor took: that code, and those before it, are spent (RFC 6238, 5.2).
ALTER TABLE factors ADD COLUMN last_step bigint;
