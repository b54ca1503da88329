import { isDeepStrictEqual } from 'node:util';
import { Decimal } from 'decimal.js';
import type { Permission } from '../../permissions/permissions.contract.ts';
import { fieldRulesOf } from '../../permissions/field-rules.ts';
import { definitionOf } from '../../permissions/schema-parts.ts';
import type { RecordKind } from '../record-kind.contract.ts';
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

/** Values that are kept in the trail, and shown to those who have it. What else is for a few is not kept a second time. */
const keptInTrail: ReadonlySet<Permission> = new Set(['costs:read']);
const mask = '••••';

/**
 * Amounts, prices, quantities and percentages, by their names in the contracts: 5 over 5.000 changes none of them. A
 * text such as a reference is another one with every character.
 */
export const decimalFields: ReadonlySet<string> = new Set([
  'amount',
  'approvalThreshold',
  'creditLimit',
  'discountPercent',
  'purchasePrice',
  'quantity',
  'receiptTolerancePercent',
  'reorderLevel',
  'reorderQuantity',
  'salePrice',
  'shipping',
  'total',
  'unitCost',
  'unitPrice',
]);

const decimal = /^-?\d+(\.\d+)?$/;

type Fields = Readonly<Record<string, unknown>>;

/** The fields that differ between two states of a record, secret ones masked. */
export function changedFields(
  kind: RecordKind,
  before: Fields | undefined,
  after: Fields | undefined,
): Changes {
  const changes: Changes = {};
  const secrets = secretsOf(kind);
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  for (const name of names) {
    if (bookkeeping.has(name)) continue;
    const was = before?.[name] ?? null;
    const is = after?.[name] ?? null;
    if (isDeepStrictEqual(asKept(name, was), asKept(name, is))) continue;
    changes[name] = secrets.has(name)
      ? { before: masked(was), after: masked(is) }
      : { before: was, after: is };
  }
  return changes;
}

const secretsByKind = new WeakMap<RecordKind, ReadonlySet<string>>();

/**
 * Fields whose values must not be kept in clear: that they changed is recorded, what they were is not. A field is kept
 * whole or not at all, so one guarded value somewhere inside of it is enough.
 */
function secretsOf(kind: RecordKind): ReadonlySet<string> {
  const known = secretsByKind.get(kind);
  if (known) return known;
  const definition = definitionOf(kind.schema);
  if (definition.type !== 'object') throw new Error(`The schema of ${kind.name} names no fields.`);
  const guarded = Object.entries(definition.shape).filter(([, schema]) =>
    [...fieldRulesOf(schema).permissions].some((permission) => !keptInTrail.has(permission)),
  );
  const secrets = new Set([...(kind.secrets ?? []), ...guarded.map(([name]) => name)]);
  secretsByKind.set(kind, secrets);
  return secrets;
}

/** A value in the one form in which equal ones are equal, whatever number of zeros was typed. */
function asKept(name: string, value: unknown): unknown {
  if (typeof value === 'string') {
    return decimalFields.has(name) && decimal.test(value) ? new Decimal(value).toFixed() : value;
  }
  if (Array.isArray(value)) return value.map((entry) => asKept(name, entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asKept(key, inner)]));
}

function masked(value: unknown): string | null {
  return value === null ? null : mask;
}
