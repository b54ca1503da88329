import type { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { problemOfDatabaseError } from '../db/error-mapping.ts';
import { boundedFields, boundedPath } from './echo.ts';
import type { FieldProblem, ProblemData } from '../ground/errors.contract.ts';
import { httpStatusOf, Problem } from '../ground/problem.ts';

export interface Failure {
  problem: Problem;
  httpStatus: number;
  /** True when this is a defect of ours and belongs into the log with its stack. */
  defect: boolean;
}

/** What the person reads when we are at fault; the request id leads to the log. */
const defectWords =
  'Something went wrong on the server. Try again; if it stays, tell support the request number.';

const known = new WeakMap<TRPCError, Failure>();

/** Turns whatever was thrown into a problem of the closed list. The only place that does. */
export function failureOf(error: TRPCError): Failure {
  let failure = known.get(error);
  if (!failure) {
    failure = classify(error);
    known.set(error, failure);
  }
  return failure;
}

function classify(error: TRPCError): Failure {
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.core.$ZodError)
    return expected(invalidInput(error.cause));
  const problem = problemOfCause(error.cause);
  if (problem) return expected(problem);
  switch (error.code) {
    case 'NOT_FOUND':
      return expected(new Problem('NOT_FOUND', 'There is no such procedure.'));
    case 'PARSE_ERROR':
    case 'BAD_REQUEST':
      return expected(new Problem('INVALID', 'The request could not be read: it is not valid JSON.'));
    case 'METHOD_NOT_SUPPORTED':
      return expected(
        new Problem('INVALID', 'Queries are read with GET, mutations are sent with POST.'),
        405,
      );
    case 'PAYLOAD_TOO_LARGE':
      return expected(new Problem('INVALID', 'The request is too large.'), 413);
    case 'UNSUPPORTED_MEDIA_TYPE':
      return expected(new Problem('INVALID', 'The request must be sent as application/json.'), 415);
    case 'TOO_MANY_REQUESTS':
      return expected(
        new Problem('RATE_LIMITED', 'Too many requests. Wait a moment.', { retryAfterSeconds: 1 }),
      );
    default:
      return { problem: new Problem('UNAVAILABLE', defectWords), httpStatus: 503, defect: true };
  }
}

function expected(problem: Problem, httpStatus = httpStatusOf[problem.code]): Failure {
  return { problem, httpStatus, defect: false };
}

/** The problem behind a cause, or undefined when the cause says nothing a caller may know. */
export function problemOfCause(cause: unknown): Problem | undefined {
  if (cause instanceof Problem) return cause;
  return problemOfDatabaseError(cause);
}

/** Whether something failed because a service is away or busy: work for another minute, no defect of ours. */
export function isOutage(cause: unknown): boolean {
  const code = problemOfCause(cause)?.code;
  return code === 'UNAVAILABLE' || code === 'RATE_LIMITED';
}

/** What a person reads of a wrong input; how much of it goes on the wire is bounded there (echo.ts). */
const maxFieldsNamed = 50;
const maxUnknownNamed = 3;

function invalidInput(error: z.core.$ZodError): Problem {
  const fields: FieldProblem[] = [];
  for (const issue of error.issues) {
    if (fields.length >= maxFieldsNamed) break;
    fields.push(...fieldsOf(issue).slice(0, maxFieldsNamed - fields.length));
  }
  const first = fields[0];
  const message = first?.path
    ? `${boundedPath(first.path)}: ${first.message}`
    : (first?.message ?? 'The input is not valid.');
  return new Problem('INVALID', message, { fields });
}

function fieldsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = (key?: string) => [...issue.path.map(String), ...(key === undefined ? [] : [key])].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, maxUnknownNamed).map((key) => ({
      path: path(key),
      message: 'This field is not known.',
    }));
  }
  return [{ path: path(), message: issue.message }];
}

/** No procedure has a longer name. */
const longestProcedure = 100;

/** `error.data` as it goes on the wire. */
export function problemData(
  failure: Failure,
  path: string | undefined,
  requestId: string | undefined,
): ProblemData {
  const { problem, httpStatus } = failure;
  const { fields, current, reason, state, possible, retryAfterSeconds } = problem.extras;
  return {
    code: problem.code,
    httpStatus,
    ...(path === undefined ? {} : { path: path.slice(0, longestProcedure) }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(fields === undefined ? {} : { fields: boundedFields(fields) }),
    ...(current === undefined ? {} : { current }),
    ...(reason === undefined ? {} : { reason }),
    ...(state === undefined ? {} : { state }),
    ...(possible === undefined ? {} : { possible }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
