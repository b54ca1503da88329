import { z } from 'zod';
import { refusal } from './reasons/reasons.contract.ts';
import type { Reason } from './reasons/reasons.contract.ts';

/**
 * The reason for a schema's refusal that gives none itself, as the message of the issue. zod's own messages speak of
 * types to a programmer; ours are for the person who filled the field in.
 */
export function refusalOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue.input) ? 'input.required' : (ofType[issue.expected] ?? formless);
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum), issue.inclusive);
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum), issue.inclusive);
    case 'invalid_value':
      return issue.input === undefined ? 'input.required' : oneOf(issue.values);
    case 'invalid_format':
      return ofFormat[issue.format] ?? formless;
    case 'not_multiple_of':
      return refusal('input.multiple', { step: issue.divisor });
    case 'unrecognized_keys':
      return 'input.unknown_fields' satisfies Reason;
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
    default:
      return formless;
  }
}

/** A schema's refusal of a field with several forms, by the one form that was given. */
export function issuesOf(error: z.core.$ZodError): z.core.$ZodIssue[] {
  return error.issues.flatMap(ofGivenForm);
}

function ofGivenForm(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const isOther = ({ code, path }: z.core.$ZodIssue) => code === 'invalid_type' && path.length === 0;
  const [form, ...more] = issue.errors.filter((issues) => !issues.some(isOther));
  if (!form || more.length > 0) return [issue];
  return form.flatMap((inner) => ofGivenForm({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Nothing was given: an empty field of a form as well. */
function isMissing(input: unknown): boolean {
  return input === undefined || input === null || input === '';
}

const formless: Reason = 'input.form';

const ofType: Readonly<Record<string, Reason>> = {
  string: 'input.text',
  number: 'input.number',
  int: 'input.whole_number',
  boolean: 'input.boolean',
  array: 'input.list',
  object: 'input.object',
  record: 'input.object',
  null: 'input.empty',
};

const ofFormat: Readonly<Record<string, Reason>> = {
  uuid: 'input.id',
  email: 'input.email',
  url: 'input.url',
  date: 'input.day',
  time: 'input.time',
  datetime: 'input.moment',
};

function tooBig(origin: string, most: number, inclusive = true): string {
  switch (origin) {
    case 'string':
      return refusal('input.most_characters', { most });
    case 'array':
    case 'set':
    case 'map':
    case 'record':
      return refusal('input.most_entries', { most });
    default:
      return inclusive ? refusal('input.most', { most }) : refusal('input.below', { limit: most });
  }
}

function tooSmall(origin: string, fewest: number, inclusive = true): string {
  switch (origin) {
    case 'string':
      return refusal('input.fewest_characters', { fewest });
    case 'array':
    case 'set':
    case 'map':
    case 'record':
      return refusal('input.fewest_entries', { fewest });
    default:
      return inclusive
        ? refusal('input.least', { least: fewest })
        : refusal('input.above', { limit: fewest });
  }
}

function oneOf(all: readonly z.core.util.Primitive[]): string {
  const values = all.slice(0, 20).map((value) => (value === null ? 'nothing' : String(value)));
  return refusal(all.length > values.length ? 'input.one_of_many' : 'input.one_of', { values });
}

/** Makes every schema of this process speak so; what a contract says itself stays. */
export function wordSchemaRefusals(): void {
  z.config({ localeError: refusalOf });
}
