import { i18n } from '@lingui/core';
import { expect, test, vi } from 'vitest';
import type * as DescribedDocuments from '../domains/described-documents.ts';
import { foundStateWords } from '../domains/found-words.ts';
import { kindWord } from '../domains/kind-words.ts';
import { placeOf, valueWords } from '../domains/audit/value-words.ts';
import { dutyWords, permissionGroups, roleDescription } from '../lib/role-words.ts';
import type { DutyName } from '../../server/permissions/permissions.contract.ts';
import { createAppRouter } from '../main/routes.tsx';
import { navigation } from '../main/shell/navigation-items.ts';

/** A new kind of document is named nowhere else in the app: its folder is found, and says everything. */
vi.mock('../domains/described-documents.ts', async (listed) => {
  const { describedDocuments } = await listed<typeof DescribedDocuments>();
  return { describedDocuments: [...describedDocuments, (await import('./testing/stock-counts.ts')).screens] };
});
/** Its rights and words are gathered with those of the server. */
vi.mock('../../server/ground/vocabulary/vocabularies.contract.ts', async (listed) => {
  const { stockCountsVocabulary } = await import('./testing/stock-counts.vocabulary.ts');
  return { ...(await listed<object>()), stockCountsVocabulary };
});

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
      permission: 'stock_counts:read',
      jump: 'n',
      create: { label: 'New stock count', permission: 'stock_counts:take' },
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

test('its rights and duties have words, in the matrix of the roles and for the roles that it names', () => {
  const rights = permissionGroups.find(({ resource }) => resource === 'Stock counts');
  expect(rights?.items.map(({ permission, action }) => [permission, action])).toEqual([
    ['stock_counts:read', 'See'],
    ['stock_counts:take', 'Count stock'],
    ['stock_counts:close', 'Close'],
  ]);
  expect(roleDescription({ key: 'warehouse', description: null })).toContain('Counts stock');
  expect(roleDescription({ key: 'sales', description: null })).not.toContain('Counts stock');
  i18n.load('hi', {});
  i18n.activate('hi');
  expect(dutyWords('countStock' as DutyName)).toBe('स्टॉक गिनना');
  i18n.activate('en');
});
