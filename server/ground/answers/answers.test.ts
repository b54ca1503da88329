import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, test } from 'vitest';
import { languages } from '../languages.contract.ts';
import { answers } from './answers.contract.ts';
import type { AnswerName } from './answers.contract.ts';

const names = Object.keys(answers.en) as AnswerName[];
const namesIn = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name = '']) => name))].sort();

test.each(names)('%s is written in both languages, with the same names to fill in', (name) => {
  for (const language of languages) expect(() => compileMessage(answers[language][name])).not.toThrow();
  expect(namesIn(answers.hi[name])).toEqual(namesIn(answers.en[name]));
  expect(answers.hi[name]).toMatch(/[\u0900-\u097f]/);
});
