import { referencesIn, trailSchemaOf } from '../../documents/audit/trail.contract.ts';
import { visibleChanges as visibleChangesOf } from '../../documents/audit/visible-changes.ts';
import type { May } from '../../permissions/field-rules.ts';
import type { Changes } from '../../documents/audit/audit.contract.ts';
import { kindNamed, recordKinds } from '../kinds.contract.ts';

/** The kinds of records whose entries the reader may see. */
export function readableKinds(may: May): string[] {
  return recordKinds.filter(({ readWith }) => may(readWith)).map(({ name }) => name);
}

/** The changes that the reader may see; nothing is shown of a kind that is not described. */
export function visibleChanges(kind: string, changes: Changes, may: May): Changes {
  const described = kindNamed(kind);
  return described ? visibleChangesOf(described, changes, may) : {};
}

/** What an entry tells of one record. */
interface Told {
  recordKind: string;
  changes: Changes;
}

/** The ids that the visible changes of an entry name, each with its kind. */
function* referencesOf({ recordKind, changes }: Told): Generator<{ kind: string; id: string }> {
  const described = kindNamed(recordKind);
  if (!described) return;
  const { shape } = trailSchemaOf(described);
  for (const [field, { before, after }] of Object.entries(changes)) {
    yield* referencesIn(shape[field], [before, after]);
  }
}

/** The records that visible changes name by their ids, by kind: only of kinds that the reader may read. */
export function namedRecords(entries: readonly Told[], may: May): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>();
  for (const { kind, id } of entries.flatMap((entry) => [...referencesOf(entry)])) {
    const permission = kindNamed(kind)?.readWith;
    if (!permission || !may(permission)) continue;
    named.set(kind, (named.get(kind) ?? new Set()).add(id));
  }
  return named;
}

/** The names of one entry among all names found. */
export function namesIn(entry: Told, names: ReadonlyMap<string, string>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { id } of referencesOf(entry)) {
    const name = names.get(id);
    if (name !== undefined) found[id] = name;
  }
  return found;
}
