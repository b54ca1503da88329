import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const repoRoot = path.resolve(import.meta.dirname, '../..');
const files = globSync('{electron,renderer,server,tests}/**/*.{ts,tsx,mjs}', {
  cwd: repoRoot,
  exclude: ['**/node_modules/**', '**/*.d.ts', '**/*.d.mts'],
});
const texts = new Map(files.map((file) => [file, readFileSync(path.join(repoRoot, file), 'utf8')]));

/** For every word the files it stands in. */
const filesOf = new Map<string, Set<string>>();
for (const [file, text] of texts) {
  for (const word of new Set(text.match(/[A-Za-z_$][\w$]*/g))) {
    filesOf.set(word, (filesOf.get(word) ?? new Set()).add(file));
  }
}

test('every exported value is used in another file', () => {
  const unused = [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/^export (?:async )?(?:abstract )?(?:const|function\*?|class) ([A-Za-z_$][\w$]*)/gm)]
      .map(([, name = '']) => name)
      .filter((name) => filesOf.get(name)?.size === 1)
      .map((name) => `${file}: ${name}`),
  );
  expect(texts.size).toBeGreaterThan(500);
  expect(unused).toEqual([]);
});

test('every exported type is used', () => {
  const unused = [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/^export (?:interface|type) ([A-Za-z_$][\w$]*)/gm)]
      .map(([, name = '']) => name)
      .filter(
        (name) =>
          filesOf.get(name)?.size === 1 &&
          text.match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))?.length === 1,
      )
      .map((name) => `${file}: ${name}`),
  );
  expect(unused).toEqual([]);
});
