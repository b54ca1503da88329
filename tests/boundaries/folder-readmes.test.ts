import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const found = (pattern: string) =>
  globSync(pattern, { cwd: repository, exclude: ['**/node_modules/**'] }).map((file) =>
    file.replaceAll(path.sep, '/'),
  );
const paths = [
  ...found('*.{ts,js,cjs,md,json}'),
  ...found('{.ci,docs,electron,migrations,renderer,server,tests}/**'),
];

/** Files and folders that a page names: `perform.ts`, `audit/`. */
const named = (text: string) =>
  [...text.matchAll(/`((?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:tsx?|mjs|md)|(?:[\w-][\w.-]*\/)+)`/g)].map(
    ([, name = '']) => name.replace(/\/$/, ''),
  );

/** Those of them that are nowhere in a folder of the repository. */
function missing(names: readonly string[], room: string): string[] {
  const within = paths.filter((file) => file.startsWith(room));
  return names.filter((name) => !within.some((file) => `/${file}`.endsWith(`/${name}`)));
}

const read = (page: string) => readFile(path.join(repository, page), 'utf8');

test.each([
  ['docs/architecture.md', ''],
  ...found('{electron,renderer,server}/**/README.md').map((page) => [page, `${path.posix.dirname(page)}/`]),
])('%s names files and folders that are there', async (page, room) => {
  const names = named(await read(page));
  expect(names.length).toBeGreaterThan(0);
  expect(missing(names, room)).toEqual([]);
});

// Their folders may be those of an installation or of a feed of releases.
test.each(['README.md', ...found('docs/**/*.md')])('%s names source files that are there', async (page) => {
  const files = named(await read(page)).filter((name) => /\.(?:tsx?|mjs|md)$/.test(name));
  expect(missing(files, '')).toEqual([]);
});

test('a file that is gone is missed', () => {
  expect(missing(['ladder/gate.ts', 'ladder/gone.ts'], '')).toEqual(['ladder/gone.ts']);
});
