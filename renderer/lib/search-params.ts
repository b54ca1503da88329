/** A list's address stays readable: `?q=bolt&status=active&status=inactive&sort=-name`. All values are text. */
export type PlainSearch = Record<string, string | string[]>;

export function parsePlainSearch(query: string): PlainSearch {
  const params = new URLSearchParams(query);
  const search: PlainSearch = {};
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key).filter((value) => value !== '');
    const [first] = values;
    if (first !== undefined) search[key] = values.length === 1 ? first : values;
  }
  return search;
}

export function writePlainSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof one === 'string' && one !== '') params.append(key, one);
    }
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
