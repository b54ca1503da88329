import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { together } from '../statement-order.ts';
import { migrationsFolder } from '../../process/folders.ts';

export interface Migration {
  version: number;
  name: string;
  sql: string;
  /** SHA-256 of the file, hex. */
  checksum: string;
  /** false for a file with a `-- no-transaction` line: its statements run one by one. */
  transactional: boolean;
}

export const controlPlaneMigrations = path.join(migrationsFolder, 'control-plane');
export const domainMigrations = path.join(migrationsFolder, 'domain');

/**
 * The migrations of a folder: `0001_what_it_does.sql`, numbered from 1 without gaps.
 * @throws Error naming the file when a number is missing or taken twice.
 */
export async function loadMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return together(
    files.map(async (file, index) => {
      const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
      if (!match || Number(match[1]) !== index + 1) {
        throw new Error(`${file}: migrations are named 0001_what_it_does.sql and numbered without gaps.`);
      }
      const sql = await readFile(path.join(folder, file), 'utf8');
      return {
        version: index + 1,
        name: match[2] ?? '',
        sql,
        checksum: createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex'),
        transactional: !/^--\s*no-transaction\b/im.test(sql),
      };
    }),
  );
}

/**
 * Places where a semicolon ends nothing: strings, quoted names, dollar-quoted bodies; and comments, which are left out.
 */
const token =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<opaque>\be'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$)|(?<end>;)/gis;

/** The statements of a no-transaction file, without comments. */
export function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let current = '';
  let from = 0;
  for (const match of sql.matchAll(token)) {
    current += sql.slice(from, match.index);
    from = match.index + match[0].length;
    if (match.groups?.opaque !== undefined) current += match[0];
    if (match.groups?.end === undefined) continue;
    statements.push(current);
    current = '';
  }
  statements.push(current + sql.slice(from));
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== '');
}
