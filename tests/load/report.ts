import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AccessCost } from './access-cost.ts';
import type { CompanySize } from './dataset.ts';
import { doorTables, largeOrderTable } from './door-report.ts';
import type { DoorFigures } from './doors.ts';
import type { MigrationFigures } from './fleet-migration.ts';
import type { HostileFigures } from './hostile.ts';
import { linesOfLargeOrder } from './large-order.ts';
import type { LargeOrderFigures } from './large-order.ts';
import type { ManyTenantsFigures } from './many-tenants.ts';
import type { Compared, Measured } from './measure.ts';
import type { ProvisioningFigures } from './provisioning.ts';
import { against, aim, aligned, ms } from './tables.ts';

export interface Row extends Compared {
  scenario: string;
  connections: number;
  target: number | null;
}

/** What was measured; parts that were not asked for are left out. */
export interface Report {
  at: string;
  machine: ReturnType<typeof machine>;
  dataset?: CompanySize;
  rows?: Row[];
  memory?: { idleMb: number; underLoadMb: number };
  access?: AccessCost;
  provisioning?: ProvisioningFigures;
  migration?: MigrationFigures;
  pools?: ManyTenantsFigures[];
  hostile?: HostileFigures;
  doors?: DoorFigures[];
  largeOrder?: LargeOrderFigures[];
}

/** The machine, and how busy it was: figures of a busy machine mean little. */
export const machine = () => ({
  cpus: os.availableParallelism(),
  model: os.cpus()[0]?.model ?? 'unknown',
  node: process.version,
  loadAverage: Number((os.loadavg()[0] ?? 0).toFixed(2)),
});

const figures = (side: Measured) => [
  side.requestsPerSecond.toFixed(0),
  side.p50.toFixed(2),
  side.p99.toFixed(2),
  side.serverMs.toFixed(2),
  side.databaseMs.toFixed(2),
];

