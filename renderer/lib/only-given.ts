type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The parsed input without the defaults that the schema filled in: a field that the form leaves out stays left out,
 * since the server refuses any value of a field that the person may not see.
 */
export function onlyGiven<T>(parsed: T, given: unknown): T {
  return without(parsed, given) as T;
}

function without(parsed: unknown, given: unknown): unknown {
  if (Array.isArray(parsed) && Array.isArray(given)) {
    return parsed.map((entry, index) => without(entry, given[index]));
  }
  if (!isFields(parsed) || !isFields(given)) return parsed;
  return Object.fromEntries(
    Object.entries(parsed)
      .filter(([name]) => given[name] !== undefined)
      .map(([name, value]) => [name, without(value, given[name])]),
  );
}
