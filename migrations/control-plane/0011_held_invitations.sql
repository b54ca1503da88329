-- What was entered before anybody had proved the account, and whose second factor the reader of its mailbox has taken off:
-- no proof answers it any more until whoever gave it gives it again.
ALTER TABLE sign_in_invitations ADD COLUMN held boolean NOT NULL DEFAULT false;
