import type { Kysely } from 'kysely';
import { rowsOf } from '../db/statement.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;
type Reversible = 'payments' | 'goods_receipts';

/**
 * How a record was reversed, as in the contract; `row` is the table's alias. Read by name, so that a schema one version
 * older, which lacks the column, says that nothing was.
 */
export const reversalOf = (row: string) =>
  `(select json_build_object('at', to_char((j ->> 'reversed_at')::timestamptz at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', j ->> 'reversed_by', 'reason', j ->> 'reversal_reason')
    from (select to_jsonb(${row}) as j) as whole where j ->> 'reversed_at' is not null)`;

/** Whether the schema has room for reversals; a schema one version older has none. */
export async function keepsReversals(db: Db): Promise<boolean> {
  const [row] = await rowsOf<{ kept: boolean }>(
    db,
    `select exists (select 1 from pg_attribute where attrelid = 'payments'::regclass
       and attname = 'reversed_at' and not attisdropped) as kept`,
    [],
  );
  return row?.kept ?? false;
}

/** Marks a record of a locked order as reversed. */
export async function markReversed(
  db: Db,
  table: Reversible,
  id: string,
  by: { actor: string; reason: string },
): Promise<void> {
  await rowsOf(
    db,
    `update ${table} set reversed_at = clock_timestamp(), reversed_by = $2, reversal_reason = $3 where id = $1`,
    [id, by.actor, by.reason],
  );
}
