import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../server/ground/errors.contract.ts';
import { readProblem, wordsFor, wordsOf } from './error-words.ts';

function answered(code: string, extras: object = {}, message = '') {
  return new TRPCClientError(message, {
    result: { error: { code: -32603, message, data: { code, httpStatus: 400, ...extras } } },
  });
}

describe('words for problems', () => {
  it('has a title and an advice for every code of the list', () => {
    for (const code of [...errorCodes, 'NO_ANSWER', 'BROKEN'] as const) {
      const words = wordsFor({ code, message: 'because' });
      expect(words.title.length).toBeGreaterThan(5);
      expect(words.detail.length).toBeGreaterThan(5);
    }
  });

  it('offers to try again only where that can help', () => {
    expect(wordsOf(answered('UNAVAILABLE')).retry).toBe(true);
    expect(wordsOf(answered('FORBIDDEN')).retry).toBe(false);
    expect(wordsOf(new TypeError('Failed to fetch')).title).toBe('No answer from the server');
  });

  it('keeps what the server said about fields and states', () => {
    const problem = readProblem(
      answered('INVALID', { fields: [{ path: 'lines.1.quantity', message: 'must be more than zero' }] }),
    );
    expect(problem.fields?.[0]?.path).toBe('lines.1.quantity');
    expect(wordsOf(answered('NOT_ALLOWED_IN_STATE', { state: 'closed' }, 'It is closed.')).detail).toBe(
      'It is closed.',
    );
  });

  it('takes an answer of an unknown shape for a failure here, not for advice', () => {
    expect(readProblem(answered('SOMETHING_NEW')).code).toBe('BROKEN');
    expect(readProblem('nonsense').code).toBe('BROKEN');
  });
});
