import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const page = await readFile(path.join(repository, 'docs/security.md'), 'utf8');
const named = (text: string) => [...text.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, file = '']) => file);

test('every test that the page on security names exists', () => {
  expect(named(page).length).toBeGreaterThan(20);
  expect(named(page).filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
});

test('every wall names the test that proves it', () => {
  const [, walls = ''] = page.split(/^## The walls.*$/m);
  const claims = (walls.split(/^## /m)[0] ?? '').split(/^\d+\. /m).slice(1);
  expect(claims.length).toBeGreaterThan(10);
  expect(claims.filter((claim) => named(claim).length === 0)).toEqual([]);
});

test('every security suite stands on the page', () => {
  const suites = globSync('tests/security/*.test.ts', { cwd: repository });
  expect(suites.filter((suite) => !named(page).includes(suite))).toEqual([]);
});
