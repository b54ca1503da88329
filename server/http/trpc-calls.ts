import { TRPCError } from '@trpc/server';
import type { AnyProcedure } from '@trpc/server';
import type { FastifyRequest } from 'fastify';
import { appRouter } from '../router.ts';
import { invalidField } from '../ground/problem.ts';
import type { ProcedureMeta } from '../ladder/trpc.ts';

/** More calls than this don't fit into one batch. */
const largestBatch = 50;

/** One call of a request. `input` throws PARSE_ERROR when the sent text isn't JSON. */
export interface Call {
  index: number;
  path: string;
  procedure: AnyProcedure | undefined;
  input: () => unknown;
}

const procedures = new Map<string, AnyProcedure>(
  Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>),
);

/** The procedure of a name on the wire, such as `vendors.list`. */
export function procedureAt(path: string): AnyProcedure | undefined {
  return procedures.get(path);
}

/** A procedure's declarations about itself. */
export function metaOf(path: string): ProcedureMeta | undefined {
  return procedures.get(path)?._def.meta as ProcedureMeta | undefined;
}

/**
 * The procedures a request names, in whatever form its answer is wanted.
 * @throws INVALID when there are too many.
 */
export function namesOf(path: string): string[] {
  const names = path.split(',');
  if (names.length > largestBatch) {
    throw invalidField('', 'request.too_many_calls', { most: largestBatch });
  }
  return names;
}

/**
 * The calls of a request by tRPC's protocol: `GET …/a.b?input=<json>`, `POST …/a.b` with the input as the body, and
 * with `batch=1` several names with commas between and an object of inputs by position.
 */
export function callsOf(request: FastifyRequest, path: string): Call | Call[] {
  const query = request.query as Record<string, string | string[] | undefined>;
  const text = request.method === 'POST' ? request.body : query.input;
  const parsed = lazily(() => parse(text));
  if (query.batch !== '1') return { index: 0, path, procedure: procedureAt(path), input: parsed };
  return namesOf(path).map((name, index) => ({
    index,
    path: name,
    procedure: procedureAt(name),
    input: () => {
      const inputs = parsed();
      if (inputs === undefined) return undefined;
      if (typeof inputs !== 'object' || inputs === null) throw new TRPCError({ code: 'PARSE_ERROR' });
      return (inputs as Record<string, unknown>)[String(index)];
    },
  }));
}

function parse(text: unknown): unknown {
  if (text === undefined || text === null || text === '') return undefined;
  if (typeof text !== 'string') throw new TRPCError({ code: 'PARSE_ERROR' });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: 'PARSE_ERROR', cause });
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
