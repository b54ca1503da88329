import { isDeepStrictEqual } from 'node:util';
import { Decimal } from 'decimal.js';
import type { z } from 'zod';
import type { Permission } from '../../permissions/permissions.contract.ts';
import { fieldRulesOf } from '../../permissions/field-rules.ts';
import type { Measure } from '../../ground/record.contract.ts';
import type { RecordKind } from '../record-kind.contract.ts';
import type { Changes } from './audit.contract.ts';
import { fieldsIn, meaningOf, trailSchemaOf } from './trail.contract.ts';

/** Every record has these fields; they say nothing about what was changed. */
const bookkeeping = new Set([
  'id',
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'possible',
]);

/**
 * Values that the trail keeps and shows to people who may see them. It keeps no second copy of any other restricted
 * value.
 */
const keptInTrail: ReadonlySet<Permission> = new Set(['costs:read']);
const mask = '••••';

/** 5 and 5.000 are the same quantity. A text such as a reference changes with every character. */
const decimalMeasures: ReadonlySet<unknown> = new Set<Measure>(['money', 'unitPrice', 'quantity', 'percent']);

const decimal = /^-?\d+(\.\d+)?$/;

type Fields = Readonly<Record<string, unknown>>;

/** The fields that differ between two states of a record; secret and undescribed ones are masked. */
export function changedFields(
  kind: RecordKind,
  before: Fields | undefined,
  after: Fields | undefined,
): Changes {
  const changes: Changes = {};
  const secrets = secretsOf(kind);
  const { shape } = trailSchemaOf(kind);
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  for (const name of names) {
    if (bookkeeping.has(name)) continue;
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    const was = before?.[name] ?? null;
    const is = after?.[name] ?? null;
    if (isDeepStrictEqual(asKept(schema, was), asKept(schema, is))) continue;
    changes[name] =
      schema === undefined || secrets.has(name)
        ? { before: masked(was), after: masked(is) }
        : { before: was, after: is };
  }
  return changes;
}

/** Whether two states of a record are the same for people, whatever the spelling of amounts and the order of keys. */
export function isUnchanged(kind: RecordKind, before: object, after: object): boolean {
  return Object.keys(changedFields(kind, { ...before }, { ...after })).length === 0;
}

const secretsByKind = new WeakMap<RecordKind, ReadonlySet<string>>();

/**
 * Fields whose values must not be kept in clear: the trail records that they changed, without the values. A field is
 * kept whole or not at all, so one guarded value anywhere inside it is enough.
 */
function secretsOf(kind: RecordKind): ReadonlySet<string> {
  const known = secretsByKind.get(kind);
  if (known) return known;
  const guarded = Object.entries(trailSchemaOf(kind).shape).filter(([, schema]) =>
    [...fieldRulesOf(schema).permissions].some((permission) => !keptInTrail.has(permission)),
  );
  const secrets = new Set([...(kind.secrets ?? []), ...guarded.map(([name]) => name)]);
  secretsByKind.set(kind, secrets);
  return secrets;
}

/** A value in its canonical form, however many zeros were typed. */
function asKept(schema: z.core.$ZodType | undefined, value: unknown): unknown {
  if (typeof value === 'string') {
    return decimal.test(value) && decimalMeasures.has(meaningOf(schema))
      ? new Decimal(value).toFixed()
      : value;
  }
  if (Array.isArray(value)) return value.map((entry) => asKept(schema, entry));
  if (typeof value !== 'object' || value === null) return value;
  const fields = fieldsIn(schema);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asKept(fields[key], inner)]));
}

function masked(value: unknown): string | null {
  return value === null ? null : mask;
}
