import type { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { problemOfDatabaseError } from '../db/error-mapping.ts';
import { boundedFields, boundedParameters, boundedPath } from './answer-limits.ts';
import { issuesOf } from '../ground/input-words.contract.ts';
import type { ProblemData } from '../ground/errors.contract.ts';
import { httpStatusOf, Problem, problemOf, refusedAt } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import type { Language } from '../ground/languages.contract.ts';
import { said, saidIn, wordsOf } from '../ground/reasons/reasons.contract.ts';

export interface Failure {
  problem: Problem;
  httpStatus: number;
  /** True when this is a defect of ours and belongs into the log with its stack. */
  defect: boolean;
}

const known = new WeakMap<TRPCError, Failure>();

/** Turns anything thrown into a problem of the closed list. The only place that does. */
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
      return expected(new Problem('NOT_FOUND', 'request.unknown_procedure'));
    case 'PARSE_ERROR':
    case 'BAD_REQUEST':
      return expected(new Problem('INVALID', 'request.not_json'));
    case 'METHOD_NOT_SUPPORTED':
      return expected(new Problem('INVALID', 'request.method'), 405);
    case 'PAYLOAD_TOO_LARGE':
      return expected(new Problem('INVALID', 'request.too_large'), 413);
    case 'UNSUPPORTED_MEDIA_TYPE':
      return expected(new Problem('INVALID', 'request.media_type'), 415);
    case 'TOO_MANY_REQUESTS':
      return expected(new Problem('RATE_LIMITED', 'request.too_many', {}, { retryAfterSeconds: 1 }));
    default:
      return { problem: new Problem('UNAVAILABLE', 'request.defect'), httpStatus: 503, defect: true };
  }
}

function expected(problem: Problem, httpStatus = httpStatusOf[problem.code]): Failure {
  return { problem, httpStatus, defect: false };
}

/** The problem behind a cause, or undefined when the caller may not know the cause. */
function problemOfCause(cause: unknown): Problem | undefined {
  if (cause instanceof Problem) return cause;
  return problemOfDatabaseError(cause);
}

/** Whether something failed because a service is away or busy: work for another minute, no defect of ours. */
export function isOutage(cause: unknown): boolean {
  const code = problemOfCause(cause)?.code;
  return code === 'UNAVAILABLE' || code === 'RATE_LIMITED';
}

/** The message a person reads about a wrong input; answer-limits.ts bounds how much of it goes on the wire. */
const maxFieldsNamed = 50;
const maxUnknownNamed = 3;

function invalidInput(error: z.core.$ZodError): Problem {
  const fields: RefusedField[] = [];
  for (const issue of issuesOf(error)) {
    if (fields.length >= maxFieldsNamed) break;
    fields.push(...fieldsOf(issue).slice(0, maxFieldsNamed - fields.length));
  }
  const [first] = fields;
  if (!first) return new Problem('INVALID', 'input.invalid', {}, { fields });
  return problemOf('INVALID', first, {
    fields,
    ...(first.path === '' ? {} : { at: boundedPath(first.path) }),
  });
}

function fieldsOf(issue: z.core.$ZodIssue): RefusedField[] {
  const path = (key?: string) => [...issue.path.map(String), ...(key === undefined ? [] : [key])].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, maxUnknownNamed)
      .map((key) => refusedAt(path(key), said('input.unknown_field')));
  }
  return [refusedAt(path(), saidIn(issue.message) ?? said('input.form'))];
}

/** No procedure has a longer name. */
const longestProcedure = 100;

/** `error.data` as it goes on the wire. */
export function problemData(
  failure: Failure,
  path: string | undefined,
  requestId: string | undefined,
  language: Language,
): ProblemData {
  const { problem, httpStatus } = failure;
  const { fields, current, state, possible, retryAfterSeconds } = problem.extras;
  const { reason, parameters } = problem.said;
  return {
    code: problem.code,
    httpStatus,
    reason,
    parameters: boundedParameters(parameters),
    ...(path === undefined ? {} : { path: path.slice(0, longestProcedure) }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(fields === undefined
      ? {}
      : { fields: boundedFields(fields.map((field) => wordedIn(field, language))) }),
    ...(current === undefined ? {} : { current }),
    ...(state === undefined ? {} : { state }),
    ...(possible === undefined ? {} : { possible }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

function wordedIn(field: RefusedField, language: Language): RefusedField {
  return { ...field, message: wordsOf(field, language) };
}
