type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a schema made of an input, without the defaults it filled in: a field left out of a form stays left out, since
 * the server refuses a field from people who may not see it, whatever its value.
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
