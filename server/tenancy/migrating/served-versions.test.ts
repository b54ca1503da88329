import { expect, test } from 'vitest';
import { oldestServed } from './served-versions.ts';

test('a company one migration behind is served, unless this server writes what it has no room for', () => {
  expect([8, 9, 10, 11, 20].map(oldestServed)).toEqual([8, 9, 9, 10, 19]);
  expect(oldestServed(0)).toBe(0);
});
