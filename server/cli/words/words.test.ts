import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, it } from 'vitest';
import { languages } from '../../ground/languages.contract.ts';
import { printTable } from '../terminal/printed.ts';
import { usageOf } from './usage.ts';
import { languageOfTerminal } from '../../process/terminal-language.mjs';
import { catalogues } from './words.ts';
import type { Words } from './words.ts';

const commandsFolder = path.resolve(import.meta.dirname, '..');
const names = Object.keys(catalogues.en) as Words[];

/** The names in a message, branches of choices included. */
const namesIn = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name = '']) => name))].sort();

it('every sentence is written in both languages, with the same names to fill in', () => {
  for (const name of names) {
    for (const language of languages)
      expect(() => compileMessage(catalogues[language][name]), name).not.toThrow();
    expect(namesIn(catalogues.hi[name]), name).toEqual(namesIn(catalogues.en[name]));
    if (/[a-z]{3}/i.test(catalogues.en[name].replaceAll(/\{\w+\}/g, '')))
      expect(catalogues.hi[name], name).toMatch(/[\u0900-\u097f]/);
  }
});

it('every sentence is said somewhere', async () => {
  const files = (await readdir(commandsFolder, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('words'),
  );
  const all = (
    await Promise.all(files.map((name) => readFile(path.join(commandsFolder, name), 'utf8')))
  ).join('\n');
  const said = (name: Words) =>
    all.includes(`'${name}'`) || all.includes(`\`${name.split('.')[0] ?? ''}.\${`);
  expect(names.filter((name) => !said(name))).toEqual([]);
});

it('every command that works on tenants or publishes explains itself in both languages', async () => {
  for (const file of (await readdir(commandsFolder)).filter((name) => name.endsWith('.ts'))) {
    const source = await readFile(path.join(commandsFolder, file), 'utf8');
    if (!/^await run(Tenancy|Release)Command\(/m.test(source)) continue;
    expect(usageOf(file.slice(0, -3), 'en'), file).toMatch(/npm run /);
    expect(usageOf(file.slice(0, -3), 'hi'), file).toMatch(/npm run [^]*[\u0900-\u097f]/);
  }
});

it('the terminal speaks QM_LANG, else the system’s language, else English', () => {
  expect(languageOfTerminal({ LANG: 'hi_IN.UTF-8' })).toBe('hi');
  expect(languageOfTerminal({ LANG: 'en_GB.UTF-8', LC_ALL: 'hi_IN' })).toBe('hi');
  expect(languageOfTerminal({ LANG: 'hi_IN.UTF-8', QM_LANG: 'en' })).toBe('en');
  expect(languageOfTerminal({ QM_LANG: 'HI' })).toBe('hi');
  for (const LANG of ['C', 'C.UTF-8', 'POSIX', '', 'hindi', 'de_DE', undefined])
    expect(languageOfTerminal({ LANG })).toBe('en');
});

it('columns stand under each other in Hindi too', () => {
  const lines: string[] = [];
  printTable((line) => lines.push(line), ['टेनेंट', 'नाम'], [['acme', 'Acme']]);
  const cells = (text: string) => text.replaceAll(/[\p{Mn}\p{Cf}]/gu, '').length;
  const [heading = '', row = ''] = lines;
  expect(cells(heading.slice(0, heading.indexOf('नाम')))).toBe(row.indexOf('Acme'));
});
