import { t } from '@lingui/core/macro';
import type { z } from 'zod';
import type { FieldProblem } from '../../server/ground/errors.contract.ts';
import { issuesOf, refusalOf } from '../../server/ground/input-words.contract.ts';
import type { Reason } from '../../server/ground/reasons/reasons.contract.ts';
import { saidBySchema, saidWords } from './reason-words.ts';

/** Errors of a form by dotted path, as @mantine/form keeps them. */
export type FieldErrors = Record<string, string>;

/** A form offers these as a choice: a person who chose nothing doesn't need the list of codes. */
const ofChoices: readonly string[] = [
  'input.one_of',
  'input.one_of_many',
  'input.record_id',
] satisfies Reason[];

/** The contracts' messages are predicates ("must be a PAN …"): as a sentence below its field. */
export function fieldWords({ reason, message }: Pick<FieldProblem, 'reason' | 'message'>): string {
  if (reason === 'input.required') return t`Required`;
  if (reason !== undefined && ofChoices.includes(reason)) return t`Choose one of the list`;
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** The problems that a contract's schema finds in the values: the first of each field. */
export function errorsOfSchema(schema: z.ZodType, input: unknown): FieldErrors {
  const result = schema.safeParse(input, { error: refusalOf });
  if (result.success) return {};
  const errors: FieldErrors = {};
  for (const issue of issuesOf(result.error)) {
    const what = saidBySchema(issue.message);
    errors[issue.path.map(String).join('.')] ??= fieldWords({ ...what, message: saidWords(what) });
  }
  return errors;
}

function has(values: unknown, path: string): boolean {
  let at = values;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !(part in at)) return false;
    at = (at as Record<string, unknown>)[part];
  }
  return path !== '';
}

/**
 * The server's refusals, sorted into those that have a field on this form (nested lines too) and those that don't;
 * the latter are shown above it, so that nothing the server said is swallowed.
 */
export function placeProblems(
  fields: readonly FieldProblem[],
  values: unknown,
): { errors: FieldErrors; others: string[] } {
  const errors: FieldErrors = {};
  const others: string[] = [];
  for (const field of fields) {
    const { path, message } = field;
    if (has(values, path)) errors[path] ??= fieldWords(field);
    else others.push(path === '' ? fieldWords(field) : `${path} ${message}`);
  }
  return { errors, others };
}

/**
 * Errors of a list of lines after the list changed: each goes with its line, and is gone with the line or with the value
 * that was refused.
 */
export function errorsOfMovedLines<Line extends { id: string }, Words>(
  errors: Readonly<Record<string, Words>>,
  before: readonly Line[],
  after: readonly Line[],
  list = 'lines',
): Record<string, Words> {
  const places = new Map(after.map((line, index) => [line.id, index]));
  return Object.fromEntries(
    Object.entries(errors).flatMap(([path, error]) => {
      const [name, index, field = '', ...rest] = path.split('.');
      if (name !== list) return [[path, error]];
      const line = before[Number(index)] as (Line & Record<string, unknown>) | undefined;
      const place = line && places.get(line.id);
      if (!line || place === undefined) return [];
      const now = after[place] as (Line & Record<string, unknown>) | undefined;
      if (now?.[field] !== line[field]) return [];
      return [[[list, String(place), field, ...rest].join('.'), error]];
    }),
  );
}

/** Empty text is "not given": null on the wire. */
export function orNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}

/** The first line of a list that has an error: 2 for `lines.2.quantity`. */
export function firstWrongLine(
  errors: Readonly<Record<string, unknown>>,
  list = 'lines',
): number | undefined {
  const wrong = Object.keys(errors).flatMap((path) => {
    const [name, index] = path.split('.');
    return name === list && index !== undefined && errors[path] ? [Number(index)] : [];
  });
  return wrong.length === 0 ? undefined : wrong.reduce((one, other) => Math.min(one, other));
}
