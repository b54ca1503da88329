import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { recordKinds } from '../../../server/domains/kinds.contract.ts';
import { fieldsIn, meaningOf, trailSchemaOf } from '../../../server/documents/audit/trail.contract.ts';
import { definitionOf, inside } from '../../../server/permissions/schema-parts.contract.ts';
import { personWith, routerAt, SignedInWindow } from '../../lib/testing/signed-in.tsx';
import { AuditEntryDetail, changeSummary, shortText, type AuditRow } from './AuditEntryDetail.tsx';
import { placeIn, placeOf, type Place } from './value-words.ts';

afterEach(cleanup);

const vendorId = '01890000-0000-7000-8000-000000000001';
const productId = '01890000-0000-7000-8000-000000000002';
const hidden = '01890000-0000-7000-8000-000000000003';
const lines = [
  { productId, quantity: '900.000', unitPrice: '12.5000', note: null },
  { productId: hidden, quantity: '2', note: 'soon' },
];
const entry: AuditRow = {
  id: hidden,
  at: '2026-11-29T08:00:00.000Z',
  actor: 'Asha',
  action: 'create',
  recordKind: 'purchase_order',
  recordId: hidden,
  recordLabel: 'PO/26-27/00001',
  changes: { vendorId: { before: null, after: vendorId }, lines: { before: null, after: lines } },
  names: { [vendorId]: 'Sharma Traders', [productId]: 'BOLT-8 · Hex bolt' },
  origin: null,
};

test('a change is told in words, not in brackets', () => {
  expect(changeSummary(entry)).toBe('Vendor: Sharma Traders; Lines: 2 entries');
  const summary = changeSummary({
    recordKind: 'role',
    changes: { permissions: { before: ['vendors:read'], after: ['vendors:read', 'costs:read'] } },
    names: {},
  });
  expect(summary).toBe('Permissions: Vendors: See → Vendors: See, Costs and margins: See');
  const address = { before: { city: 'Pune', line2: null }, after: { city: 'Surat', line2: null } };
  expect(changeSummary({ recordKind: 'vendor', changes: { address }, names: {} })).toBe(
    'Address: Pune → Surat',
  );
});

test('what the system says has words, also where it was kept as English once; a person’s own stay', () => {
  const summary = (recordKind: string, field: string, after: string) =>
    changeSummary({ recordKind, changes: { [field]: { before: null, after } }, names: {} });
  const ofOrder = (field: string, after: string) => summary('purchase_order', field, after);
  const rose = 'The total has risen since it was submitted. Look at it again.';
  const earlier = 'The total rose since it was submitted: look at it again.';
  expect(ofOrder('statusReasonCode', 'total_rose')).toBe(`Why it waits again: ${rose}`);
  expect(ofOrder('statusReason', earlier)).toBe(`Status reason: ${rose}`);
  expect(ofOrder('statusReason', 'too dear')).toBe('Status reason: too dear');
  expect(summary('stock_movement', 'reason', 'damaged')).toBe('Reason: Damaged');
  expect(summary('stock_movement', 'reason', 'damaged: by water')).toBe('Reason: Damaged: by water');
  expect(summary('stock_movement', 'reason', 'To Pune')).toBe('Reason: To Pune');
});

test('records are named and opened, and nobody reads an id', () => {
  const { container } = render(
    <SignedInWindow me={personWith(['audit:read'])} router={routerAt('/audit')}>
      <AuditEntryDetail entry={entry} />
    </SignedInWindow>,
  );
  const links = screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);
  expect(links).toEqual([
    ['Sharma Traders', `/vendors/${vendorId}`],
    ['BOLT-8 · Hex bolt', `/products/${productId}`],
  ]);
  const words = container.textContent ?? '';
  expect(words).toContain('Product: BOLT-8 · Hex bolt · Quantity: 900 · Unit price: ₹12.50');
  expect(words).toContain('Product: Removed, or not yours to see · Quantity: 2 · Note: soon');
  expect(words).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
});

test('nothing is shown as nothing', () => {
  const place = placeOf('purchase_order', 'lines');
  for (const value of [null, undefined, '', [], { city: null }]) expect(shortText(place, value)).toBe('—');
  expect([shortText(place, false), shortText(place, 0)]).toEqual(['no', '0']);
});

test('states, amounts and days are those of the other screens', () => {
  const told = (kind: string, field: string, value: string) => shortText(placeOf(kind, field), value);
  expect(told('purchase_order', 'status', 'pending_approval')).toBe('To approve');
  expect(told('sales_order', 'status', 'partially_shipped')).toBe('Partly shipped');
  expect(told('sales_order', 'total', '104177.55')).toBe('₹1,04,177.55');
  expect(told('purchase_order', 'expectedDate', '2026-11-29')).toBe('29 Nov 2026');
  // What a person typed stays as it is.
  expect(told('purchase_order', 'vendorReference', '104177.55')).toBe('104177.55');
  expect(told('purchase_order', 'reason', 'damaged')).toBe('damaged');
});

/** Every place in the trail of a kind that a value can stand in. */
const placesIn = (place: Place): Place[] => [
  place,
  ...Object.keys(fieldsIn(place.schema)).flatMap((field) => placesIn(placeIn(place, field))),
];

/** The choices of the closed list that is made at a place. */
function choicesAt(schema: z.core.$ZodType | undefined): string[] {
  if (!schema) return [];
  const core = inside(schema, 'out');
  if (core) return choicesAt(core);
  const definition = definitionOf(schema);
  if (definition.type === 'enum') return Object.values(definition.entries).map(String);
  return definition.type === 'array' ? choicesAt(definition.element) : [];
}

/** Fields that never change: they are worked out from the record at each reading. */
const workedOut = new Set(['possible', 'cut']);

test.each(recordKinds.map((kind) => [kind.name, kind] as const))(
  'every choice, figure and record that the trail of a %s names is told in words',
  (name, kind) => {
    const places = Object.keys(trailSchemaOf(kind).shape)
      .filter((field) => !workedOut.has(field))
      .flatMap((field) => placesIn(placeOf(name, field)));
    const told = (place: Place, value: string) => [place.field, value, shortText(place, value)] as const;
    const written = places.flatMap((place) => {
      const meaning = meaningOf(place.schema);
      if (meaning === undefined) return choicesAt(place.schema).map((choice) => told(place, choice));
      if (meaning === 'instant') return [told(place, '2026-11-29T08:00:00.000Z')];
      if (typeof meaning !== 'object') return [told(place, '104177.50')];
      return [told(place, meaning.idOf === 'role' ? 'night_shift' : hidden)];
    });
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter(([, value, words]) => words === value)).toEqual([]);
  },
);
