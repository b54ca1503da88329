-- Changing a confirmed order and recording its payments are permissions of their own. Whoever had both by changing orders
-- keeps them.
ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
ALTER TABLE employees NO FORCE ROW LEVEL SECURITY;

UPDATE roles SET permissions = permissions || array['sales_orders:revise', 'sales_orders:record_payments']
WHERE 'sales_orders:update' = ANY (permissions);
UPDATE employees SET permissions = permissions || array['sales_orders:revise', 'sales_orders:record_payments']
WHERE 'sales_orders:update' = ANY (permissions);

ALTER TABLE roles FORCE ROW LEVEL SECURITY;
ALTER TABLE employees FORCE ROW LEVEL SECURITY;
