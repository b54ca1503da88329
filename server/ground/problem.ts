import type { ErrorCode, FieldProblem, ForbiddenReason } from './errors.contract.ts';

export interface ProblemExtras {
  fields?: FieldProblem[];
  current?: unknown;
  reason?: ForbiddenReason;
  state?: string;
  possible?: string[];
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** The HTTP status each code travels under. */
export const httpStatusOf: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  SESSION_REVOKED: 401,
  TENANT_SUSPENDED: 403,
  TENANT_UPGRADING: 503,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  INVALID: 400,
  NOT_ALLOWED_IN_STATE: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/**
 * An expected failure: a code of the closed list and words a person can act on. Services throw it, the one error
 * formatter puts it on the wire. Anything else thrown is a defect and is reported as UNAVAILABLE without details.
 */
export class Problem extends Error {
  readonly code: ErrorCode;
  readonly extras: ProblemExtras;

  constructor(code: ErrorCode, message: string, extras: ProblemExtras = {}) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'Problem';
    this.code = code;
    this.extras = extras;
  }
}

/** INVALID for one field, worded for the person who filled it in. */
export function invalidField(path: string, message: string): Problem {
  return new Problem('INVALID', message, { fields: [{ path, message }] });
}

/** NOT_FOUND in the words of the record's kind; foreign and missing records read alike. */
export function notFound(kind: string): Problem {
  return new Problem('NOT_FOUND', `This ${kind} does not exist.`);
}