/** The figures as tables for a person, each beside its aim. */
export function table(report: Report): string {
  const parts = [
    report.rows ? requests(report.rows) : [],
    report.memory
      ? [
          `Memory of the API (RSS): ${report.memory.idleMb.toFixed(0)} MB at rest, at most ${report.memory.underLoadMb.toFixed(0)} MB under load (aim: below 200).`,
        ]
      : [],
    report.access ? access(report.access) : [],
    report.provisioning ? provisioning(report.provisioning) : [],
    report.migration ? migration(report.migration) : [],
    report.pools ? pools(report.pools) : [],
    report.hostile ? hostile(report.hostile) : [],
    report.largeOrder ? largeOrderTable(linesOfLargeOrder, report.largeOrder) : [],
    report.doors ? doorTables(report.doors) : [],
  ];
  const { cpus, model, node, loadAverage } = report.machine;
  const on = `On ${String(cpus)} × ${model}, Node ${node}; load average at the start ${String(loadAverage)}.`;
  return [...parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')), on].join('\n\n');
}

/** `server ms` and `db ms` are processor time per request. */
function requests(rows: Row[]): string[] {
  const side = ['req/s', 'p50 ms', 'p99 ms', 'server ms', 'db ms'];
  const head = ['', 'conn.', ...side, ...side.map((name) => `bare ${name}`), 'ratio', 'aim', 'errors'];
  const cells = rows.map((row) => [
    row.scenario,
    String(row.connections),
    ...figures(row.api),
    ...figures(row.bare),
    row.ratio.toFixed(2),
    row.target === null ? '' : `≥ ${row.target.toFixed(1)} ${row.ratio >= row.target ? '✓' : '✗'}`,
    String(row.api.errors + row.bare.errors),
  ]);
  return aligned([head, ...cells]);
}

function access({ liveSessions, p50, p99 }: AccessCost): string[] {
  return against(
    `Token, session, tenant and permission with ${liveSessions.toLocaleString('en-IN')} live sessions`,
    [
      aim('p50', `${p50.toFixed(4)} ms`, '≤ 0.1 ms', p50 <= 0.1),
      aim('p99', `${p99.toFixed(4)} ms`, '≤ 1 ms', p99 <= 1),
    ],
  );
}

function provisioning(it: ProvisioningFigures): string[] {
  const growth = it.lastTwenty / it.firstTwenty;
  return against(
    `${String(it.tenants)} tenants provisioned in a row: ${it.seconds.toFixed(1)} s, ${it.megabytesEach.toFixed(1)} MB each`,
    [
      aim('median of the first 20', ms(it.firstTwenty), '', true),
      aim('median of the last 20', ms(it.lastTwenty), `${growth.toFixed(2)} × (aim ≤ 1.25)`, growth <= 1.25),
      aim('medians of every fifth part', it.fifths.map((value) => value.toFixed(0)).join(', '), '', true),
      aim('database work, median', ms(it.databaseWork.p50), '< 1000 ms', it.databaseWork.p50 < 1000),
      aim('database work, p99', ms(it.databaseWork.p99), '< 1000 ms', it.databaseWork.p99 < 1000),
      aim('the slowest tenant in all', ms(it.slowest), '', true),
    ],
  );
}

function migration(it: MigrationFigures): string[] {
  return against(
    `${String(it.tenants)} tenants migrated in ${it.seconds.toFixed(1)} s while people worked in ${String(it.working)} of them`,
    [
      aim('migrated', String(it.migrated), `all but 1`, it.migrated === it.tenants - 1),
      aim('quarantined', String(it.quarantined), '1', it.quarantined === 1),
      aim('one tenant, median', ms(it.millisecondsEach), '', true),
      aim('requests served meanwhile', String(it.requests - it.refused), '', true),
      aim('refused', String(it.refused), '0', it.refused === 0),
      aim('their p50', ms(it.p50), '', true),
      aim('their p99', ms(it.p99), '', true),
      aim('the longest', ms(it.max), '≤ 1000 ms', it.max <= 1000),
    ],
  );
}

function pools(all: ManyTenantsFigures[]): string[] {
  return all.flatMap((it) =>
    against(
      `${String(it.tenants)} tenants on one node, ${it.load}: ${String(it.requests)} requests in ${it.seconds.toFixed(1)} s`,
      [
        aim('most connections', String(it.connections), `≤ ${String(it.cap)}`, it.connections <= it.cap),
        aim('most callers waiting', String(it.queue), '≤ 2000', it.queue <= 2000),
        aim('refused', String(it.refused), '0', it.refused === 0),
        aim('p50', ms(it.p50), '', true),
        aim('p99', ms(it.p99), '', true),
        aim('the longest', ms(it.max), '≤ 5000 ms', it.max <= 5000),
        aim('slowest tenant over the median one', `${it.starvation.toFixed(1)} ×`, '', true),
      ],
    ),
  );
}

function hostile({ atRest, underAttack, attack, memory }: HostileFigures): string[] {
  const mb = (value: number) => `${value.toFixed(0)} MB, ${(value / memory.atRest).toFixed(2)} ×`;
  const isModest = (value: number) => value <= memory.atRest * 1.5;
  return against(
    `${attack.perSecond.toFixed(0)} hostile requests a second from ${String(attack.senders)} senders, and somebody of another tenant who works on`,
    [
      aim('refused with words', `${String(attack.answered)} of ${String(attack.requests)}`, '', true),
      aim('taken', String(attack.taken), '0', attack.taken === 0),
      aim(
        'the neighbour’s calls refused',
        String(atRest.refused + underAttack.refused),
        '0',
        atRest.refused + underAttack.refused === 0,
      ),
      aim('their p50 at rest', ms(atRest.p50), '', true),
      aim('their p50 under attack', ms(underAttack.p50), '', true),
      aim('their p99 at rest', ms(atRest.p99), '', true),
      aim(
        'their p99 under attack',
        `${ms(underAttack.p99)}, ${(underAttack.p99 / atRest.p99).toFixed(1)} ×`,
        '< 50 ms',
        underAttack.p99 < 50,
      ),
      aim('memory (RSS) at rest', mb(memory.atRest), '', true),
      aim('most under attack', mb(memory.underAttack), '≤ 1.5 ×', isModest(memory.underAttack)),
      aim('some seconds after', mb(memory.after), '≤ 1.5 ×', isModest(memory.after)),
    ],
  );
}

/** Keeps the figures as JSON; gives the file's path. */
export async function save(report: Report, repoRoot: string): Promise<string> {
  const directory = path.join(repoRoot, 'bench-results');
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, `server-${report.at.replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}
