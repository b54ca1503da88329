import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const repoRoot = path.resolve(import.meta.dirname, '../..');

/** The rejected words of the glossary in docs/design-language.md; those in “quotation marks” only where they stand alone. */
const rejected = readFileSync(path.join(repoRoot, 'docs/design-language.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\|(?! We say |-)/.test(line))
  .flatMap((row) => row.split('|')[3]?.split(',') ?? [])
  .map((words) => words.trim())
  .map((words) => ({ words: words.replaceAll(/[“”]/g, ''), alone: words.startsWith('“') }));

/** What a person may read in a source file: its texts and the words between its tags, joined as they stand. */
function sentencesOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    else if (ts.isJsxText(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '');
}

const refused = (text: string) =>
  rejected.filter(({ words, alone }) =>
    alone ? text === words : new RegExp(`\\b${words}\\b`, 'i').test(text),
  );

/** A guide's paragraphs, each in one line, and the words of the screens in them: **Buttons** and _labels_. */
function paragraphsOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split(/\n(?=\n|- |\|)/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .flatMap((paragraph) => [
      paragraph.replaceAll(/[*_]/g, ''),
      ...[...paragraph.matchAll(/\*\*(.+?)\*\*|_(.+?)_/g)].map(([, button, label]) => button ?? label ?? ''),
    ]);
}

test('one thing has one word: no screen, no message and no guide says one that the glossary rejects', () => {
  expect(rejected.length).toBeGreaterThan(10);
  const files = globSync(['renderer/**/*.{ts,tsx}', 'server/**/*.ts', 'docs/user-guide.md'], {
    cwd: repoRoot,
  }).filter((file) => !/\.test\.tsx?$/.test(file));
  const found = files.flatMap((file) =>
    (file.endsWith('.md') ? paragraphsOf : sentencesOf)(path.join(repoRoot, file)).flatMap((text) =>
      refused(text).map(({ words }) => `${file}: “${text}” says “${words}”`),
    ),
  );
  expect(found).toEqual([]);
});

test('a rejected word is found in a heading, in a sentence and between two tags', () => {
  expect(refused('Free').map(({ words }) => words)).toEqual(['Free']);
  expect(refused('Free some space and start again.')).toEqual([]);
  expect(refused('What was set aside')).toHaveLength(1);
});
