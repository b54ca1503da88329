-- What the system says is kept as a code, apart from what a person wrote; the screens word it in their reader's language.
ALTER TABLE purchase_orders
  ADD COLUMN status_reason_code text CHECK (status_reason_code IN ('total_rose', 'revised'));

-- Of an adjustment `reason` is its code. Earlier rows hold `code: note` there: the ledger is never written anew.
ALTER TABLE stock_movements ADD COLUMN note text;

-- A policy holds for the owner too, who would find no row to change here.
ALTER TABLE purchase_orders NO FORCE ROW LEVEL SECURITY;
UPDATE purchase_orders SET status_reason_code = 'total_rose', status_reason = NULL
WHERE status = 'pending_approval' AND status_reason = 'The total rose since it was submitted: look at it again.';
UPDATE purchase_orders SET status_reason_code = 'revised', status_reason = substr(status_reason, length('Revised: ') + 1)
WHERE status = 'pending_approval' AND status_reason LIKE 'Revised: %';
ALTER TABLE purchase_orders FORCE ROW LEVEL SECURITY;
