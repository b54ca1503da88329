import { expect, test } from 'vitest';
import { gstStates } from '../../server/ground/india.contract.ts';
import { stateWords } from './state-words.ts';

test('every state of India has its name in the words of the screens', () => {
  expect(stateWords).toEqual(gstStates);
});
