import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type * as Jscpd from 'jscpd';

// Its modules are broken for import: they name a file of another package without its ending.
const { detectClones } = createRequire(import.meta.url)('jscpd') as typeof Jscpd;

/** What counts as a copy. */
export const fewestLines = 8;

/** What is not written by hand, and what tests alone run. */
const left = ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', '**/words/**', '**/tenant-schema.ts'];

/** Two files that need the same neighbours are no copies of each other: what counts comes below the imports. */
function isOfImports({ sourceId, end }: { sourceId: string; end: { line: number } }): boolean {
  const lines = readFileSync(sourceId, 'utf8').split('\n');
  const last = lines.findLastIndex((line) => /^(import\b.*|\} )from '.*';$/.test(line)) + 1;
  return end.line - last < fewestLines;
}

/** Every pair of places in the product's sources below `root` that share eight lines or more, imports aside. */
export async function copies(root: string): Promise<string[]> {
  const found = await detectClones({
    path: ['server', 'renderer', 'electron'].map((room) => join(root, room)),
    format: ['typescript', 'tsx'],
    ignore: [...left, '**/auth-server/tests/**'],
    minLines: fewestLines,
    minTokens: 50,
    silent: true,
    reporters: [],
  });
  const place = ({ sourceId, start, end }: (typeof found)[number]['duplicationA']) =>
    `${relative(root, sourceId)}:${String(start.line)}-${String(end.line)}`;
  return found
    .filter(({ duplicationA, duplicationB }) => !isOfImports(duplicationA) || !isOfImports(duplicationB))
    .map(({ duplicationA, duplicationB }) => `${place(duplicationA)} ~ ${place(duplicationB)}`);
}
