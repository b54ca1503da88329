import { readFileSync } from 'node:fs';
import path from 'node:path';
import { t } from '@lingui/core/macro';
import { expect, it } from 'vitest';
import { speak } from './language.ts';
import { startErrorPage } from './windows/start-error.ts';

const catalogue = readFileSync(path.resolve(import.meta.dirname, '../words/hi.po'), 'utf8');

it('the shell speaks the language that was chosen, whatever the system’s', () => {
  expect(speak('hi', ['en-GB'])).toBe('hi');
  expect(t`Try again`).toBe('फिर कोशिश करें');
  expect(speak('en', ['hi-IN'])).toBe('en');
  expect(t`Try again`).toBe('Try again');
});

it('before one is chosen it speaks the first of the system’s languages that it knows, and English where there is none', () => {
  expect(speak(undefined, ['mr-IN', 'hi-IN', 'en-IN'])).toBe('hi');
  expect(speak(undefined, ['HI'])).toBe('hi');
  expect(speak(undefined, ['en-US', 'hi'])).toBe('en');
  expect(speak(undefined, ['de-DE'])).toBe('en');
  expect(speak(undefined, [])).toBe('en');
});

it('a page that can’t run is explained in the language of the moment', () => {
  speak('hi', []);
  for (const reason of ['missing', 'crashed', 'memory', null]) {
    const page = startErrorPage('main', reason, 'nonce');
    expect(page).toContain('<html lang="hi">');
    expect(page.replace(/<style[^]*<\/style>/, '').replaceAll(/<[^>]*>/g, '')).not.toMatch(
      /[A-Z][a-z]+ [a-z]/,
    );
  }
  speak('en', []);
  expect(startErrorPage('main', 'crashed', 'nonce')).toContain('This window stopped working');
});

it('every word of the shell is written in Hindi', () => {
  const entries = [...catalogue.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)];
  expect(entries.length).toBeGreaterThan(50);
  for (const [, english, hindi] of entries) expect(hindi, english).toMatch(/[\u0900-\u097f]/);
});
