import type { ErrorCode, FieldProblem } from './errors.contract.ts';
import type { Language } from './languages.contract.ts';
import { said, saidWith, wordsOf } from './reasons/reasons.contract.ts';
import type { GivenParameters, ParametersOf, Reason, Said } from './reasons/reasons.contract.ts';
import type { Kind } from './reasons/terms.contract.ts';

/** A field that is refused; its `message` is English, and worded anew at the edge. */
export type RefusedField = FieldProblem & Said;

export interface ProblemExtras {
  /** The field the sentence is about: it is named before it. */
  at?: string;
  fields?: RefusedField[];
  current?: unknown;
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

type Arguments<R extends Reason> =
  GivenParameters<R> extends []
    ? [parameters?: Readonly<Record<string, never>>, extras?: ProblemExtras]
    : [parameters: ParametersOf<R>, extras?: ProblemExtras];

/**
 * An expected failure: a code of the closed list, a reason of the closed list, and its parameters. Services throw it, the
 * one error formatter puts it on the wire, worded in the caller's language; `message` is English, for logs and terminals.
 * Anything else thrown is a defect and is reported as UNAVAILABLE without details.
 */
export class Problem<R extends Reason = Reason> extends Error {
  readonly code: ErrorCode;
  readonly said: Said;
  readonly extras: ProblemExtras;

  constructor(code: ErrorCode, reason: R, ...[parameters = {}, extras = {}]: Arguments<R>) {
    const what = saidWith(reason, parameters);
    super(sentenceOf(what, extras, 'en'), extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'Problem';
    this.code = code;
    this.said = what;
    this.extras = extras;
  }

  /** The message for a person, in their language. */
  wordsIn(language: Language): string {
    return sentenceOf(this.said, this.extras, language);
  }
}

function sentenceOf(what: Said, { at }: ProblemExtras, language: Language): string {
  const words = wordsOf(what, language);
  return at ? `${at}: ${words}` : words;
}

/** A problem for a reason whose parameters were put together elsewhere. */
export function problemOf(code: ErrorCode, { reason, parameters }: Said, extras?: ProblemExtras): Problem {
  return new Problem(code, reason as 'input.invalid', parameters as Readonly<Record<string, never>>, extras);
}

/** One field that is refused, for a reason with its parameters. */
export function refusedField<R extends Reason>(
  path: string,
  reason: R,
  ...parameters: GivenParameters<R>
): RefusedField {
  return refusedAt(path, said(reason, ...parameters));
}

/** As `refusedField`, for a reason whose parameters were put together elsewhere. */
export function refusedAt(path: string, what: Said): RefusedField {
  return { path, message: wordsOf(what, 'en'), ...saidWith(what.reason, what.parameters) };
}

/** A problem of one field. */
export function problemAt<R extends Reason>(
  code: ErrorCode,
  path: string,
  reason: R,
  ...parameters: GivenParameters<R>
): Problem {
  return problemOf(code, said(reason, ...parameters), {
    fields: [refusedField(path, reason, ...parameters)],
  });
}

/** INVALID for one field. */
export function invalidField<R extends Reason>(
  path: string,
  reason: R,
  ...parameters: GivenParameters<R>
): Problem {
  return invalidAt(path, said(reason, ...parameters));
}

/** As `invalidField`, for a reason whose parameters were put together elsewhere. */
export function invalidAt(path: string, what: Said): Problem {
  return problemOf('INVALID', what, { fields: [refusedAt(path, what)] });
}

/**
 * For fields that were checked one by one.
 * @throws INVALID naming every field, in the words of the first, when there is one
 */
export function refuseFields(fields: readonly RefusedField[]): void {
  const [first] = fields;
  if (first) throw problemOf('INVALID', first, { fields: [...fields] });
}

/** NOT_FOUND by the record's kind, or its description; foreign and missing records read alike. */
export function notFound(kind: Kind | { readonly name: string }): Problem {
  const name = typeof kind === 'string' ? kind : (kind.name as Kind);
  return new Problem('NOT_FOUND', 'record.not_found', { kind: name });
}
