import { expect, test } from 'vitest';
import { duties, dutyNames } from '../../server/permissions/permissions.contract.ts';
import { dutyWords } from './duty-words.ts';

test('the screens and the API say the same of each duty', () => {
  for (const duty of dutyNames) expect(dutyWords[duty]).toBe(duties[duty].words);
});
