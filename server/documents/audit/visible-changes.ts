import { fieldRulesOf } from '../../permissions/field-rules.ts';
import type { May } from '../../permissions/field-rules.ts';
import type { RecordKind } from '../record-kind.contract.ts';
import type { Changes } from './audit.contract.ts';
import { describedPart, trailSchemaOf } from './trail.contract.ts';

/**
 * The changes of a record that the reader may see. Fields, and parts of fields, that the kind does not describe are
 * never shown.
 */
export function visibleChanges(kind: RecordKind, changes: Changes, may: May): Changes {
  if (!may(kind.readWith)) return {};
  const schema = trailSchemaOf(kind);
  const rules = fieldRulesOf(schema);
  const told = Object.entries(changes).filter(([name]) => Object.hasOwn(schema.shape, name));
  const side = (pick: 'before' | 'after') =>
    rules.apply(
      Object.fromEntries(
        told.map(([name, change]) => [
          name,
          structuredClone(describedPart(schema.shape[name], change[pick])),
        ]),
      ),
      may,
    );
  const before = side('before');
  const after = side('after');
  const visible: Changes = {};
  for (const [name, change] of told) {
    const hidden =
      (change.before !== null && before[name] === null) || (change.after !== null && after[name] === null);
    if (!hidden) visible[name] = { before: before[name], after: after[name] };
  }
  return visible;
}
