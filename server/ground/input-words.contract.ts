import { z } from 'zod';

/**
 * Words for what a schema refuses without saying why itself. zod's own speak of types to a programmer; these follow
 * the name of a field and are for the person who filled it in.
 */
export function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue.input) ? 'is required' : (typeWords[issue.expected] ?? formless);
    case 'too_big':
      return `must ${sizeWords('at most', issue.origin, issue.maximum, issue.inclusive)}`;
    case 'too_small':
      return `must ${sizeWords('at least', issue.origin, issue.minimum, issue.inclusive)}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is required' : `must be one of ${listed(issue.values)}`;
    case 'invalid_format':
      return formatWords[issue.format] ?? formless;
    case 'not_multiple_of':
      return `must be a multiple of ${String(issue.divisor)}`;
    case 'unrecognized_keys':
      return 'has a field that is not known';
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
    default:
      return formless;
  }
}

/** Nothing was given: an empty field of a form as well. */
function isMissing(input: unknown): boolean {
  return input === undefined || input === null || input === '';
}

const formless = 'does not have the expected form';

const typeWords: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object with fields',
  record: 'must be an object with fields',
  null: 'must be empty',
};

const formatWords: Readonly<Record<string, string>> = {
  uuid: 'must be an id (a UUID)',
  email: 'must be an e-mail address',
  url: 'must be an address such as https://…',
  date: 'must be a day as YYYY-MM-DD',
  time: 'must be a time as HH:MM:SS',
  datetime: 'must be a moment such as 2026-05-04T10:00:00Z',
};

function sizeWords(
  bound: 'at most' | 'at least',
  origin: string,
  limit: number | bigint,
  inclusive = true,
): string {
  const amount = String(limit);
  switch (origin) {
    case 'string':
      return `have ${bound} ${amount} characters`;
    case 'array':
    case 'set':
    case 'map':
    case 'record':
      return `have ${bound} ${amount} entries`;
    default:
      if (inclusive) return `be ${bound} ${amount}`;
      return `be ${bound === 'at most' ? 'less' : 'more'} than ${amount}`;
  }
}

function listed(values: readonly z.core.util.Primitive[]): string {
  const shown = values.slice(0, 20).map((value) => (value === null ? 'nothing' : String(value)));
  return values.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
}

/** Makes every schema of this process speak so; what a contract says itself stays. */
export function speakPlainly(): void {
  z.config({ localeError: wordsOf });
}
