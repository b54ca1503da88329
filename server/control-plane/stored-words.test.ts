import { expect, test } from 'vitest';
import { endings } from '../auth/endings.ts';
import { english } from '../ground/reasons/reasons.contract.ts';
import { provisioningSteps } from './tenant-status.contract.ts';
import { storedIn, storedNames, storedText, storedWords } from './stored-words.contract.ts';
import type { StoredValues } from './stored-words.contract.ts';

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
const given = (text: string): StoredValues =>
  Object.fromEntries(namesIn(text).map((name, index) => [name, `${name}; is deleted ${String(index)}`]));

test.each(storedNames)('%s is read back as it was written, and said in Hindi', (code) => {
  const values = given(storedText(code));
  const kept = storedText(code, values);
  expect(storedIn(kept)).toEqual({ code, values });
  const words = storedWords(kept, 'hi');
  expect(words).toMatch(/[\u0900-\u097f]/);
  for (const value of Object.values(values)) expect(words).toContain(value);
  expect(storedWords(kept, 'en')).toBe(kept);
});

test('every step of provisioning has words for its beginning and its end', () => {
  for (const step of provisioningSteps)
    for (const status of ['started', 'done'] as const) expect(storedNames).toContain(`${step}.${status}`);
});

test('every way in which sessions end is said in Hindi', () => {
  for (const ending of endings) expect(storedWords(ending, 'hi'), ending).toMatch(/[\u0900-\u097f]/);
});

test('a reason within a text is said too, and so is a refusal that was kept as one', () => {
  const reason = storedText('move.same_server');
  expect(storedWords(storedText('move.undone', { from: 'main', reason }), 'hi')).toBe(
    'main पर ही है: दोनों क्लस्टर एक ही सर्वर हैं।',
  );
  expect(storedWords(english['access.company_upgrading'], 'hi')).toMatch(/^आपकी/);
  expect(storedWords(storedText('migration.is', { status: 'suspended' }), 'hi')).toContain('रोका हुआ');
});

test('words of a person, of PostgreSQL or of a network stay as they are', () => {
  for (const text of ['The rent was not paid', 'connect ECONNREFUSED 127.0.0.1:5432', ''])
    expect(storedWords(text, 'hi')).toBe(text);
});
