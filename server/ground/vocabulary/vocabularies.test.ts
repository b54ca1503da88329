import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { duties, dutyNames, permissions } from '../../permissions/permissions.contract.ts';
import * as listed from './vocabularies.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

const vocabularies: Readonly<Record<string, Vocabulary>> = listed;

describe('the vocabularies', () => {
  test('are all that any domain has', async () => {
    const files = globSync('{*/,}*.vocabulary.contract.ts', { cwd: import.meta.dirname });
    const found = await Promise.all(
      files.map(async (file) => Object.keys((await import(join(import.meta.dirname, file))) as object)),
    );
    expect(found.flat().toSorted()).toEqual(Object.keys(vocabularies).toSorted());
  });

  test('name every half of their permissions, and every permission belongs to a duty', () => {
    for (const [name, { resources = {}, permissions: own = {} }] of Object.entries(vocabularies)) {
      const named = Object.keys(own).map((permission) => permission.slice(0, permission.indexOf(':')));
      expect([...new Set(named)].toSorted(), name).toEqual(Object.keys(resources).toSorted());
    }
    const needed = new Set(dutyNames.flatMap((name) => duties[name].needs));
    expect(permissions.filter((permission) => !needed.has(permission))).toEqual([]);
  });

  test('say the same of an action within a sentence, whichever resource it is done to', () => {
    const words = new Map<string, object>();
    for (const { permissions: own = {} } of Object.values(vocabularies)) {
      for (const [permission, { within }] of Object.entries(own)) {
        const action = permission.slice(permission.indexOf(':') + 1);
        expect(within, permission).toEqual(words.get(action) ?? within);
        words.set(action, within);
      }
    }
  });
});

describe('two vocabularies that give one name', () => {
  afterEach(() => {
    vi.doUnmock('./vocabularies.contract.ts');
    vi.resetModules();
  });

  test('are refused before anything is served: a right, a word and a refusal have one owner', async () => {
    const other: Vocabulary = { place: 1, reasons: { 'order.overpaid': { en: 'Too much.', hi: 'ज़्यादा।' } } };
    vi.resetModules();
    vi.doMock('./vocabularies.contract.ts', () => ({ ...vocabularies, other }));
    await expect(import('../reasons/reasons.contract.ts')).rejects.toThrow(/order\.overpaid/);
  });
});
