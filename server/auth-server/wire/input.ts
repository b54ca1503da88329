import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { badRequest, invalid, missing } from './failure.ts';

const MAX_DEPTH = 32;

/** A text field; absent and null read as empty, as in Supabase Auth. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
/** Free-form metadata; null when the caller left it out. */
export const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? null);
export type Metadata = Record<string, unknown>;

/** JSON whatever the content type says; an empty body is an empty object, because clients send one. */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parseBody(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/**
 * The body's known fields; unknown ones are ignored.
 *
 * @throws AuthFailure bad_json naming the first field that has the wrong type.
 */
export function readBody<Schema extends z.ZodType>(
  request: FastifyRequest,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(request.body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw badRequest(
    'bad_json',
    `Could not parse request body as JSON: ${field ? `${field}: ` : ''}${issue?.message ?? ''}`,
  );
}

/** One query parameter as text; absent, repeated and hostile ones are empty or refused. */
export function readQuery(request: FastifyRequest, name: string): string {
  const query = request.query;
  if (typeof query !== 'object' || query === null || !Object.hasOwn(query, name)) return '';
  const value: unknown = Reflect.get(query, name);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first !== 'string') return '';
  if (!isCleanText(first)) throw invalid(`The query parameter ${name} has an invalid form`);
  return first;
}

/** A uuid from the path. */
export function readId(request: FastifyRequest, name: string, refusal = `${name} must be an UUID`): string {
  const value = readParameter(request, name);
  if (!isUuid(value)) throw missingId(refusal);
  return value.toLowerCase();
}

/** A part of the path as text; empty where the route has none of that name. */
export function readParameter(request: FastifyRequest, name: string): string {
  const params = request.params;
  const value: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : '';
}

export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value);
}

const missingId = (message: string) => missing('validation_failed', message);

function parseBody(body: string): unknown {
  if (body.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw badRequest('bad_json', 'Could not parse request body as JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw badRequest('bad_json', 'Could not parse request body as JSON: an object is expected');
  refuseUnstorable(parsed);
  return parsed;
}

/** PostgreSQL can't hold NUL or unpaired surrogates; deep nesting would exhaust a stack somewhere. */
function refuseUnstorable(root: object): void {
  const queue: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string' && !isCleanText(value))
      throw invalid('The request contains characters that can not be stored');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) throw invalid('The request is nested too deeply');
    for (const [key, inner] of Object.entries(value)) {
      if (!isCleanText(key)) throw invalid('The request contains characters that can not be stored');
      queue.push({ value: inner, depth: depth + 1 });
    }
  }
}

function isCleanText(value: string): boolean {
  return !value.includes('\0') && !/\p{Surrogate}/u.test(value);
}
