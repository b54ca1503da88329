import { z } from 'zod';
import type { Parameters } from './reasons/reasons.contract.ts';

/**
 * The closed list of everything that can go wrong on the wire. Code, reason and parameters are for programs, the message
 * for a person; nothing else ever leaves the server as an error.
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

const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** The parameters of a reason's message: figures, names, codes that stand for words, and lists of these. */
const parametersSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));

/**
 * One field of the input that was refused: `path` is dotted (`lines.2.quantity`), `message` is for the person who typed
 * it, `reason` one of docs/reasons.md.
 */
export const fieldProblemSchema = z.object({
  path: z.string(),
  message: z.string(),
  reason: z.string().optional(),
  parameters: parametersSchema.optional(),
});
export interface FieldProblem {
  path: string;
  message: string;
  reason?: string;
  parameters?: Parameters;
}

/** `error.data` of every failed call. */
export const problemDataSchema = z.object({
  code: errorCodeSchema,
  httpStatus: z.number().int(),
  path: z.string().optional(),
  requestId: z.string().optional(),
  /** The reason, of the closed list in docs/reasons.md, and the parameters of its message. */
  reason: z.string().optional(),
  parameters: parametersSchema.optional(),
  /** INVALID: the reasons, per field. */
  fields: z.array(fieldProblemSchema).optional(),
  /** CONFLICT: the present record, filtered by the caller's rights. */
  current: z.unknown().optional(),
  /** NOT_ALLOWED_IN_STATE: the state the document is in, and the commands that are possible from it. */
  state: z.string().optional(),
  possible: z.array(z.string()).optional(),
  /** RATE_LIMITED, UNAVAILABLE, TENANT_UPGRADING: seconds to wait before trying again. */
  retryAfterSeconds: z.number().optional(),
});
export type ProblemData = z.infer<typeof problemDataSchema>;
