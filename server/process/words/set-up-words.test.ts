import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { english } from './english.mjs';
import { hindi } from './hindi.mjs';
import { setUpWords } from './set-up-words.mjs';

const serverFolder = path.resolve(import.meta.dirname, '../..');
const sources = globSync(['**/*.{ts,mjs}'], { cwd: serverFolder })
  .filter((name) => !/\.test\.ts$|^process\/words\//.test(name))
  .map((name) => readFileSync(path.join(serverFolder, name), 'utf8'))
  .join('\n');
const namesIn = (text = '') => [...new Set(text.match(/\{\w+\}/g))].sort();

beforeEach(() => {
  for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG', 'QM_LANG']) vi.stubEnv(name, '');
});
afterEach(() => vi.unstubAllEnvs());

it('says every sentence in both languages, with the same names to fill in', () => {
  expect(Object.keys(hindi)).toEqual(Object.keys(english));
  for (const [name, text] of Object.entries(english)) {
    expect(namesIn(hindi[name]), name).toEqual(namesIn(text));
    if (/[a-z]{2}/.test(text.replaceAll(/\{\w+\}|https?:\/\/\S+/g, '')))
      expect(hindi[name], name).toMatch(/[\u0900-\u097f]/);
  }
});

it('has a sentence for every name that is asked for, and none that nobody asks for', () => {
  const asked = new Set([...sources.matchAll(/'([a-z_]+\.[a-z_0-9]+)'/g)].map(([, name = '']) => name));
  const called = [...sources.matchAll(/setUpWords\(\s*'([^']+)'/g)].map(([, name = '']) => name);
  expect(called.length).toBeGreaterThan(60);
  expect(called.filter((name) => !(name in english))).toEqual([]);
  expect(Object.keys(english).filter((name) => !asked.has(name))).toEqual([]);
});

it('fills in what it is given, as it stands', () => {
  expect(setUpWords('set_up.installed', { seconds: 3 })).toBe('Dependencies installed in 3 s.');
  expect(setUpWords('start.app_failed', { cause: '{cause} $& $1' })).toBe(
    'The app could not be opened: {cause} $& $1',
  );
});

it('is said in Hindi by a Node without any package', () => {
  vi.stubEnv('LANG', 'hi_IN.UTF-8');
  const script = `import { setUpWords } from './set-up-words.mjs'; process.stdout.write(setUpWords('start.building'));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(said).toBe(hindi['start.building']);
});
