import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copies } from '../yardstick/copies.ts';

const house = mkdtempSync(path.join(os.tmpdir(), 'qm-copies-'));
afterAll(() => rmSync(house, { recursive: true, force: true }));

function build(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(house, 'of-'));
  for (const room of ['server', 'renderer', 'electron']) mkdirSync(path.join(root, room));
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, file), text);
  return root;
}

const lines = Array.from(
  { length: 9 },
  (_, line) => `export const value${String(line)} = [${String(line)}, 'of', 'many', 'words'].join();`,
).join('\n');
const imports = Array.from(
  { length: 12 },
  (_, line) => `import { one${String(line)}, other${String(line)} } from './neighbour-${String(line)}.ts';`,
).join('\n');

test('the product says nothing twice in eight lines or more', async () => {
  expect(await copies(path.resolve(import.meta.dirname, '../..'))).toEqual([]);
}, 120_000);

test('a copy is found, between rooms as well; the same imports are none', async () => {
  const copied = build({
    'server/one.ts': `const first = 1;\n${lines}\n`,
    'renderer/other.ts': `${lines}\nconst last = 2;\n`,
  });
  expect(await copies(copied)).toHaveLength(1);
  const neighbours = build({
    'server/one.ts': `${imports}\nconst first = 1;\n`,
    'server/other.ts': `${imports}\nconst last = 2;\n`,
  });
  expect(await copies(neighbours)).toEqual([]);
});
