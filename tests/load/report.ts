import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AccessCost } from './access-cost.ts';
import type { datasetSize } from './dataset.ts';
import type { Compared, Measured } from './measure.ts';

export interface Row extends Compared {
  scenario: string;
  connections: number;
  target: number | null;
}

export interface Report {
  at: string;
  machine: { cpus: number; model: string; node: string };
  dataset: typeof datasetSize;
  rows: Row[];
  memory: { idleMb: number; underLoadMb: number };
  access: AccessCost;
}

export const machine = () => ({
  cpus: os.availableParallelism(),
  model: os.cpus()[0]?.model ?? 'unknown',
  node: process.version,
});

const figures = (side: Measured) => [
  side.requestsPerSecond.toFixed(0),
  side.p50.toFixed(2),
  side.p99.toFixed(2),
  side.serverMs.toFixed(2),
  side.databaseMs.toFixed(2),
];

/** The figures as a table for a person. `server ms` and `db ms` are processor time per request. */
export function table({ rows, memory, access }: Report): string {
  const side = ['req/s', 'p50 ms', 'p99 ms', 'server ms', 'db ms'];
  const head = ['', 'conn.', ...side, ...side.map((name) => `bare ${name}`), 'ratio', 'target', 'errors'];
  const cells = rows.map((row) => [
    row.scenario,
    String(row.connections),
    ...figures(row.api),
    ...figures(row.bare),
    row.ratio.toFixed(2),
    row.target === null ? '' : `≥ ${row.target.toFixed(1)} ${row.ratio >= row.target ? '✓' : '✗'}`,
    String(row.api.errors + row.bare.errors),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((line) => line[column]?.length ?? 0)),
  );
  const lines = [head, ...cells].map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [
    ...lines,
    '',
    `Memory of the API (RSS): ${memory.idleMb.toFixed(0)} MB at rest, at most ${memory.underLoadMb.toFixed(0)} MB under load (target: below 200).`,
    `Token, session, tenant and permission with ${access.liveSessions.toLocaleString('en-IN')} live sessions: p50 ${access.p50.toFixed(4)} ms, p99 ${access.p99.toFixed(4)} ms (target: 0.1 and 1).`,
  ].join('\n');
}

/** Keeps the figures as JSON; gives the file's path. */
export async function save(report: Report, repoRoot: string): Promise<string> {
  const directory = path.join(repoRoot, 'bench-results');
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, `server-${report.at.replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}
