import type { LastStatement } from '../db/last-statement.ts';
import { traceOfGiven } from './audit/audit.repo.ts';
import type { EntryOfGiven } from './audit/audit.repo.ts';

interface NumberedRow {
  series: string;
  financialYear: string;
  table: string;
  column: string;
  id: string;
}

/** Draws the next number of a series, writes it to a row and to the trail, in one statement. */
export function drawing(row: NumberedRow, entry: EntryOfGiven): Omit<LastStatement, 'path'> {
  const { table, column } = row;
  const own = [row.series, row.financialYear, row.id];
  const trace = traceOfGiven(entry, own.length);
  return {
    steps: `given as (select take_number($1, $2) as value),
      numbered as (update ${table} set ${column} = given.value from given where ${table}.id = $3::uuid),
      traced as (${trace.text})`,
    values: [...own, ...trace.values],
  };
}
