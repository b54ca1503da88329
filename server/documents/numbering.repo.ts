import type { LastStatement } from '../db/last-statement.ts';

interface NumberedRow {
  series: string;
  financialYear: string;
  table: string;
  column: string;
  id: string;
  field: string;
  before: string | null;
}

/** An entry of the trail; without a label it is called by the number. */
interface Entry {
  user_id: string;
  actor: string;
  action: string;
  record_kind: string;
  record_id: string | null;
  record_label: string | null;
  changes: string;
  origin: string;
  request_id: string;
}

/** Draws the next number of a series, writes it to a row and to the trail, in one statement. */
export function drawing(row: NumberedRow, entry: Entry): Omit<LastStatement, 'path'> {
  const { table, column } = row;
  return {
    steps: `given as (select take_number($1, $2) as value),
      numbered as (update ${table} set ${column} = given.value from given where ${table}.id = $3::uuid),
      traced as (
        insert into audit_log (user_id, actor, action, record_kind, record_id, record_label, changes, origin, request_id)
        select $6::uuid, $7::text, $8::text, $9::text, $10::uuid, coalesce($11::text, given.value),
          $12::jsonb || jsonb_build_object($4::text, jsonb_build_object('before', $5::text, 'after', given.value)),
          $13::text, $14::text
        from given)`,
    values: [
      row.series,
      row.financialYear,
      row.id,
      row.field,
      row.before,
      entry.user_id,
      entry.actor,
      entry.action,
      entry.record_kind,
      entry.record_id,
      entry.record_label,
      entry.changes,
      entry.origin,
      entry.request_id,
    ],
  };
}
