import { financialYear } from '../ground/days.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { entryOf } from './audit/record-change.ts';
import type { RecordedChange } from './audit/record-change.ts';
import { drawing } from './numbering.repo.ts';

/** A number to be drawn for a document or a part of one: its series, and where it is written. */
export interface Numbering<Answer> {
  /** `PO` in PO/26-27/00001. */
  series: string;
  /** The document's own day, which decides the financial year. */
  day: string;
  table: string;
  column: string;
  /** The row that gets it; it is already stored under a provisional name. */
  id: string;
  /** The trail's field for it, and the earlier value. */
  field: string;
  before: string | null;
  /** The place of the number in the answer. */
  path: (answer: Answer) => readonly (string | number)[];
}

/**
 * Draws the number in the message that commits, writes it on its row and records the change that needed it. The series
 * is locked for that one message: no two documents wait for each other's round trips, and a rollback uses up no number.
 * Without a label the trail calls the document by its new number.
 */
export function numberAtTheEnd<Answer>(
  scope: TenantScope,
  numbering: Numbering<Answer>,
  answer: Answer,
  trace: Omit<RecordedChange, 'label'> & { label: string | null },
): void {
  const { day, path, field, before, ...row } = numbering;
  const entry = entryOf(scope, { ...trace, label: trace.label ?? '' });
  scope.closeWith({
    ...drawing(
      { ...row, financialYear: financialYear(day) },
      { ...entry, record_label: trace.label, field, before },
    ),
    path: path(answer),
  });
}
