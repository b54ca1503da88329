import { expect, test } from 'vitest';
import { languageOf } from './accept-language.ts';

test('people who read Hindi are answered in Hindi, everybody else in English', () => {
  const hindi = [
    'hi',
    'hi-IN',
    'HI-in, en;q=0.8',
    'mr, hi;q=0.7, en;q=0.3',
    'en;q=0.1,hi;q=0.2',
    'hi; q=1.000',
  ];
  for (const header of hindi) expect(languageOf(header), header).toBe('hi');
  const others = [undefined, '', '*', 'en', 'en-GB, hi;q=0.9', 'de, fr', 'hi;q=0', 'hi;q=0.000, *', 'en, hi'];
  for (const header of others) expect(languageOf(header), header).toBe('en');
});

test('an invalid header does no harm', () => {
  const odd = [
    'hi;q=2',
    'hi;q=-1',
    'hi;q=NaN',
    'hi;q=',
    'hi;q=0.12345',
    'hi;q=1e9',
    ';;;,,,',
    '__proto__',
    'constructor;q=1',
    `${'a'.repeat(10_000)},hi`,
    'x;'.repeat(5_000),
    ','.repeat(10_000),
    `${'de,'.repeat(3_000)}hi`,
  ];
  for (const header of odd) expect(languageOf(header), header.slice(0, 20)).toBe('en');
});
