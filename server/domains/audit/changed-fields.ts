import { isDeepStrictEqual } from 'node:util';
import type { Changes } from './audit.contract.ts';

/** Every record carries them; they say nothing about what was changed. */
const bookkeeping = new Set([
  'id',
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'possible',
]);

/** Fields whose values must not be kept a second time in clear: that they changed is recorded, what they were is not. */
const sensitive = new Set(['bankDetails', 'pan', 'panMasked', 'aadhaar', 'aadhaarLastFour', 'password']);
const mask = '••••';

type Fields = Readonly<Record<string, unknown>>;

/** The fields that differ between two states of a record, sensitive ones masked. */
export function changedFields(before: Fields | undefined, after: Fields | undefined): Changes {
  const changes: Changes = {};
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  for (const name of names) {
    if (bookkeeping.has(name)) continue;
    const was = before?.[name] ?? null;
    const is = after?.[name] ?? null;
    if (isDeepStrictEqual(was, is)) continue;
    changes[name] = sensitive.has(name)
      ? { before: masked(was), after: masked(is) }
      : { before: was, after: is };
  }
  return changes;
}

function masked(value: unknown): string | null {
  return value === null ? null : mask;
}
