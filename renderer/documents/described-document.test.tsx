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
  return { describedDocuments: [...describedDocuments, (await import('./testing/fire-drills.ts')).screens] };
});
/** Its rights and words are gathered with those of the server. */
vi.mock('../../server/ground/vocabulary/vocabularies.contract.ts', async (listed) => {
  const { fireDrillsVocabulary } = await import('./testing/fire-drills.vocabulary.ts');
  return { ...(await listed<object>()), fireDrillsVocabulary };
});

test('its screens are opened at its addresses', () => {
  const paths = Object.keys(createAppRouter().routesByPath).filter((path) => path.startsWith('/fire-drills'));
  expect(paths.toSorted()).toEqual([
    '/fire-drills',
    '/fire-drills/$id',
    '/fire-drills/$id/edit',
    '/fire-drills/new',
  ]);
});

test('its list stands in the map of the app, for those who may read it, with a way to begin a new one', () => {
  const items = navigation.flatMap(({ label, items: inGroup }) =>
    inGroup.map((item) => ({ ...item, label, of: item.label })),
  );
  expect(items.filter(({ path }) => path === '/fire-drills')).toMatchObject([
    {
      label: 'Stock',
      of: 'Fire drills',
      permission: 'fire_drills:read',
      jump: 'n',
      create: { label: 'New fire drill', permission: 'fire_drills:take' },
    },
  ]);
});

test('no two places of the map are reached by the same key', () => {
  const keys = navigation.flatMap(({ items }) => items.map(({ jump }) => jump));
  expect(new Set(keys).size).toBe(keys.length);
});

test('it and its states have words in the palette and in the audit trail', () => {
  expect(kindWord('fire_drill')).toBe('Fire drill');
  const found = { kind: 'fire_drill', id: '', title: '', detail: '', status: 'counting' };
  expect(foundStateWords(found as never)).toBe('Counting');
  expect(valueWords(placeOf('fire_drill', 'status'), 'closed')).toBe('Counted');
});

test('its rights and duties have words, in the matrix of the roles and for the roles that it names', () => {
  const rights = permissionGroups.find(({ resource }) => resource === 'Fire drills');
  expect(rights?.items.map(({ permission, action }) => [permission, action])).toEqual([
    ['fire_drills:read', 'See'],
    ['fire_drills:take', 'Hold fire drills'],
    ['fire_drills:close', 'Close'],
  ]);
  expect(roleDescription({ key: 'warehouse', description: null })).toContain('Holds fire drills');
  expect(roleDescription({ key: 'sales', description: null })).not.toContain('Holds fire drills');
  i18n.load('hi', {});
  i18n.activate('hi');
  expect(dutyWords('holdDrills' as DutyName)).toBe('अग्नि अभ्यास करना');
  i18n.activate('en');
});
