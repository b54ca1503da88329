import type { z } from 'zod';
import type { DataColumn } from '../ui/DataTable.tsx';
import type { ScreenAbility } from './ability.ts';

/** The columns of a list for its reader: one that is named like a field the reader doesn't see is left out. */
export function seenColumns<Row>(
  columns: readonly DataColumn<Row>[],
  row: z.ZodObject,
  { sees }: ScreenAbility,
): readonly DataColumn<Row>[] {
  return columns.filter(({ id }) => !(id in row.shape) || sees(row, id));
}
