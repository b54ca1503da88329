-- A payment or a goods receipt that was wrong is taken back with a reason; the record of it stays.
ALTER TABLE payments
  ADD COLUMN reversed_at timestamptz,
  ADD COLUMN reversed_by text,
  ADD COLUMN reversal_reason text;
ALTER TABLE goods_receipts
  ADD COLUMN reversed_at timestamptz,
  ADD COLUMN reversed_by text,
  ADD COLUMN reversal_reason text;
