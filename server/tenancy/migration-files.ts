import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { migrationsFolder } from '../folders.ts';

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
  return Promise.all(
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

/** The statements of a no-transaction file: each ends with a `;` at the end of a line. */
export function statementsOf(sql: string): string[] {
  return sql
    .split(/;[ \t]*$/m)
    .map((statement) => statement.replace(/^\s*--.*$/gm, '').trim())
    .filter((statement) => statement !== '');
}
