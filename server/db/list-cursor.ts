import { invalidField } from '../trpc/problem.ts';

/** The place of a row in a sorted list: the value it is sorted by and its id. */
export interface KeysetPosition {
  value: string;
  id: string;
}

/** A cursor for the wire; opaque to the caller. */
export function encodeCursor(position: KeysetPosition): string {
  return Buffer.from(JSON.stringify([position.value, position.id])).toString('base64url');
}

/** Reads a cursor back; throws INVALID for what is none. */
export function decodeCursor(cursor: string | null | undefined): KeysetPosition | undefined {
  if (cursor === null || cursor === undefined || cursor === '') return undefined;
  try {
    const [value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof value === 'string' && typeof id === 'string' && !`${value}${id}`.includes('\0'))
      return { value, id };
  } catch {
    // Falls through to the one answer for all that is no cursor.
  }
  throw invalidField('cursor', 'This is not a cursor of this list.');
}

/** A search text as an ILIKE pattern; what the person typed is taken literally. */
export function containsPattern(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
