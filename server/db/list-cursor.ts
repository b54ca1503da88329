import { z } from 'zod';
import { momentSchema } from '../ground/record.contract.ts';
import { invalidField } from '../ground/problem.ts';

/** The place of a row in a sorted list: the value it is sorted by and its id. */
export interface KeysetPosition {
  value: string;
  id: string;
}

/** A cursor for the wire; opaque to the caller. */
export function encodeCursor(position: KeysetPosition): string {
  return Buffer.from(JSON.stringify([position.value, position.id])).toString('base64url');
}

const storable = z
  .string()
  .max(400)
  .refine((text) => !text.includes('\0') && text.isWellFormed());

/** What the database takes as a value of each type. Instants come from it as ISO 8601 or in its own words. */
const forms = {
  text: storable,
  int: z.string().regex(/^-?\d{1,9}$/),
  timestamptz: z
    .string()
    .transform((text) => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
    .pipe(momentSchema({ offset: true })),
  uuid: z.uuid(),
};

/** Reads a cursor back. Nothing but a value and an id of the list's types gets on to the database. */
export function decodeCursor(
  cursor: string | null | undefined,
  types: { value: 'text' | 'int' | 'timestamptz'; id: 'text' | 'uuid' },
): KeysetPosition | undefined {
  if (cursor === null || cursor === undefined || cursor === '') return undefined;
  try {
    const given = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    const position = z.tuple([forms[types.value], forms[types.id]]).safeParse(given);
    if (position.success) return { value: position.data[0], id: position.data[1] };
  } catch {
    // Falls through to the one answer for all that is no cursor.
  }
  throw invalidField('cursor', 'request.cursor');
}

/** A search text as an ILIKE pattern; what the person typed is taken literally. */
export function containsPattern(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
