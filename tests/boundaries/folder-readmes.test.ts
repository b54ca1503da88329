import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const found = (pattern: string) =>
  globSync(pattern, { cwd: repository, exclude: ['**/node_modules/**'] }).map((file) =>
    file.replaceAll(path.sep, '/'),
  );
const paths = found('{.ci,.dependency-cruiser.cjs,*.ts,docs,electron,migrations,renderer,server,tests}/**');

/** Files and folders that a page names: `perform.ts`, `audit/`. */
const named = (text: string) =>
  [...text.matchAll(/`((?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:tsx?|mjs|md)|(?:[\w-][\w.-]*\/)+)`/g)].map(
    ([, name = '']) => name.replace(/\/$/, ''),
  );

test.each([
  ['docs/architecture.md', ''],
  ...found('{electron,renderer,server}/**/README.md').map((page) => [page, `${path.posix.dirname(page)}/`]),
])('%s names files and folders that are there', async (page, room) => {
  const names = named(await readFile(path.join(repository, page), 'utf8'));
  expect(names.length).toBeGreaterThan(0);
  const within = paths.filter((file) => file.startsWith(room));
  expect(names.filter((name) => !within.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
});
