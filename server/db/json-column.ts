import type { ColumnType } from 'kysely';

/** A column of JSON objects: read as such, written as the text that the caller made of one. */
export type JsonColumn = ColumnType<Record<string, unknown>, string | undefined, string>;
