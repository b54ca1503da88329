import { plural, t } from '@lingui/core/macro';
/** The leaves of a form's values by dotted path, as text; lists are joined. */
function leavesOf(values: unknown, path = ''): Record<string, string> {
  if (Array.isArray(values) && values.every((one) => typeof one !== 'object')) {
    return { [path]: values.map(String).join(', ') };
  }
  if (typeof values === 'object' && values !== null) {
    return Object.assign(
      {},
      ...Object.entries(values).map(([key, value]) => leavesOf(value, path === '' ? key : `${path}.${key}`)),
    ) as Record<string, string>;
  }
  const text =
    typeof values === 'string'
      ? values
      : values === null || values === undefined
        ? ''
        : JSON.stringify(values);
  return { [path]: text };
}

function at(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], values);
}

function put(values: unknown, [key = '', ...rest]: string[], value: unknown): unknown {
  if (Array.isArray(values)) {
    return values.map((one: unknown, index) =>
      String(index) === key ? (rest.length === 0 ? value : put(one, rest, value)) : one,
    );
  }
  const record = values as Record<string, unknown>;
  return { ...record, [key]: rest.length === 0 ? value : put(record[key], rest, value) };
}

function lineCount(lines: readonly unknown[]): string {
  return plural(lines.length, { one: '# line', other: '# lines' });
}

export interface Difference {
  id: string;
  label: string;
  mine: string;
  theirs: string;
  /** The value to begin with: theirs only if mine is unchanged. */
  suggested: 'mine' | 'theirs';
}

/**
 * The differences between two versions of a form. `base` is what both started from. Lists of lines with another number
 * of lines can't be chosen cell by cell: they are one difference. `labels` names the fields; `*` stands for the number
 * of a line.
 */
export function differences(
  base: unknown,
  mine: unknown,
  theirs: unknown,
  labels: Readonly<Record<string, string>>,
): Difference[] {
  const left = leavesOf(mine);
  const right = leavesOf(theirs);
  const found = new Map<string, Difference>();
  for (const path of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if ((left[path] ?? '') === (right[path] ?? '')) continue;
    const list = /^(.+?)\.\d+(\.|$)/.exec(path)?.[1];
    const ours: unknown = list === undefined ? undefined : at(mine, list);
    const others: unknown = list === undefined ? undefined : at(theirs, list);
    const whole =
      list !== undefined && Array.isArray(ours) && Array.isArray(others) && ours.length !== others.length
        ? { id: list, ours: lineCount(ours), others: lineCount(others) }
        : null;
    const id = whole?.id ?? path;
    if (found.has(id)) continue;
    const line = /\.(\d+)(\.|$)/.exec(id)?.[1];
    const label = labels[id] ?? labels[id.replace(/\.\d+(?=\.|$)/g, '.*')] ?? id;
    found.set(id, {
      id,
      label: line === undefined ? label : t`${label}, line ${Number(line) + 1}`,
      mine: whole?.ours ?? left[path] ?? '',
      theirs: whole?.others ?? right[path] ?? '',
      suggested: JSON.stringify(at(mine, id)) === JSON.stringify(at(base, id)) ? 'theirs' : 'mine',
    });
  }
  return [...found.values()];
}

/** Theirs, with those fields of mine that were chosen. */
export function merged<Values>(
  mine: Values,
  theirs: Values,
  choice: Readonly<Record<string, 'mine' | 'theirs'>>,
): Values {
  let result: unknown = theirs;
  for (const [path, side] of Object.entries(choice)) {
    if (side === 'mine') result = put(result, path.split('.'), at(mine, path));
  }
  return result as Values;
}
