import { refusedAt, refuseFields } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import { said } from '../ground/reasons/reasons.contract.ts';
import type { Said } from '../ground/reasons/reasons.contract.ts';

/**
 * Checks counted entries, each with the document's line that it names, and reports all problems at once. `refuse` puts
 * a reason at a field of the entry; a null reason means no problem.
 * @throws INVALID for entries whose line is not among `lines`, and for whatever `look` refused
 */
export function lookAtNamedLines<Line extends { id: string }, Entry extends { lineId: string }>(
  lines: readonly Line[],
  entries: readonly Entry[],
  look: (line: Line, entry: Entry, refuse: (field: string, what: Said | null) => void, index: number) => void,
): void {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const fields: RefusedField[] = [];
  entries.forEach((entry, index) => {
    const refuse = (field: string, what: Said | null) => {
      if (what) fields.push(refusedAt(`lines.${String(index)}.${field}`, what));
    };
    const line = byId.get(entry.lineId);
    if (line) look(line, entry, refuse, index);
    else refuse('lineId', said('order.line_not_found'));
  });
  refuseFields(fields);
}
