import { expect, test, vi } from 'vitest';
import { foundStateWords } from '../domains/found-words.ts';
import { kindWord } from '../domains/kind-words.ts';
import { placeOf, valueWords } from '../domains/audit/value-words.ts';
import { createAppRouter } from '../main/routes.tsx';
import { navigation } from '../main/shell/navigation-items.ts';

/** A new kind of document is named in one line of the app; its folder says the rest. */
vi.mock('../domains/described-documents.ts', async (listed) => ({
  ...(await listed<object>()),
  ...(await import('./testing/lines/described-documents.ts')),
}));

test('its screens are opened at its addresses', () => {
  const paths = Object.keys(createAppRouter().routesByPath).filter((path) =>
    path.startsWith('/stock-counts'),
  );
  expect(paths.toSorted()).toEqual([
    '/stock-counts',
    '/stock-counts/$id',
    '/stock-counts/$id/edit',
    '/stock-counts/new',
  ]);
});

test('its list stands in the map of the app, for those who may read it, with a way to begin a new one', () => {
  const items = navigation.flatMap(({ label, items: inGroup }) =>
    inGroup.map((item) => ({ ...item, label, of: item.label })),
  );
  expect(items.filter(({ path }) => path === '/stock-counts')).toMatchObject([
    {
      label: 'Stock',
      of: 'Stock counts',
      permission: 'inventory:read',
      jump: 'n',
      create: { label: 'New stock count', permission: 'inventory:adjust' },
    },
  ]);
});

test('no two places of the map are reached by the same key', () => {
  const keys = navigation.flatMap(({ items }) => items.map(({ jump }) => jump));
  expect(new Set(keys).size).toBe(keys.length);
});

test('it and its states have words in the palette and in the audit trail', () => {
  expect(kindWord('stock_count')).toBe('Stock count');
  const found = { kind: 'stock_count', id: '', title: '', detail: '', status: 'counting' };
  expect(foundStateWords(found as never)).toBe('Counting');
  expect(valueWords(placeOf('stock_count', 'status'), 'closed')).toBe('Counted');
});
