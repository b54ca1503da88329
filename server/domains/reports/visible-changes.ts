import { fieldRulesOf } from '../../permissions/field-rules.ts';
import type { May } from '../../permissions/field-rules.ts';
import type { Changes } from '../../documents/audit/audit.contract.ts';
import { kindNamed, recordKinds } from '../kinds.contract.ts';

/** The kinds of records whose entries the reader may see. */
export function readableKinds(may: May): string[] {
  return recordKinds.filter(({ readWith }) => may(readWith)).map(({ name }) => name);
}

/** The changes without what the reader may not see; of a kind that is not described nothing is shown. */
export function visibleChanges(kind: string, changes: Changes, may: May): Changes {
  const described = kindNamed(kind);
  if (!described || !may(described.readWith)) return {};
  const rules = fieldRulesOf(described.schema);
  const side = (pick: 'before' | 'after') =>
    rules.apply(
      structuredClone(
        Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, change[pick]])),
      ),
      may,
    );
  const before = side('before');
  const after = side('after');
  const visible: Changes = {};
  for (const [name, change] of Object.entries(changes)) {
    const hidden =
      (change.before !== null && before[name] === null) || (change.after !== null && after[name] === null);
    if (!hidden) visible[name] = { before: before[name], after: after[name] };
  }
  return visible;
}
