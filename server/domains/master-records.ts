import { isDeepStrictEqual } from 'node:util';
import { Decimal } from 'decimal.js';
import type { z } from 'zod';
import { fieldsIn, meaningOf } from '../documents/audit/trail.contract.ts';
import { invalidField, Problem } from '../ground/problem.ts';
import type { Measure } from '../ground/record.contract.ts';
import type { Kind } from '../ground/reasons/terms.contract.ts';

/** CONFLICT: somebody changed the record since it was read; `current` is the record as it is now. */
export function changedMeanwhile(kind: Kind, current: object): Problem {
  return new Problem('CONFLICT', 'record.changed', { kind }, { current });
}

/**
 * A create whose id is already known: the same contents are a retry and return the record, different ones are a
 * CONFLICT. In figures of `schema`, 5 and 5.00 are the same; `kept` is the record with the fields that it doesn't show.
 */
export function retried<T extends object>(
  { name: kind, schema }: { readonly name: Kind; readonly schema: z.ZodType },
  given: Readonly<Record<string, unknown>>,
  existing: T,
  kept: Readonly<Record<string, unknown>> = existing as Record<string, unknown>,
): T {
  const fields = fieldsIn(schema);
  const same = Object.entries(given).every(([name, value]) => {
    if (value === undefined) return true;
    if (!(name in kept)) throw new Error(`Nothing tells whether ${name} of a ${kind} is the same again.`);
    return isFigure(fields[name]) ? sameDecimal(value, kept[name]) : isDeepStrictEqual(value, kept[name]);
  });
  if (same) return existing;
  throw new Problem('CONFLICT', 'record.id_used', { kind }, { current: existing });
}

const figures: readonly unknown[] = ['money', 'unitPrice', 'quantity', 'percent'] satisfies Measure[];

const isFigure = (schema: z.core.$ZodType | undefined) => figures.includes(meaningOf(schema));

function sameDecimal(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return one === other;
  return new Decimal(one).equals(other);
}

/** INVALID on a field that must be unique: “V-001 is already used by Acme Traders.” */
export function alreadyUsed(path: string, value: string, by: string): Problem {
  return invalidField(path, 'record.used_by', { value, by });
}

/** The fields of an input besides those that say which record is meant. */
export function fieldsOf<Fields extends object>(
  input: Fields & { id?: string | undefined; version?: number | undefined },
): Fields {
  const { id: _id, version: _version, ...fields } = input;
  // TypeScript can't tell that the rest of `Fields & …` is `Fields`.
  return fields as object as Fields;
}

/** The given entries; undefined fields stay as they are. */
export function given<T extends object>(patch: T): T {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
}
