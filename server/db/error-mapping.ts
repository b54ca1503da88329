import { Problem } from '../ground/problem.ts';
import { columnsIn, columnsOfConstraint } from './index-columns.ts';
import type { FieldProblem } from '../ground/errors.contract.ts';

/** What node-postgres puts on an error that PostgreSQL reported. */
export interface PostgresError extends Error {
  code: string;
  detail?: string;
  table?: string;
  column?: string;
  constraint?: string;
}

const lostConnection = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const lostConnectionWords =
  /Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Query read timeout|cannot use a pool after calling end|aborted transaction/i;

/** True for an error that PostgreSQL itself reported (it has an SQLSTATE). */
export function isPostgresError(error: unknown): error is PostgresError {
  return (
    error instanceof Error &&
    typeof (error as Partial<PostgresError>).code === 'string' &&
    /^[0-9A-Z]{5}$/.test((error as PostgresError).code) &&
    'severity' in error
  );
}

/** Deadlock and serialisation failures: the same transaction run again is expected to succeed. */
export function isRetryable(error: unknown): boolean {
  return isPostgresError(error) && (error.code === '40001' || error.code === '40P01');
}

/** True when the database doesn't take the password: somebody has changed it there. */
export function isRefusedLogin(error: unknown): boolean {
  return isPostgresError(error) && error.code === '28P01';
}

/** True when the database could not be reached or dropped the connection. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss);
  const code = (error as Partial<PostgresError>).code;
  if (typeof code === 'string') {
    if (lostConnection.has(code)) return true;
    if (isPostgresError(error)) return /^(08|57P|53)/.test(code);
  }
  return lostConnectionWords.test(error.message);
}

/**
 * The problem a database error means for the caller, or undefined when it is a defect of ours.
 * SQLSTATE codes: PostgreSQL manual, appendix A.
 */
export function problemOfDatabaseError(error: unknown): Problem | undefined {
  if (isConnectionLoss(error)) {
    return new Problem(
      'UNAVAILABLE',
      'The database cannot be reached right now. Nothing was changed; try again.',
      {
        retryAfterSeconds: 2,
        cause: error,
      },
    );
  }
  if (!isPostgresError(error)) return undefined;
  switch (error.code) {
    case '23505':
      return duplicate(error);
    case '23503':
      return brokenReference(error);
    case '23502':
      return invalid(error, [{ path: fieldName(error.column ?? ''), message: 'This field is required.' }]);
    case '23514':
      return outOfRange(error);
    case '23P01':
      return new Problem('CONFLICT', 'This overlaps with another record.', { cause: error });
    case '22001':
      return invalid(error, [], 'A text is longer than allowed.');
    case '22003':
      return invalid(error, [], 'A number is larger than allowed.');
    case '22P02':
    case '22007':
    case '22008':
    case '22023':
      return invalid(error, [], 'A value does not have the expected form.');
    case '22021':
    case '22P05':
      return invalid(error, [], 'A text contains characters that cannot be stored.');
    case '28P01':
      return new Problem('UNAVAILABLE', 'The database refused this server. Nothing was changed; try again.', {
        retryAfterSeconds: 2,
        cause: error,
      });
    case '40001':
    case '40P01':
    case '55P03':
      return new Problem('UNAVAILABLE', 'Others are working on the same records right now. Try again.', {
        retryAfterSeconds: 1,
        cause: error,
      });
    case '57014':
      return new Problem('UNAVAILABLE', 'This took too long and was stopped. Nothing was changed.', {
        retryAfterSeconds: 5,
        cause: error,
      });
    case '25P02':
    case '25P03':
      return new Problem('UNAVAILABLE', 'The change was interrupted. Nothing was changed; try again.', {
        retryAfterSeconds: 1,
        cause: error,
      });
    default:
      return undefined;
  }
}

function invalid(cause: PostgresError, fields: FieldProblem[], message?: string): Problem {
  return new Problem('INVALID', message ?? fields[0]?.message ?? 'A value is not valid.', {
    ...(fields.length > 0 ? { fields } : {}),
    cause,
  });
}

function outOfRange(error: PostgresError): Problem {
  const message = 'A value is outside of what is allowed here.';
  const fields = columnsOfConstraint(error.constraint, error.table).map((column) => ({
    path: fieldName(column),
    message,
  }));
  return invalid(error, fields, message);
}

function duplicate(error: PostgresError): Problem {
  // Of a key such as (warehouse, code) the last column is the one a person chose.
  const columns = keyColumns(error).slice(-1);
  const fields = columns.map((column) => ({
    path: fieldName(column),
    message: `This ${column.replaceAll('_', ' ')} is already in use.`,
  }));
  return new Problem('CONFLICT', fields[0]?.message ?? 'A record like this exists already.', {
    ...(fields.length > 0 ? { fields } : {}),
    cause: error,
  });
}

function brokenReference(error: PostgresError): Problem {
  if (error.detail?.includes('still referenced')) {
    return new Problem('CONFLICT', 'Other records still refer to this one.', { cause: error });
  }
  const fields = keyColumns(error).map((column) => ({
    path: fieldName(column),
    message: `This ${column.replace(/_id$/, '').replaceAll('_', ' ')} does not exist.`,
  }));
  return invalid(error, fields, fields[0]?.message ?? 'Something this refers to does not exist.');
}

/** The columns a violated key is about: from PostgreSQL's words where it may say them, else from the constraint. */
function keyColumns(error: PostgresError): string[] {
  const list = /^Key \((.*)\)=\(/.exec(error.detail ?? '')?.[1];
  return list === undefined ? columnsOfConstraint(error.constraint, error.table) : columnsIn(list);
}

function fieldName(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
