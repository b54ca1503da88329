import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { recordKinds } from '../../domains/kinds.contract.ts';
import { fieldRulesOf } from '../../permissions/field-rules.ts';
import { definitionOf } from '../../permissions/schema-parts.contract.ts';
import { visibleCost, visibleWith } from '../../permissions/visible-with.contract.ts';
import { purchaseOrderKind as kind } from '../../domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { customerKind } from '../../domains/customers/customers.kinds.contract.ts';
import type { RecordKind } from '../record-kind.contract.ts';
import { changedFields } from './changed-fields.ts';

/** The fields of a kind whose value the trail did not keep. */
const maskedOf = (of: RecordKind, fields: readonly string[]) => {
  const changes = changedFields(of, {}, Object.fromEntries(fields.map((field) => [field, 'plain'])));
  return fields.filter((field) => changes[field]?.after !== 'plain');
};

describe('the audit trail', () => {
  test('tells no change where a figure was only written with other zeros, on the record and in its lines', () => {
    const before = {
      shipping: '0.00',
      total: '10.00',
      lines: [{ quantity: '5.000', unitPrice: '2.0000', note: null }],
    };
    const after = { shipping: '0', total: '10', lines: [{ quantity: '5', unitPrice: '2', note: null }] };
    expect(changedFields(kind, before, after)).toEqual({});
    expect(changedFields(kind, before, { ...after, shipping: '0.01' })).toEqual({
      shipping: { before: '0.00', after: '0.01' },
    });
    const more = { ...after, lines: [{ ...after.lines[0], quantity: '5.001' }] };
    expect(Object.keys(changedFields(kind, before, more))).toEqual(['lines']);
  });

  test('keeps of no kind what a field’s own rule shows to a few, but for costs', () => {
    for (const described of recordKinds as readonly RecordKind[]) {
      const definition = definitionOf(described.schema);
      const shape = definition.type === 'object' ? definition.shape : {};
      expect(Object.keys(shape), described.name).not.toEqual([]);
      const guarded = Object.entries(shape)
        .filter(([, schema]) => [...fieldRulesOf(schema).permissions].some((one) => one !== 'costs:read'))
        .map(([name]) => name);
      expect(maskedOf(described, Object.keys(shape)), described.name).toEqual(
        expect.arrayContaining(guarded),
      );
    }
  });

  test('masks a guarded field wherever in a record it stands, and asks for a kind that names its fields', () => {
    const bank = visibleWith('vendors:read_bank', z.string());
    const schema = z.object({
      open: z.string(),
      cost: visibleCost(z.string()),
      own: bank,
      optional: bank.optional(),
      inside: z.object({ account: bank }),
      listed: z.array(z.object({ account: bank.optional() })),
    });
    const other = { name: 'other', readWith: 'vendors:read', path: null, schema } as const;
    expect(maskedOf(other, Object.keys(schema.shape))).toEqual(['own', 'optional', 'inside', 'listed']);
    expect(() => maskedOf({ ...other, schema: z.union([schema, schema]) }, ['own'])).toThrow('other');
  });

  test('keeps of a field that nobody described no more than that it changed', () => {
    expect(changedFields(kind, { salary: null }, { salary: '90000' })).toEqual({
      salary: { before: null, after: '••••' },
    });
  });

  test('tells of every character of a text that looks like a figure, and of values that come or go', () => {
    expect(changedFields(kind, { vendorReference: '5.0' }, { vendorReference: '5' })).toHaveProperty(
      'vendorReference',
    );
    expect(changedFields(customerKind, { creditLimit: null }, { creditLimit: '0' })).toEqual({
      creditLimit: { before: null, after: '0' },
    });
  });
});
