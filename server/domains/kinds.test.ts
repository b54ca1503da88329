import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changedFields } from '../documents/audit/changed-fields.ts';
import { fieldsIn, meaningOf, trailSchemaOf } from '../documents/audit/trail.contract.ts';
import type { RecordKind } from '../documents/record-kind.contract.ts';
import { languages } from '../ground/languages.contract.ts';
import { terms } from '../ground/reasons/terms.contract.ts';
import type { Kind } from '../ground/reasons/terms.contract.ts';
import { duties, permissions } from '../permissions/permissions.contract.ts';
import { kindNamed, readingFor, recordKinds, usable, withReadings } from './kinds.contract.ts';
import { namedKinds } from './audit/record-names.repo.ts';
import { readableKinds, visibleChanges } from './audit/visible-changes.ts';
import { findResultSchema } from './search/search.contract.ts';

const isKind = (value: unknown): value is RecordKind =>
  typeof value === 'object' && value !== null && 'readWith' in value && 'schema' in value;

describe('the kinds of records', () => {
  test('are all that any domain describes', async () => {
    const files = globSync('*/*.kinds.contract.ts', { cwd: import.meta.dirname });
    const described = await Promise.all(
      files.map(async (file) =>
        Object.values(
          (await import(/* @vite-ignore */ join(import.meta.dirname, file))) as Record<string, unknown>,
        ),
      ),
    );
    const names = described
      .flat()
      .filter(isKind)
      .map(({ name }) => name);
    expect(recordKinds.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  test('have names, lists and words of their own, and permissions that exist', () => {
    const kinds: readonly RecordKind[] = recordKinds;
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
    const words = kinds.map(({ name }) => terms.kind[name as Kind]);
    for (const language of languages) {
      expect(new Set(words.map((word) => word[language])).size, language).toBe(kinds.length);
    }
    const paths = kinds.flatMap(({ path }) => path ?? []);
    expect(new Set(paths).size).toBe(paths.length);
    for (const kind of kinds) expect(permissions).toContain(kind.readWith);
  });

  test('that the palette finds are those that say so, and each has a screen to open', () => {
    const found = findResultSchema.element.options.flatMap(({ shape: { kind } }) => [
      ...('values' in kind ? kind.values : kind.options),
    ]);
    const searched = recordKinds.filter((kind: RecordKind) => kind.searched);
    expect(found.toSorted()).toEqual(searched.map(({ name }) => name).toSorted());
    for (const { path } of searched) expect(path).toMatch(/^\/[a-z-]+$/);
  });
});

describe('a permission to change records', () => {
  const changes = permissions.filter((permission) => readingFor(permission) !== undefined);

  test('is of use beside the one to read them alone', () => {
    expect(changes.length).toBeGreaterThan(30);
    for (const permission of changes) {
      const reading = readingFor(permission) ?? permission;
      expect(usable(new Set([permission]), permission), permission).toBe(false);
      expect(usable(new Set([permission, reading]), permission), permission).toBe(true);
    }
  });

  test('brings its reading when it is ticked, and goes with it when that is taken out', () => {
    for (const permission of changes) {
      const reading = readingFor(permission) ?? permission;
      const both = withReadings(['audit:read'], ['audit:read', permission]);
      expect(both, permission).toEqual(['audit:read', permission, reading]);
      expect(withReadings(both, ['audit:read', permission]), permission).toEqual(['audit:read']);
      expect(withReadings(both, ['audit:read', reading]), permission).toEqual(['audit:read', reading]);
    }
  });

  test('takes its reading in every duty too', () => {
    for (const [name, { needs }] of Object.entries(duties)) {
      for (const permission of needs) expect(usable(new Set(needs), permission), name).toBe(true);
    }
  });
});

describe('an entry of a kind that is not described', () => {
  test('nothing is told, whatever the reader may see', () => {
    const everything = () => true;
    expect(kindNamed('fire_drill')).toBeUndefined();
    expect(readableKinds(everything)).not.toContain('fire_drill');
    expect(visibleChanges('fire_drill', { note: { before: null, after: 'x' } }, everything)).toEqual({});
  });
});

describe('of a kind that is described', () => {
  test('nothing is told to those who may not read of it', () => {
    for (const { name, readWith } of recordKinds) {
      const others = (permission: string) => permission !== readWith;
      expect(readableKinds(others)).not.toContain(name);
      expect(visibleChanges(name, { note: { before: null, after: 'x' } }, others)).toEqual({});
    }
  });

  test('no field and no part of a field is told that nobody described', () => {
    const change = (value: unknown) => ({ before: null, after: value });
    const everything = () => true;
    for (const { name } of recordKinds) {
      const changes = { salary: change('90000'), toString: change('x') };
      expect(visibleChanges(name, changes, everything), name).toEqual({});
    }
    const lines = [{ quantity: '5', salary: '90000', product: { margin: '7' } }];
    const told = visibleChanges(
      'purchase_order',
      { lines: change(lines), total: change({ hidden: '1' }) },
      everything,
    );
    expect(told).toEqual({
      lines: { before: null, after: [{ quantity: '5' }] },
    });
  });

  test('every record that a trail names by its id can be named', () => {
    const idsIn = (fields: ReturnType<typeof fieldsIn>): string[] =>
      Object.values(fields).flatMap((schema) => {
        const meaning = meaningOf(schema);
        return [...(typeof meaning === 'object' ? [meaning.idOf] : []), ...idsIn(fieldsIn(schema))];
      });
    const named = new Set(recordKinds.flatMap((kind) => idsIn(trailSchemaOf(kind).shape)));
    expect(named.size).toBeGreaterThan(4);
    expect([...named].filter((kind) => !namedKinds.includes(kind) || !kindNamed(kind))).toEqual([]);
  });

  test('the trail keeps no bank details, PAN or Aadhaar, and keeps what has only a cost', () => {
    const fields = [
      'bankDetails',
      'pan',
      'panMasked',
      'aadhaar',
      'aadhaarLastFour',
      'password',
      'totalSpent',
    ];
    const kept = (kind: RecordKind) => {
      const changes = changedFields(kind, {}, Object.fromEntries(fields.map((field) => [field, 'plain'])));
      const told = (field: string) => field in trailSchemaOf(kind).shape || kind.secrets?.includes(field);
      return fields.filter((field) => told(field) && changes[field]?.after !== 'plain');
    };
    const masked = recordKinds
      .map((kind) => [kind.name, kept(kind)] as const)
      .filter(([, list]) => list.length > 0);
    expect(Object.fromEntries(masked)).toEqual({
      vendor: ['bankDetails', 'pan'],
      employee: ['pan', 'panMasked', 'aadhaar', 'aadhaarLastFour', 'password'],
    });
  });
});
