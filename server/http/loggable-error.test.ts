import { describe, expect, test } from 'vitest';
import { loggableError, withoutSecrets } from './loggable-error.ts';

const reported = (code: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { code, severity: 'ERROR', ...more });

describe('an error in the log', () => {
  test('tells its kind, its place in the code and its causes', () => {
    const error = new Error('The answer does not fit.', { cause: new TypeError('x is undefined') });
    expect(loggableError(error)).toMatchObject({
      type: 'Error',
      message: 'The answer does not fit.',
      cause: { type: 'TypeError', message: 'x is undefined' },
    });
    expect(loggableError(error).stack).toMatch(/^at .*loggable-error\.test/);
  });

  test('of PostgreSQL names code, table and constraint, never a value', () => {
    const told = loggableError(
      reported('23505', 'duplicate key value violates unique constraint "employees_email"', {
        detail: 'Key (email)=(a@b.test) already exists.',
        where: "unnamed portal with parameters: $1 = 'ABCPV1234D'",
        internalQuery: "select 'secret'",
        table: 'employees',
        constraint: 'employees_email',
      }),
    );
    expect(told).toMatchObject({ code: '23505', table: 'employees', constraint: 'employees_email' });
    expect(JSON.stringify(told)).not.toMatch(/a@b|ABCPV|secret|already exists/);
    const unread = loggableError(
      reported('22P02', 'invalid input syntax for type uuid: "a "very" private thing"'),
    );
    expect(unread.message).toBe('invalid input syntax for type uuid: [value]');
    expect(
      loggableError(new SyntaxError('Unexpected token \'p\', "private" is not valid JSON')).message,
    ).not.toContain('private');
  });

  test('of others carries nothing they hang onto it', () => {
    const error = Object.assign(new Error('request failed'), {
      config: { headers: { authorization: 'Bearer abc' } },
      request: { body: 'private' },
      code: 'ECONNRESET',
    });
    expect(Object.keys(loggableError(error)).sort()).toEqual(['code', 'message', 'stack', 'type']);
    expect(loggableError('thrown text with a secret')).toEqual({
      type: 'string',
      message: 'something that is no error was thrown',
    });
  });

  test('ends, however its causes go round', () => {
    const one = new Error('one');
    const two = new Error('two', { cause: one });
    one.cause = two;
    expect(JSON.stringify(loggableError(one)).length).toBeLessThan(20_000);
    const many = new AggregateError(Array.from({ length: 100 }, () => new Error('x'.repeat(50_000))));
    expect(JSON.stringify(loggableError(many)).length).toBeLessThan(100_000);
  });
});

test('a text loses logins, tokens and numbers of people, and keeps the rest', () => {
  const clean = withoutSecrets(
    'at postgresql://qm:pass@db:5432/x with Bearer abc.def and eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.sig, ' +
      'GET /api/trpc/x?input=%7B%22pan%22%3A1%7D&batch=1 password="hunter2", ABCPV1234D, 2345 6789 0124, a.b@c.test, order 12345',
  );
  expect(clean).toBe(
    'at postgresql://[login]@db:5432/x with Bearer [secret] and [token], ' +
      'GET /api/trpc/x?input=[left out]&batch=1 password=[secret], [PAN], [number], [e-mail], order 12345',
  );
});
