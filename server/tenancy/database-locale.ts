import pg from 'pg';
import { quoted } from '../db/databases.ts';

/**
 * Which characters are letters is a property of a database (its LC_CTYPE). Under C only ASCII has any: the trigrams of
 * pg_trgm then hold no word of Devanagari, and a search for one reads every row.
 */
const letters = 'C.UTF-8';
const withoutLetters = ['C', 'POSIX'];

/** PostgreSQL's answer where the operating system has no such locale. */
const unknownLocale = '42809';

/** Creates an empty database that knows the letters of all scripts, wherever the server's system can. */
export async function createDatabase(client: pg.ClientBase, name: string): Promise<void> {
  if (!(await hasAsciiLocale(client, 'template1'))) {
    await client.query(`create database ${quoted(name)}`);
    return;
  }
  try {
    await client.query(`create database ${quoted(name)} template template0 lc_ctype '${letters}'`);
  } catch (error) {
    if (!isUnknownLocale(error)) throw error;
    await client.query(`create database ${quoted(name)}`);
  }
}

/** Whether a database takes the letters of other scripts for punctuation; false when it doesn't exist. */
export async function hasAsciiLocale(client: pg.ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query('select 1 from pg_database where datname = $1 and datctype = any($2)', [
    name,
    withoutLetters,
  ]);
  return rows.length > 0;
}

/** The databases whose names are LIKE `pattern` and that take the letters of other scripts for punctuation. */
export async function databasesWithAsciiLocale(client: pg.ClientBase, pattern: string): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where datname like $1 and datctype = any($2) order by datname',
    [pattern, withoutLetters],
  );
  return rows.map(({ datname }) => datname);
}

function isUnknownLocale(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === unknownLocale || error.code === '22023');
}
