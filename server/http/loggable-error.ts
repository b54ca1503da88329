import { isPostgresError } from '../db/error-mapping.ts';

/** An error as it may stand in a log. */
export interface LoggableError {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  /** The place that PostgreSQL names, never the values. */
  table?: string;
  column?: string;
  constraint?: string;
  cause?: LoggableError;
  errors?: LoggableError[];
}

const deepest = 4;
const longest = 8000;

/** Texts that must never be logged, wherever they appear: credentials, tokens, and people's numbers. */
const secrets: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{5,}\.[\w-]+\.?[\w-]*/g, '[token]'],
  [/\bsb_(secret|publishable)_[\w-]+/g, '[key]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 [secret]'],
  [/(\b[a-z][\w+.-]*:\/\/)[^\s/@]*@/gi, '$1[login]@'],
  [
    /([?&](?:input|token|token_hash|access_token|refresh_token|apikey|code|connectionParams)=)[^\s&#"']*/gi,
    '$1[left out]',
  ],
  [
    /("?(?:password|secret|token|authorization|apikey)"?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;}]+)/gi,
    '$1[secret]',
  ],
  [/\b[A-Z]{5}\d{4}[A-Z]\b/g, '[PAN]'],
  [/\b\d{4}[ -]?\d{4}[ -]?\d{4}\b/g, '[number]'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[e-mail]'],
];

/** A text without the parts that must not be logged. */
export function withoutSecrets(text: string): string {
  let clean = text.length > longest ? `${text.slice(0, longest)}…` : text;
  for (const [pattern, words] of secrets) clean = clean.replace(pattern, words);
  return clean;
}

/**
 * The serializer of every error in the log. Only the fields named here get through: PostgreSQL's `detail`, `where` and
 * `internalQuery` hold values of rows, other libraries hang requests with their headers onto errors.
 */
export function loggableError(error: unknown, depth = 0): LoggableError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no error was thrown' };
  const message = messageOf(error);
  const stack = depth === 0 ? stackOf(error) : undefined;
  const { code } = error as { code?: unknown };
  const cause =
    depth < deepest && error.cause !== undefined ? loggableError(error.cause, depth + 1) : undefined;
  return {
    type: error.constructor.name === 'Object' ? error.name : error.constructor.name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: withoutSecrets(String(code)) } : {}),
    ...(isPostgresError(error) ? placeOf(error) : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(error instanceof AggregateError && depth < deepest
      ? { errors: error.errors.slice(0, 5).map((one) => loggableError(one, depth + 1)) }
      : {}),
  };
}

/** Messages about a value that PostgreSQL or a parser could not read repeat it: quoted text is left out of them. */
function messageOf(error: Error): string {
  const repeats = error instanceof SyntaxError || (isPostgresError(error) && error.code.startsWith('22'));
  return withoutSecrets(repeats ? error.message.replace(/["'].*["']/s, '[value]') : error.message);
}

/** The frames only: the first lines of a stack repeat the message. */
function stackOf({ stack }: Error): string | undefined {
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return frames === undefined || frames.length === 0
    ? undefined
    : frames.map((line) => line.trim()).join('\n');
}

function placeOf({ table, column, constraint }: { table?: string; column?: string; constraint?: string }) {
  return {
    ...(table === undefined ? {} : { table }),
    ...(column === undefined ? {} : { column }),
    ...(constraint === undefined ? {} : { constraint }),
  };
}
