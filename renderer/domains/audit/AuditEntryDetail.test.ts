import { expect, test } from 'vitest';
import { recordKinds } from '../../../server/domains/kinds.contract.ts';
import { decimalFields } from '../../../server/documents/audit/changed-fields.ts';
import { definitionOf, inside } from '../../../server/permissions/schema-parts.ts';
import { changeSummary, fullText, shortText } from './AuditEntryDetail.tsx';

const order = { kind: 'purchase_order', field: 'lines' };

test('a change is told in words, not in brackets', () => {
  const lines = [
    { productId: 'p1', quantity: '900.000', unitPrice: '12.5000', note: null },
    { productId: 'p2', quantity: '2', note: 'soon' },
  ];
  const summary = changeSummary({
    recordKind: 'role',
    changes: {
      lines: { before: null, after: lines },
      permissions: { before: ['vendors:read'], after: ['vendors:read', 'costs:read'] },
      address: { before: { city: 'Pune', line2: null }, after: { city: 'Surat', line2: null } },
    },
  });
  expect(summary).toBe(
    'Lines: 2 entries; Permissions: Vendors: See → Vendors: See, Costs and margins: See; Address: Pune → Surat',
  );
  expect(fullText(order, lines)).toBe(
    'Product id: p1 · Quantity: 900 · Unit price: ₹12.50\nProduct id: p2 · Quantity: 2 · Note: soon',
  );
});

test('nothing is shown as nothing', () => {
  for (const value of [null, undefined, '', [], { city: null }]) expect(shortText(order, value)).toBe('—');
  expect([shortText(order, false), shortText(order, 0)]).toEqual(['no', '0']);
});

test('states, amounts and days are those of the other screens', () => {
  const told = (kind: string, field: string, value: string) => shortText({ kind, field }, value);
  expect(told('purchase_order', 'status', 'pending_approval')).toBe('To approve');
  expect(told('sales_order', 'status', 'partially_shipped')).toBe('Partly shipped');
  expect(told('sales_order', 'total', '104177.55')).toBe('₹1,04,177.55');
  expect(told('purchase_order', 'expectedDate', '2026-11-29')).toBe('29 Nov 2026');
  // What a person typed stays as it is.
  expect(told('purchase_order', 'vendorReference', '104177.55')).toBe('104177.55');
  expect(told('purchase_order', 'reason', 'damaged')).toBe('damaged');
});

/** Every choice of a closed list in a record, by the field that it is made in. */
function choicesIn(schema: Parameters<typeof inside>[0], field = ''): { field: string; values: string[] }[] {
  const core = inside(schema, 'out');
  if (core) return choicesIn(core, field);
  const definition = definitionOf(schema);
  if (definition.type === 'enum') return [{ field, values: Object.values(definition.entries).map(String) }];
  if (definition.type === 'array') return choicesIn(definition.element, field);
  if (definition.type === 'object')
    return Object.entries(definition.shape).flatMap(([name, part]) => choicesIn(part, name));
  return [];
}

/** What no change can be of: it is worked out from the record each time it is read. */
const workedOut = new Set(['possible']);

test.each(recordKinds.map((kind) => [kind.name, kind] as const))(
  'every choice in a %s is told in words',
  (_name, kind) => {
    const raw = choicesIn(kind.schema)
      .filter(({ field }) => !workedOut.has(field))
      .flatMap(({ field, values }) =>
        values
          .filter((value) => shortText({ kind: kind.name, field }, value) === value)
          .map((value) => `${field}: ${value}`),
      );
    expect(raw).toEqual([]);
  },
);

test.each([...decimalFields])('a decimal in “%s” is written out', (field) => {
  expect(shortText({ kind: 'sales_order', field }, '104177.50')).not.toBe('104177.50');
});
