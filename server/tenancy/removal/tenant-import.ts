import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { literal, quoted } from '../../db/databases.ts';
import {
  checkForeignKeys,
  foreignKeysOf,
  suspendGuards,
  listed,
  restoreGuards,
  tenantTables,
} from '../moving/tenant-tables.ts';
import type { TenantTable } from '../moving/tenant-tables.ts';
import type { ExportManifest } from './tenant-export.ts';
import { refusal, wordsOfRefusal } from '../../ground/reasons/reasons.contract.ts';

/** An export in the form that we can read. Names of files come from outside: no way out of the folder. */
const manifestSchema = z.object({
  format: z.literal('quartermaster-export-1', {
    error: refusal('input.export_manifest'),
  }),
  tenant: z.object({
    id: z.uuid(),
    slug: z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/),
    name: z.string().min(1),
    plan: z.string().default('standard'),
  }),
  schemaVersion: z.int().min(1),
  takenAt: z.string(),
  tables: z.array(
    z.object({
      table: z.string().regex(/^[a-z][a-z0-9_]*$/),
      file: z.string().regex(/^[a-z][a-z0-9_]*\.jsonl$/),
      rows: z.int().min(0),
      bytes: z.int().min(0),
      checksum: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

const rowsAtOnce = 500;

/** Something is wrong with an export; nothing was restored from it. */
export class DamagedExport extends Error {
  override name = 'DamagedExport';
}

/**
 * Reads an export's manifest and checks every file against it.
 * @throws DamagedExport naming what is missing or was changed.
 */
export async function readExport(folder: string): Promise<ExportManifest> {
  const text = await readFile(path.join(folder, 'manifest.json'), 'utf8').catch(() => {
    throw new DamagedExport(`There is no manifest.json in ${folder}.`);
  });
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new DamagedExport(
      `manifest.json: ${issue?.path.join('.') ?? ''} ${issue ? wordsOfRefusal(issue.message, 'en') : 'cannot be read'}.`,
    );
  }
  for (const { file, bytes, checksum } of parsed.data.tables) {
    const found = await sumOf(path.join(folder, file)).catch(() => {
      throw new DamagedExport(`The file ${file} is missing or cannot be read.`);
    });
    if (found.bytes !== bytes || found.checksum !== checksum) {
      throw new DamagedExport(`The file ${file} is not what was exported: its SHA-256 differs.`);
    }
  }
  return parsed.data;
}

/**
 * Fills a database that was just made, at the schema version of the export, with an export's rows: all of them or none.
 * @throws DamagedExport when the tables or the numbers of rows don't fit.
 */
export async function loadExport(client: pg.Client, folder: string, manifest: ExportManifest): Promise<void> {
  const tables = await tenantTables(client);
  const exported = new Map(manifest.tables.map((entry) => [entry.table, entry]));
  const missing = tables.find(({ name }) => !exported.has(name));
  if (missing) throw new DamagedExport(`The table ${missing.name} is not in the export.`);
  const foreignKeys = await foreignKeysOf(client);
  await client.query('begin');
  await suspendGuards(client, tables);
  for (const table of tables) {
    const entry = exported.get(table.name);
    const rows = await loadTable(client, table, path.join(folder, entry?.file ?? ''));
    if (rows !== entry?.rows)
      throw new DamagedExport(`${table.name}: ${String(rows)} rows instead of ${String(entry?.rows)}.`);
  }
  for (const { name, counters } of tables) {
    for (const { column, sequence } of counters) {
      await client.query(
        `select setval(${literal(sequence)}, max(${quoted(column)})) from ${quoted(name)} having count(*) > 0`,
      );
    }
  }
  await restoreGuards(client, tables, foreignKeys);
  await client.query('commit');
  await checkForeignKeys(client);
}

/** PostgreSQL itself reads the rows, as it wrote them: no number passes through JavaScript. */
async function loadTable(client: pg.Client, { name, columns }: TenantTable, file: string): Promise<number> {
  const insert = `insert into ${quoted(name)} (${listed(columns)}) overriding system value
    select ${listed(columns)} from unnest($1::text[]) as line, json_populate_record(null::${quoted(name)}, line::json)`;
  let batch: string[] = [];
  let rows = 0;
  const write = async () => {
    if (batch.length === 0) return;
    await client.query(insert, [batch]);
    rows += batch.length;
    batch = [];
  };
  for await (const line of linesOf(file)) {
    batch.push(line);
    if (batch.length >= rowsAtOnce) await write();
  }
  await write();
  return rows;
}

/** Cut at line feeds only: node:readline takes U+2028 in a text for the end of a line too. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = `${rest}${chunk as string}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function sumOf(file: string): Promise<{ bytes: number; checksum: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, checksum: hash.digest('hex') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
