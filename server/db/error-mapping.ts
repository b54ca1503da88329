import { Problem, problemOf, refusedAt, refusedField } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import { said } from '../ground/reasons/reasons.contract.ts';
import type { PlainReason } from '../ground/reasons/reasons.contract.ts';
import { columnsIn, columnsOfConstraint } from './index-columns.ts';

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

/** True when the database refuses the password: somebody has changed it there. */
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
    return unavailable('database.unreachable', 2, error);
  }
  if (!isPostgresError(error)) return undefined;
  switch (error.code) {
    case '23505':
      return duplicate(error);
    case '23503':
      return brokenReference(error);
    case '23502':
      return invalid(error, 'record.required', [
        refusedField(fieldName(error.column ?? ''), 'record.required'),
      ]);
    case '23514':
      return outOfRange(error);
    case '23P01':
      return new Problem('CONFLICT', 'record.overlaps', {}, { cause: error });
    case '22001':
      return invalid(error, 'record.text_too_long');
    case '22003':
      return invalid(error, 'record.number_too_large');
    case '22P02':
    case '22007':
    case '22008':
    case '22023':
      return invalid(error, 'record.wrong_form');
    case '22021':
    case '22P05':
      return invalid(error, 'record.unstorable');
    case '28P01':
      return unavailable('database.refused', 2, error);
    case '40001':
    case '40P01':
    case '55P03':
      return unavailable('database.contended', 1, error);
    case '57014':
      return unavailable('database.too_slow', 5, error);
    case '25P02':
    case '25P03':
      return unavailable('database.interrupted', 1, error);
    default:
      return undefined;
  }
}

function unavailable(reason: PlainReason, retryAfterSeconds: number, cause: unknown): Problem {
  return problemOf('UNAVAILABLE', said(reason), { retryAfterSeconds, cause });
}

function invalid(cause: PostgresError, reason: PlainReason, fields: RefusedField[] = []): Problem {
  return problemOf('INVALID', said(reason), { ...(fields.length > 0 ? { fields } : {}), cause });
}

function outOfRange(error: PostgresError): Problem {
  const fields = columnsOfConstraint(error.constraint, error.table).map((column) =>
    refusedField(fieldName(column), 'record.out_of_range'),
  );
  return invalid(error, 'record.out_of_range', fields);
}

function duplicate(error: PostgresError): Problem {
  // Of a key such as (warehouse, code), the person typed the last column.
  const column = keyColumns(error).at(-1);
  if (column === undefined) return new Problem('CONFLICT', 'record.exists', {}, { cause: error });
  const what = said('record.in_use', { column });
  return problemOf('CONFLICT', what, { fields: [refusedAt(fieldName(column), what)], cause: error });
}

function brokenReference(error: PostgresError): Problem {
  if (error.detail?.includes('still referenced')) {
    return new Problem('CONFLICT', 'record.referred_to', {}, { cause: error });
  }
  const fields = keyColumns(error).map((column) =>
    refusedField(fieldName(column), 'record.column_not_found', { column: column.replace(/_id$/, '') }),
  );
  return problemOf('INVALID', fields[0] ?? said('record.reference_not_found'), {
    ...(fields.length > 0 ? { fields } : {}),
    cause: error,
  });
}

/** The columns a violated key is about: from PostgreSQL's words where it may say them, else from the constraint. */
function keyColumns(error: PostgresError): string[] {
  const list = /^Key \((.*)\)=\(/.exec(error.detail ?? '')?.[1];
  return list === undefined ? columnsOfConstraint(error.constraint, error.table) : columnsIn(list);
}

function fieldName(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
