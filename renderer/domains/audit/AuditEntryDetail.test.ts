import { expect, test } from 'vitest';
import { changeSummary, fullText, shortText } from './AuditEntryDetail.tsx';

test('a change is told in words, not in brackets', () => {
  const lines = [
    { productId: 'p1', quantity: '900', note: null },
    { productId: 'p2', quantity: '2', note: 'soon' },
  ];
  const summary = changeSummary({
    lines: { before: null, after: lines },
    permissions: { before: ['vendors:read'], after: ['vendors:read', 'costs:read'] },
    address: { before: { city: 'Pune', line2: null }, after: { city: 'Surat', line2: null } },
  });
  expect(summary).toBe(
    'Lines: 2 entries; Permissions: vendors:read → vendors:read, costs:read; Address: Pune → Surat',
  );
  expect(fullText(lines)).toBe('Product id: p1 · Quantity: 900\nProduct id: p2 · Quantity: 2 · Note: soon');
});

test('nothing is shown as nothing', () => {
  for (const value of [null, undefined, '', [], { city: null }]) expect(shortText(value)).toBe('—');
  expect([shortText(false), shortText(0)]).toEqual(['no', '0']);
});
