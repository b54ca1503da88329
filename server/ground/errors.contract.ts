import { z } from 'zod';

/**
 * The closed list of everything that can go wrong on the wire. A code is for programs, its message for a person;
 * nothing else ever leaves the server as an error.
 */
export const errorCodes = [
  'UNAUTHENTICATED',
  'SESSION_REVOKED',
  'TENANT_SUSPENDED',
  'TENANT_UPGRADING',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'INVALID',
  'NOT_ALLOWED_IN_STATE',
  'RATE_LIMITED',
  'UNAVAILABLE',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** One field of the input that was refused: `path` is dotted (`lines.2.quantity`), `message` is for the person who typed it. */
export const fieldProblemSchema = z.object({ path: z.string(), message: z.string() });
export type FieldProblem = z.infer<typeof fieldProblemSchema>;

/** What somebody who is FORBIDDEN everything of their company can do about it themselves. */
export const forbiddenReasonSchema = z.enum(['password_change_required', 'second_factor_required']);
export type ForbiddenReason = z.infer<typeof forbiddenReasonSchema>;

/** `error.data` of every failed call. */
export const problemDataSchema = z.object({
  code: errorCodeSchema,
  httpStatus: z.number().int(),
  path: z.string().optional(),
  requestId: z.string().optional(),
  /** FORBIDDEN: what has to be done first, where that is all. */
  reason: forbiddenReasonSchema.optional(),
  /** INVALID: what is wrong, per field. */
  fields: z.array(fieldProblemSchema).optional(),
  /** CONFLICT: the record as it is now, filtered by what the caller may see. */
  current: z.unknown().optional(),
  /** NOT_ALLOWED_IN_STATE: the state the document is in, and the commands that are possible from it. */
  state: z.string().optional(),
  possible: z.array(z.string()).optional(),
  /** RATE_LIMITED, UNAVAILABLE, TENANT_UPGRADING: seconds to wait before trying again. */
  retryAfterSeconds: z.number().optional(),
});
export type ProblemData = z.infer<typeof problemDataSchema>;
