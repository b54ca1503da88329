import { invalidField, Problem, refusedField } from '../ground/problem.ts';

interface Place {
  value: object;
  key: string;
  parent: Place | undefined;
}

const storable = (text: string) => !text.includes('\0') && text.isWellFormed();

/**
 * Refuses texts that PostgreSQL can't store, anywhere in an input: NUL, and half of a surrogate pair. So schemas
 * needn't check for them, and no work is half done when the database would have found them. Without recursion, since an
 * input may be nested as deeply as its sender likes.
 * @throws INVALID on the field.
 */
export function requireStorable(input: unknown): void {
  if (typeof input === 'string' && !storable(input)) throw unstorable('');
  if (typeof input !== 'object' || input === null) return;
  const open: Place[] = [{ value: input, key: '', parent: undefined }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const isList = Array.isArray(place.value);
    for (const [key, value] of Object.entries(place.value) as [string, unknown][]) {
      // The name itself can't be repeated to the sender: the object around it is named.
      if (!isList && !storable(key)) throw unstorable(pathOf(place));
      if (typeof value === 'string') {
        if (!storable(value)) throw unstorable(pathOf({ value: place, key, parent: place }));
      } else if (typeof value === 'object' && value !== null) {
        open.push({ value, key, parent: place });
      }
    }
  }
}

function pathOf(place: Place): string {
  const keys: string[] = [];
  for (let at: Place | undefined = place; at?.parent; at = at.parent) keys.push(at.key);
  return keys.reverse().join('.');
}

function unstorable(path: string): Problem {
  if (path === '') return invalidField(path, 'request.unstorable');
  return new Problem(
    'INVALID',
    'input.unstorable',
    {},
    {
      at: path,
      fields: [refusedField(path, 'input.unstorable')],
    },
  );
}
