import { expect, it } from 'vitest';
import { passwordProblem } from './password-rules.ts';

it('a password of ten characters will do, and one of 72', () => {
  expect(passwordProblem('1234567890')).toBeNull();
  expect(passwordProblem('x'.repeat(72))).toBeNull();
});

it('says at the field what is wrong with a shorter or a longer one', () => {
  expect(passwordProblem('123456789')).toMatch(/at least ten/);
  expect(passwordProblem('x'.repeat(73))).toMatch(/at most 72 characters; these are 73/);
});

it('counts what Supabase Auth counts: a Hindi letter takes three', () => {
  expect(passwordProblem('क'.repeat(24))).toBeNull();
  expect(passwordProblem('क'.repeat(25))).toMatch(/too long/);
});
