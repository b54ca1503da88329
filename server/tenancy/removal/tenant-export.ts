import { createHash } from 'node:crypto';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { quoted, urlOfDatabase, withClient } from '../../db/databases.ts';

export interface ExportedTable {
  table: string;
  file: string;
  rows: number;
  bytes: number;
  /** SHA-256 of the file, hex. */
  checksum: string;
}

export interface ExportManifest {
  format: 'quartermaster-export-1';
  tenant: { id: string; slug: string; name: string; plan: string };
  schemaVersion: number;
  takenAt: string;
  tables: ExportedTable[];
}

const rowsAtOnce = 1000;

/**
 * Writes every table of a tenant as JSON lines with a manifest of checksums, all from one moment (a repeatable-read
 * transaction). Returns the folder. The folder appears under its name only when it is complete.
 */
export async function exportTenant(
  adminUrl: string,
  database: string,
  tenant: ExportManifest['tenant'],
  schemaVersion: number,
  folder: string,
): Promise<string> {
  const takenAt = new Date().toISOString();
  const target = path.join(folder, `${tenant.slug}-${takenAt.replaceAll(/[:.]/g, '-')}`);
  const partial = `${target}.partial`;
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const tables = await withClient(urlOfDatabase(adminUrl, database), async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const written: ExportedTable[] = [];
    for (const table of await tablesOf(client)) written.push(await exportTable(client, table, partial));
    await client.query('commit');
    return written;
  });
  const manifest: ExportManifest = {
    format: 'quartermaster-export-1',
    tenant,
    schemaVersion,
    takenAt,
    tables,
  };
  await writeFile(path.join(partial, 'manifest.json'), JSON.stringify(manifest, null, 2), {
    mode: 0o600,
    flush: true,
  });
  await rename(partial, target);
  return target;
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname",
  );
  return rows.map(({ name }) => name);
}

async function exportTable(client: pg.Client, table: string, folder: string): Promise<ExportedTable> {
  const file = `${table}.jsonl`;
  const hash = createHash('sha256');
  const handle = await open(path.join(folder, file), 'w', 0o600);
  let count = 0;
  let bytes = 0;
  try {
    await client.query(
      `declare exported no scroll cursor for select row_to_json(t)::text as line from ${quoted(table)} t`,
    );
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${String(rowsAtOnce)} from exported`);
      if (rows.length === 0) break;
      const chunk = Buffer.from(rows.map(({ line }) => `${line}\n`).join(''), 'utf8');
      hash.update(chunk);
      await handle.write(chunk);
      count += rows.length;
      bytes += chunk.length;
    }
    await client.query('close exported');
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { table, file, rows: count, bytes, checksum: hash.digest('hex') };
}
